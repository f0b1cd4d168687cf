"""The addresses of all screens of the core, of which the demo's record has something to show."""

from tests.graphql.server import Server
from tests.recorded import Recorded

_IDS = """query ($draft: ID!) { cycles(first: 1) { nodes { year
    calls(first: 1) { nodes { id } }
    groups(first: 50) { nodes { id decision { id } proposal { id } } } } }
    meetings(first: 1) { nodes { id } } documents(first: 1) { nodes { id } }
    draft(id: $draft) { blocks { blockId } comments(first: 1) { nodes { id } } } }"""


async def addresses(server: Server, record: Recorded) -> list[str]:
    """An address of each screen."""
    async with await server.client() as client:
        data = await client.ask(_IDS, draft=str(record.draft))
    cycle, draft = data["cycles"]["nodes"][0], data["draft"]
    groups = cycle["groups"]["nodes"]
    group = next(one for one in groups if one["decision"] and one["proposal"])
    values = {
        "/drafts/{id}": record.draft,
        "/drafts/{id}/changes/{to}": f"{record.draft}/changes/2",
        "/drafts/{id}/{block}": f"{record.draft}/{draft['blocks'][0]['blockId']}",
        "/comments/{id}": draft["comments"]["nodes"][0]["id"],
        "/calls/{id}": cycle["calls"]["nodes"][0]["id"],
        "/cycles/{year}/working-groups": f"{cycle['year']}/working-groups",
        "/documents/{id}": data["documents"]["nodes"][0]["id"],
        "/groups/{id}": group["id"],
        "/decisions/{id}": group["decision"]["id"],
        "/proposals/{id}": group["proposal"]["id"],
        "/cycles/{year}": cycle["year"],
        "/cycles/{year}/deviations": f"{cycle['year']}/deviations",
        "/cycles/{year}/outlines": f"{cycle['year']}/outlines",
        "/cycles/{year}/elements/{key}": f"{cycle['year']}/elements/INSIGHTS",
        "/cycles/{year}/questions": f"{cycle['year']}/questions",
        "/cycles/{year}/calendar": f"{cycle['year']}/calendar",
        "/meetings/{id}": data["meetings"]["nodes"][0]["id"],
        "/record/{position}": 1,
    }
    paths = [one.screen.path for one in server.app.state.screens.page.screens]
    return [path if "{" not in path else f"/{path.split('/')[1]}/{values[path]}" for path in paths]
