"""A data file that is broken: which line, what is wrong there, and nothing recorded."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
import pytest_asyncio

from intersessional.infra.backend import Backend
from intersessional.infra.importer import HistoryImportError, import_history, read_history
from intersessional.infra.importer.command_builder import CommandBuilder
from intersessional.infra.importer.history import parse_history
from intersessional.plugins.core import CORE
from tests.databases import fresh_database
from tests.infra.importer.core_backend import open_core_backend

GOOD = """\
history: a-history
entries:
  - key: source
    command: ListSource
    occurred: 2018
    sources: [a-source]
    fields: {key: a-source, title: A source}
  - key: cycle
    command: OpenCycle
    occurred: 2018-03
    sources: [a-source]
    fields:
      year: 2018
  - key: meeting
    command: ScheduleMeeting
    occurred: 2018-03-19/2018-03-22
    sources: [a-source]
    fields:
      year: 2018
      kind: VIRTUAL
      ordinal: 1
      held: 2018-04-04
      label: A meeting
  - key: proposal
    command: MootProposal
    occurred: 2018-04-04T12:00:00Z
    ground: INFERRED
    sources: [a-source]
    fields: {year: 2018, group_kind: BPF, title: A theme, is_new: false, meeting: meeting}
  - key: deadline
    command: SetProposalDeadline
    occurred: 2018-04-06
    sources: [a-source]
    fields: {year: 2018, due_on: 2018-04-12}
  - key: decision
    command: RecordDecision
    occurred: 2018-05
    sources: [a-source]
    fields:
      year: 2018
      statement: It is approved.
      outcomes:
        - key: group
          approve: {proposal: proposal, group_name: A group}
        - establish: {kind: WORKING_GROUP, name: Another group}
"""

BROKEN = [
    # The replaced text and its replacement; the line, the code and the message of the error.
    ("label: A meeting", "label: [A meeting", 24, "NOT_YAML", "expected ',' or ']'"),
    ("label: A meeting", "label: \x07", 23, "NOT_YAML", "special characters are not allowed."),
    ("label: A meeting", "label: &a A meeting\n      note: *a", 24, "NOT_YAML", "an alias (*)"),
    ("title: A theme", "title: " + "[" * 30 + "]" * 30, 29, "NOT_YAML", "nested more than 20"),
    ("label: A meeting", "label: !!python/name:os.system x", 23, "WRONG_TYPE", "fields.label:"),
    ("label: A meeting", "label: 2018", 23, "WRONG_TYPE", "2018 is read as no text"),
    ("label: A meeting", "label:", 23, "WRONG_TYPE", "fields.label: a text is expected"),
    ("label: A meeting", "label: {a: b}", 23, "WRONG_TYPE", "fields.label: a text is expected"),
    ("label: A meeting", "label: a\n      label: b", 24, "DUPLICATE_KEY", "label: it appears"),
    ("label: A meeting", "lable: A meeting", 23, "UNKNOWN_FIELD", "fields.lable: there is no such"),
    ("label: A meeting", "command_id: a", 23, "UNKNOWN_FIELD", "fields.command_id: there is no"),
    ("      label: A meeting\n", "", 19, "MISSING_FIELD", "fields: the field label is missing."),
    ("ordinal: 1", "ordinal: '1'", 21, "WRONG_TYPE", "fields.ordinal: 1 is no whole number."),
    ("ordinal: 1", "ordinal: 1.0", 21, "WRONG_TYPE", "fields.ordinal: 1.0 is no whole"),
    ("ordinal: 1", "ordinal: 01", 21, "WRONG_TYPE", "fields.ordinal: 01 is no whole"),
    ("ordinal: 1", "ordinal: 9999999999", 21, "BAD_VALUE", "fields.ordinal: 9999999999 is too"),
    ("is_new: false", "is_new: no", 29, "WRONG_TYPE", "fields.is_new: no is neither true nor"),
    ("kind: VIRTUAL", "kind: VIRTAUL", 20, "BAD_VALUE", "VIRTAUL is none of: VIRTUAL, FACE"),
    ("held: 2018-04-04", "held: 4 April 2018", 22, "BAD_VALUE", "fields.held: '4 April 2018'"),
    ("held: 2018-04-04", "held: 2018-02-30", 22, "BAD_VALUE", "fields.held: "),
    ("held: 2018-04-04", "held: 2018-04-04T12:00:00", 22, "BAD_VALUE", "fields.held: "),
    ("due_on: 2018-04-12", "due_on: 2018-04", 34, "BAD_VALUE", "fields.due_on: 2018-04 is no day"),
    ("occurred: 2018-03\n", "occurred: March\n", 10, "BAD_VALUE", "occurred: 'March'"),
    ("occurred: 2018-03\n", "occurred: 9999\n", 10, "BAD_VALUE", "occurred: "),
    ("    occurred: 2018-03\n", "", 8, "MISSING_FIELD", "the field occurred is missing."),
    ("command: OpenCycle", "command: OpenYear", 9, "UNKNOWN_COMMAND", "no command OpenYear."),
    ("command: OpenCycle", "comand: OpenCycle", 9, "UNKNOWN_FIELD", "comand: there is no such"),
    ("key: cycle", "key: The cycle", 8, "BAD_VALUE", "key: 'The cycle' is no key"),
    ("key: cycle", "key: source", 8, "DUPLICATE_KEY", "the key source appears twice."),
    ("key: group", "key: meeting", 43, "DUPLICATE_KEY", "outcomes.0.key: the key meeting"),
    ("meeting: meeting", "meeting: metting", 29, "DANGLING_REFERENCE", "fields.meeting: no entry"),
    ("meeting: meeting", "meeting: deadline", 29, "DANGLING_REFERENCE", "fields.meeting: no entry"),
    ("meeting: meeting", "meeting: cycle", 24, "NOT_FOUND", "proposal: There is no meeting"),
    ("ground: INFERRED", "ground: LIVE", 27, "BAD_VALUE", "ground: what is imported is not live"),
    ("ground: INFERRED", "ground: HEARSAY", 27, "BAD_VALUE", "ground: HEARSAY is none of"),
    ("ground: INFERRED", "sources: []", 28, "DUPLICATE_KEY", "sources: it appears twice."),
    ("sources: [a-source]\n    fields:\n      year: 2018\n  -", "fields: {year: 2018}\n  -", 8,
     "MISSING_FIELD", "the field sources names no source."),
    ("sources: [a-source]\n    fields: {key", "sources: [b-source]\n    fields: {key", 6,
     "UNKNOWN_SOURCE", "no entry so far lists a source with the key 'b-source'."),
    ("[a-source]\n    fields: {key", "[{key: a-source, page: 3}]\n    fields: {key", 6,
     "UNKNOWN_FIELD", "sources.0.page: there is no such field; there are: key, place."),
    ("ground: INFERRED", "by: somebody", 27, "DANGLING_REFERENCE", "by: no entry before this one"),
    ("group_name: A group", "name: A group", 44, "UNKNOWN_FIELD", "outcomes.0.approve.name: there"),
    ("approve: {proposal: proposal", "approve: {proposal: group", 35, "NOT_FOUND", "There is no"),
    ("- establish:", "- decline: {proposal: proposal}\n          establish:", 45, "BAD_VALUE",
     "decision: outcomes.1: give exactly one outcome."),
    ("history: a-history", "history: A history", 1, "BAD_VALUE", "history: 'A history' is no key"),
    ("history: a-history\n", "", 1, "MISSING_FIELD", "the field history is missing."),
    ("  year: 2018\n      statement", "  year: 2017\n      statement", 35, "NOT_FOUND", "no cycle"),
    ("is_new: false", "year_reported: 0", 29, "BAD_VALUE", "proposal: year_reported: 0 is not"),
    ("group_name: A group", "group_name: ' '", 44, "BAD_VALUE",
     "decision: outcomes.0.approve.group_name: it is empty."),
    ("kind: WORKING_GROUP", "kind: BPF", 45, "BAD_VALUE", "outcomes.1.establish.kind: it"),
]  # fmt: skip


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def empty(postgres: str) -> AsyncGenerator[Backend]:
    """A record into which nothing is ever recorded, so that all tests can share it."""
    async with fresh_database(postgres) as dsn, open_core_backend(dsn) as backend:
        yield backend


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize(("old", "new", "line", "code", "sentence"), BROKEN)
async def test_error_names_line_and_problem_and_nothing_is_recorded(
    empty: Backend, tmp_path: Path, old: str, new: str, line: int, code: str, sentence: str
) -> None:
    file = tmp_path / "history.yaml"
    assert GOOD.count(old) == 1
    file.write_text(GOOD.replace(old, new))

    with pytest.raises(HistoryImportError) as refused:
        await import_history(
            empty.command_bus, [read_history(file)], empty.composition.command_handlers
        )

    assert (refused.value.file, refused.value.line, refused.value.code) == (str(file), line, code)
    assert sentence in refused.value.problem
    assert str(refused.value).startswith(f"{file}:{line}: ")
    assert await empty.record.head() == 0


@pytest.mark.parametrize(
    ("data", "line", "code", "sentence"),
    [
        (b"", 1, "NOT_YAML", "the file is empty."),
        (b"# Nothing yet\n", 1, "NOT_YAML", "the file is empty."),
        (b"history: a\n\n\xff\n", 3, "NOT_YAML", "it is not text in UTF-8."),
        (b"- history: a\n", 1, "WRONG_TYPE", "names with values are expected here."),
        (b"history: a\nentries: {}\n", 2, "WRONG_TYPE", "entries: a list is expected here."),
        (b"history: a\nentries: []\n", 2, "MISSING_FIELD", "entries: there is no entry."),
        (b"history: a\nentries: []\n---\nhistory: b\n", 3, "NOT_YAML", "another document."),
    ],
)
def test_file_that_is_no_history_is_refused(
    tmp_path: Path, data: bytes, line: int, code: str, sentence: str
) -> None:
    file = tmp_path / "history.yaml"
    file.write_bytes(data)

    with pytest.raises(HistoryImportError) as refused:
        read_history(file)

    assert (refused.value.line, refused.value.code) == (line, code)
    assert sentence in refused.value.problem


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(
        HistoryImportError, match=r"nowhere\.yaml:1: .*cannot be read: No such file"
    ):
        read_history(tmp_path / "nowhere.yaml")


def test_histories_with_one_name_may_not_share_a_key() -> None:
    builder = CommandBuilder(CORE.command_handlers)
    builder.build(parse_history("one.yaml", GOOD))

    with pytest.raises(HistoryImportError, match=r"two\.yaml:3: .*same name and the key source"):
        builder.build(parse_history("two.yaml", GOOD))
