"""Who reported on going on, and the years of a theme, as screens."""

import httpx
import pytest

from tests.page.reading import links, screen, text

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_forums_of_the_year_before_are_listed_with_their_reports(
    reader: httpx.AsyncClient,
) -> None:
    cycle = await screen(reader, "/cycles/2018")
    assert "Reports of existing forums: 3" in text(cycle)
    assert 'href="/cycles/2018/continuation"' in cycle

    html = await screen(reader, "/cycles/2018/continuation")

    assert html.count('data-state="not_in_sources"') == 3
    assert links(html, "themes") == [
        "/themes/cybersecurity",
        "/themes/gender",
        "/themes/local-content",
    ]
    before = await screen(reader, "/cycles/2018/continuation?occurred=2018-04-03")
    assert before.count('data-state="owed"') == 3
    assert "No forum of the year before" in text(await screen(reader, "/cycles/2014/continuation"))


async def test_theme_has_its_years_and_how_its_groups_follow_each_other(
    reader: httpx.AsyncClient,
) -> None:
    html = await screen(reader, "/themes/local-content")
    words = text(html)

    assert "2014, Local content" in words
    assert "BPF on Local Content, 2018 continues BPF on Local Content, 2017" in words
    assert "by the years of the theme" in words
    assert "the source says 2, the record counts 3" in words
    assert "BPF on Local Content, 2017 continues BPF on Local Content, 2014" in words
    assert len(links(html, "groups")) == 3
    [group, *_] = links(html, "groups")
    assert 'href="/themes/local-content"' in await screen(reader, group)
    assert (await reader.get("/themes/nothing")).status_code == 404


async def test_reports_that_no_record_tells_of_are_not_owed_by_forums_of_history(
    reader: httpx.AsyncClient,
) -> None:
    html = await screen(reader, "/cycles/2017/continuation")

    assert html.count('data-state="not_on_record"') == 4
    assert 'data-state="owed"' not in html
    cycle = text(await screen(reader, "/cycles/2017"))
    assert "0 Reports owed" in cycle or "Reports owed 0" in cycle
    assert "No report is owed." in cycle
