"""Charts show what their tables say, from the side on which the language begins."""

import re

import httpx
import pytest

pytestmark = pytest.mark.asyncio(loop_scope="session")

SPAN = re.compile(r'<rect class="(\w+)" x="([\d.]+)%" y="\d+" width="([\d.]+)%"')


async def test_windows_are_mirrored_where_text_runs_from_right_to_left(
    reader: httpx.AsyncClient,
) -> None:
    english = await _spans(reader, "en")
    arabic = await _spans(reader, "ar")

    assert english
    mirrored = [(kind, 100 - start - width, width) for kind, start, width in english]
    for (kind, *of), (other, *mirror) in zip(mirrored, arabic, strict=True):
        assert kind == other
        assert of == pytest.approx(mirror, abs=0.02)


async def test_window_whose_opening_nobody_saw_is_drawn_as_due(reader: httpx.AsyncClient) -> None:
    page = await reader.get("/cycles/2018")

    drawn = [kind for kind, _, _ in await _spans(reader, "en")]

    assert drawn.count("due") == page.text.count('data-state="unobserved"') > 0


async def test_windows_are_drawn_from_the_day_on_which_they_opened(
    reader: httpx.AsyncClient,
) -> None:
    drawn = [width for _, _, width in await _spans(reader, "en", 2016)]

    assert max(drawn) == 100
    # 7 days before the annual meeting of 4 days, where the others opened 34 days before it.
    assert min(drawn) == pytest.approx(100 * (7 + 4) / (34 + 4), abs=0.02)


async def _spans(
    reader: httpx.AsyncClient, language: str, year: int = 2018
) -> list[tuple[str, float, float]]:
    page = await reader.get(f"/cycles/{year}", headers={"Accept-Language": language})
    found = SPAN.findall(page.text)
    return [(kind, float(start), float(width)) for kind, start, width in found]
