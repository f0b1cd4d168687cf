"""The largest draft that the domain allows can be imported."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

import intersessional.infra.history
from intersessional.domain.draft.block_changes import BLOCKS_MAX, DRAFT_MAX
from intersessional.infra.backend import Backend
from intersessional.infra.importer.history import parse_history
from tests.infra.importer.core_backend import import_and_wait

ILLUSTRATION = Path(intersessional.infra.history.__path__[0], "illustration.yaml")
TODAY = date(2026, 11, 29)


DRAFT = f"""
  - key: draft
    command: PublishDraft
    occurred: {TODAY - timedelta(days=15)}
    ground: ILLUSTRATION
    by: dana
    fields:
      group: group
      title: Networks that neighbours run
      blocks:
"""


def illustration_with(blocks: str) -> str:
    """The group of the illustration, with a draft of these blocks."""

    def day(match: re.Match[str]) -> str:
        return (TODAY + timedelta(days=int(match[1] or 0))).isoformat()

    text = ILLUSTRATION.read_text(encoding="utf-8").replace("<year>", str(TODAY.year))
    return re.sub(r"<today([+-]\d+)?>", day, text) + DRAFT + blocks


@pytest.mark.parametrize("character", ["a", r"\u0e01", "\u0e01", "\U0001f389"])
async def test_largest_draft_is_imported(backend: Backend, character: str) -> None:
    block = '        - {text: "' + character * (DRAFT_MAX // BLOCKS_MAX) + '"}'
    history = parse_history("illustration", illustration_with("\n".join([block] * BLOCKS_MAX)))

    summary = await import_and_wait(backend, history)

    assert summary.recorded == len(history.entries)
