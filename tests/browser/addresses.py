"""An address for each screen, in the record of the demo."""

from collections.abc import Mapping
from typing import Any

from intersessional.plugins.composition import installed_plugins
from tests.graphql.client import Client
from tests.graphql.server import Server
from tests.recorded import Recorded

FORUM_2018 = 2018
_IDS = """query ($draft: ID!, $year: Int!) {
    draft(id: $draft) { group { id } blocks { blockId commentCount }
        comments(first: 1) { nodes { id } } }
    cycle(year: $year) { groups(first: 1) { nodes { id } } decisions(first: 1) { nodes { id } }
        proposals(first: 1) { nodes { id } } } }"""


def screens() -> list[str]:
    """The paths of all screens, as plugins name them, and of those that the node adds."""
    parts = [plugin.page for plugin in installed_plugins().plugins if plugin.page]
    return [*(screen.path for part in parts for screen in part.screens), "/sign-in"]


async def addresses_in(node: Server, record: Recorded) -> Mapping[str, str]:
    """The addresses of screens whose path has a variable; the others are their own."""
    async with Client(node.url) as client:
        data: Any = await client.ask(_IDS, draft=str(record.draft), year=FORUM_2018)
    draft, cycle = data["draft"], data["cycle"]
    most = max(draft["blocks"], key=lambda block: block["commentCount"])["blockId"]

    def first(name: str) -> str:
        return str(cycle[name]["nodes"][0]["id"])

    return {
        "/drafts/{id}": f"/drafts/{record.draft}",
        "/drafts/{id}/{block}": f"/drafts/{record.draft}/{most}",
        "/drafts/{id}/changes/{to}": f"/drafts/{record.draft}/changes/2",
        "/comments/{id}": f"/comments/{draft['comments']['nodes'][0]['id']}",
        "/cycles/{year}": f"/cycles/{FORUM_2018}",
        "/groups/{id}": f"/groups/{draft['group']['id']}",
        "/decisions/{id}": f"/decisions/{first('decisions')}",
        "/proposals/{id}": f"/proposals/{first('proposals')}",
        "/record/{position}": "/record/100",
    }
