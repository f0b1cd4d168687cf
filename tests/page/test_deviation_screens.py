"""Deviations from the rules of the Forum, as a screen."""

import httpx
import pytest

from tests.page.reading import screen, text

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_cycle_leads_to_its_deviations(reader: httpx.AsyncClient) -> None:
    cycle = await screen(reader, "/cycles/2018")

    assert 'href="/cycles/2018/deviations"' in cycle


async def test_deviations_are_in_words_by_rule_with_their_facts_and_reasons(
    reader: httpx.AsyncClient,
) -> None:
    html = await screen(reader, "/cycles/2018/deviations")
    words = text(html)

    assert "Deviations of 2018" in words
    assert "Mergers that proposers agree to" in words
    assert "needs reasons" in words
    assert "Artificial Intelligence, Internet of Things and Big Data" in words
    assert "A deadline before the first meeting" in words
    assert "due: 12 April 2018" in words
    assert 'lang="en"' in html


async def test_deviations_of_4_april_are_those_of_then(reader: httpx.AsyncClient) -> None:
    html = await screen(reader, "/cycles/2018/deviations?occurred=2018-04-05")

    assert "Mergers that proposers agree to" not in text(html)
