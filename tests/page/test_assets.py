"""Assets are served under the digest of them all."""

import re
from collections.abc import Iterable

import httpx
import pytest

from tests.recorded import Recorded

STATIC = r'^(?:import|} from)\b.*"\./([^"]+)";$'
LATER = r'import\("\./([^"]+)"\)'

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def script(reader: httpx.AsyncClient) -> str:
    """The address of the first script of the home page."""
    [address, *_] = re.findall(r'src="(/static/[^"]+)"', (await reader.get("/")).text)
    return str(address)


async def test_asset_of_the_present_digest_is_kept_for_ever(reader: httpx.AsyncClient) -> None:
    answer = await reader.get(await script(reader))

    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers["content-encoding"] == "gzip"


async def test_asset_of_another_digest_is_the_present_one_and_not_kept(
    reader: httpx.AsyncClient,
) -> None:
    present = await script(reader)
    other = re.sub(r"/static/[0-9a-f]+/", "/static/0123456789abcdef/", present)

    answer = await reader.get(other)

    assert answer.headers["cache-control"] == "no-store"
    assert answer.content == (await reader.get(present)).content


async def test_absent_asset_is_not_found(reader: httpx.AsyncClient) -> None:
    assert (await reader.get("/static/0/core/no.js")).status_code == 404
    assert (await reader.get("/static/0/core/../__init__.py")).status_code == 404


async def modules_of(
    reader: httpx.AsyncClient, scripts: Iterable[str], pattern: str, *, once: bool = False
) -> set[str]:
    """The modules that scripts import in this way; unless once, with those that these import."""
    found: set[str] = set()
    waiting = list(scripts)
    while waiting:
        address = waiting.pop()
        text = (await reader.get(address)).text
        for path in re.findall(pattern, text, re.MULTILINE):
            other = address.rpartition("/")[0] + "/" + path
            if other not in found:
                found.add(other)
                waiting.extend([] if once else [other])
    return found


async def test_what_a_script_imports_is_loaded_at_the_same_time_or_named(
    reader: httpx.AsyncClient, record: Recorded
) -> None:
    page = (await reader.get(f"/drafts/{record.draft}")).text

    scripts = re.findall(r'<script type="module" src="([^"]+)"', page)
    later = [one for names in re.findall(r'data-imports="([^"]+)"', page) for one in names.split()]
    preloaded = re.findall(r'<link rel="modulepreload" href="([^"]+)"', page)
    imported = await modules_of(reader, scripts, STATIC)
    begun = await modules_of(reader, imported | set(scripts), LATER, once=True)
    assert len(imported) > 5
    assert len(begun) > 2
    assert set(preloaded) | set(scripts) == imported | set(scripts)
    assert set(later) | set(preloaded) == imported | begun | await modules_of(reader, begun, STATIC)
