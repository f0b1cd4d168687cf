"""The addresses of all screens, of which the demo's record has something to show."""

from collections.abc import Mapping

from intersessional.plugins.composition import installed_plugins
from tests.graphql.server import Server
from tests.recorded import Recorded

_IDS = """query ($draft: ID!) { cycles(first: 1) { nodes { year
    calls(first: 1) { nodes { id } }
    groups(first: 50) { nodes { id decision { id } proposal { id } } } } }
    meetings(first: 1) { nodes { id } } documents(first: 1) { nodes { id } }
    draft(id: $draft) { blocks { blockId commentCount } comments(first: 1) { nodes { id } } } }"""


def screens() -> list[str]:
    """The paths of all screens, as plugins name them, and of those that the node adds."""
    parts = [plugin.page for plugin in installed_plugins().plugins if plugin.page]
    return [*(screen.path for part in parts for screen in part.screens), "/sign-in"]


async def addresses(server: Server, record: Recorded) -> list[str]:
    """An address of each screen."""
    return [*(await addresses_by_path(server, record)).values()]


async def addresses_by_path(server: Server, record: Recorded) -> Mapping[str, str]:
    """An address of each screen, by its path; of a paragraph the one with most comments."""
    async with await server.client() as client:
        data = await client.ask(_IDS, draft=str(record.draft))
    cycle, draft = data["cycles"]["nodes"][0], data["draft"]
    groups = cycle["groups"]["nodes"]
    commented = max(draft["blocks"], key=lambda block: block["commentCount"])
    group = next(one for one in groups if one["decision"] and one["proposal"])
    values = {
        "/drafts/{id}": record.draft,
        "/drafts/{id}/changes/{to}": f"{record.draft}/changes/2",
        "/drafts/{id}/revisions/new": f"{record.draft}/revisions/new",
        "/drafts/{id}/{block}": f"{record.draft}/{commented['blockId']}",
        "/comments/{id}": draft["comments"]["nodes"][0]["id"],
        "/calls/{id}": cycle["calls"]["nodes"][0]["id"],
        "/cycles/{year}/working-groups": f"{cycle['year']}/working-groups",
        "/documents/{id}": data["documents"]["nodes"][0]["id"],
        "/groups/{id}": group["id"],
        "/groups/{id}/work": f"{group['id']}/work",
        "/decisions/{id}": group["decision"]["id"],
        "/proposals/{id}": group["proposal"]["id"],
        "/cycles/{year}": cycle["year"],
        "/cycles/{year}/annual-meeting": f"{cycle['year']}/annual-meeting",
        "/cycles/{year}/deviations": f"{cycle['year']}/deviations",
        "/cycles/{year}/outlines": f"{cycle['year']}/outlines",
        "/cycles/{year}/elements/{key}": f"{cycle['year']}/elements/INSIGHTS",
        "/cycles/{year}/proposals": f"{cycle['year']}/proposals",
        "/cycles/{year}/questions": f"{cycle['year']}/questions",
        "/cycles/{year}/sessions": f"{cycle['year']}/sessions",
        "/cycles/{year}/calendar": f"{cycle['year']}/calendar",
        "/cycles/{year}/continuation": f"{cycle['year']}/continuation",
        "/themes/{key}": "local-content",
        "/meetings/{id}": data["meetings"]["nodes"][0]["id"],
        "/secretariat/decision/{year}": f"decision/{cycle['year']}",
        "/record/{position}": 1,
        "/why/{id}": group["id"],
        "/secretariat/correction/{position}": "correction/1",
        "/secretariat/summary/{id}": f"summary/{data['meetings']['nodes'][0]['id']}",
    }
    paths = [one.screen.path for one in server.app.state.screens.page.screens]
    return {
        path: path if "{" not in path else f"/{path.split('/')[1]}/{values[path]}" for path in paths
    }
