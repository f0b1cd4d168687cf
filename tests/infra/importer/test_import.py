"""Histories are imported once, completely, and with their own times."""

import pytest

from intersessional.infra.backend import Backend
from intersessional.infra.importer import HistoryImportError, ImportSummary, import_history
from intersessional.infra.importer.history import parse_history
from tests.infra.importer.core_backend import import_and_wait, query_data

CYCLE = """\
history: cycle
entries:
  - key: source
    command: ListSource
    occurred: 2018
    sources: [a-source]
    fields: {key: a-source, title: A source}
  - key: chair
    command: RegisterParticipant
    occurred: 2018
    sources: [a-source]
    fields: {display_name: The chair}
  - key: chair-is-chair
    command: GrantRole
    occurred: 2018
    sources: [a-source]
    fields: {participant: chair, role: MAG_CHAIR, since: 2018}
  - key: cycle
    command: OpenCycle
    occurred: 2018-03
    ground: INFERRED
    sources: [a-source]
    fields: {year: 2018}
  - key: meeting
    command: ScheduleMeeting
    occurred: 2018-04-04
    sources: [a-source]
    by: chair
    fields: {year: 2018, kind: VIRTUAL, ordinal: 1, held: 2018-04-04, label: A meeting}
"""

SELECTION = """\
history: selection
entries:
  - key: ai
    command: MootProposal
    occurred: 2018-04-04
    sources: [a-source]
    fields: {year: 2018, group_kind: BPF, title: AI, meeting: meeting}
  - key: big-data
    command: MootProposal
    occurred: 2018-04-04
    sources: [a-source]
    fields: {year: 2018, group_kind: BPF, title: Big data, meeting: meeting}
  - key: selection
    command: RecordDecision
    occurred: 2018-05
    sources: [a-source]
    fields:
      year: 2018
      statement: They are one.
      outcomes:
        - key: both
          merge: {proposals: [ai, big-data], title: AI and big data}
        - key: group
          approve: {proposal: both, group_name: BPF on AI and big data}
  - key: call
    command: ScheduleGroupMeeting
    occurred: 2018-07-02T13:00:00Z
    sources: [a-source]
    fields: {group: group, kind: VIRTUAL, held: 2018-07-02T13:00:00Z, label: First call}
"""


async def test_entries_are_recorded_with_time_ground_and_sources(
    backend: Backend,
) -> None:
    outcome = await import_and_wait(backend, parse_history("cycle.yaml", CYCLE))

    assert outcome == ImportSummary(recorded=5, repeated=0, position=5)
    entries = (await query_data(backend, _TRAIL))["auditTrail"]["nodes"]
    assert entries[3] == {
        "name": "Cycle.Opened",
        "occurred": {"at": "2018-03", "precision": "MONTH"},
        "role": "OPERATOR",
        "person": None,
        "provenance": {
            "ground": "INFERRED",
            "sources": [{"key": "a-source", "source": {"title": "A source"}}],
        },
    }
    assert {entry["provenance"]["ground"] for entry in entries[:3]} == {"IMPORTED"}


async def test_entry_acts_for_a_person_in_a_role(backend: Backend) -> None:
    await import_and_wait(backend, parse_history("cycle.yaml", CYCLE))

    meeting = (await query_data(backend, _TRAIL))["auditTrail"]["nodes"][-1]

    assert (meeting["role"], meeting["person"]) == ("MAG_CHAIR", {"displayName": "The chair"})


async def test_entry_for_a_person_without_the_role_then_is_refused(
    backend: Backend,
) -> None:
    too_early = CYCLE.replace("occurred: 2018-04-04", "occurred: 2017-04-04")

    with pytest.raises(HistoryImportError, match=r"cycle\.yaml:24: .*\(ROLE_REQUIRED\)"):
        await import_and_wait(backend, parse_history("cycle.yaml", too_early))

    assert await backend.record.head() == 0


async def test_later_file_uses_names_of_an_earlier_one(backend: Backend) -> None:
    histories = parse_history("cycle.yaml", CYCLE), parse_history("selection.yaml", SELECTION)

    await import_and_wait(backend, *histories)

    cycle = (await query_data(backend, _GROUPS))["cycle"]
    assert cycle["groups"]["nodes"] == [
        {
            "name": "BPF on AI and big data",
            "mergedFrom": [{"title": "AI"}, {"title": "Big data"}],
            "meetings": {"nodes": [{"label": "First call"}]},
        }
    ]


async def test_deviation_of_history_has_the_reasons_of_its_source_or_none(
    backend: Backend,
) -> None:
    overrides = "    overrides: [{rule: MERGER_AGREED, rationale: Resources are scarce.}]\n"
    explained = SELECTION.replace("    fields:\n", f"{overrides}    fields:\n")
    slip = explained.replace("MERGER_AGREED", "AGREED")
    histories = parse_history("cycle.yaml", CYCLE), parse_history("selection.yaml", explained)

    with pytest.raises(HistoryImportError, match=r"selection\.yaml:17: .*no such rule.*BAD_VALUE"):
        await import_and_wait(backend, histories[0], parse_history("selection.yaml", slip))
    await import_and_wait(backend, *histories)

    entries = (await query_data(backend, _DATA))["auditTrail"]["nodes"]
    [data] = [one["data"] for one in entries if one["name"] == "Deviation.Recorded"]
    assert (data["rule"], data["strength"]) == ("MERGER_AGREED", "GATE")
    assert data["rationale"]["text"] == "Resources are scarce."


async def test_second_import_records_nothing(backend: Backend) -> None:
    histories = parse_history("cycle.yaml", CYCLE), parse_history("selection.yaml", SELECTION)
    first = await import_and_wait(backend, *histories)

    second = await import_and_wait(backend, *histories)

    assert second == ImportSummary(recorded=0, repeated=first.recorded, position=first.position)
    assert await backend.record.head() == first.position


async def test_reordered_and_extended_file_records_only_the_new_entries(
    backend: Backend,
) -> None:
    await import_and_wait(backend, parse_history("cycle.yaml", CYCLE))
    heading, source, *others = CYCLE.split("  - key: ")
    deadline = (
        "deadline\n    command: SetProposalDeadline\n    occurred: 2018-04-06\n"
        "    sources: [a-source]\n    fields: {year: 2018, due_on: 2018-04-03}\n"
    )
    mended = "  - key: ".join(
        [f"# A remark.\n\n{heading}", source, others[2], deadline, *others[:2], *others[3:]]
    )

    outcome = await import_and_wait(backend, parse_history("another-name.yaml", mended))

    assert outcome == ImportSummary(recorded=1, repeated=5, position=6)
    (latest,) = (await query_data(backend, _TRAIL, after="5"))["auditTrail"]["nodes"]
    assert latest["name"] == "Cycle.ProposalDeadlineSet"


async def test_entry_that_was_recorded_differently_is_refused(backend: Backend) -> None:
    await import_and_wait(backend, parse_history("cycle.yaml", CYCLE))
    changed = CYCLE.replace("label: A meeting", "label: Another meeting")

    with pytest.raises(HistoryImportError) as refused:
        await import_and_wait(backend, parse_history("cycle.yaml", changed))

    assert (refused.value.line, refused.value.code) == (24, "COMMAND_REUSED")
    assert "an entry with this key, of a history of this name, was recorded" in str(refused.value)
    assert "correct it by a further entry (CorrectFact)" in str(refused.value)
    assert await backend.record.head() == 5


async def test_one_invalid_entry_prevents_the_whole_import(backend: Backend) -> None:
    wrong = SELECTION.replace("title: Big data, meeting: meeting", "title: ''")
    histories = parse_history("cycle.yaml", CYCLE), parse_history("selection.yaml", wrong)

    with pytest.raises(
        HistoryImportError, match=r"selection\.yaml:12: big-data: title: it is empty"
    ):
        await import_and_wait(backend, *histories)

    assert await backend.record.head() == 0


async def test_progress_is_reported(backend: Backend) -> None:
    messages: list[str] = []

    await import_history(
        backend.command_bus,
        [parse_history("cycle.yaml", CYCLE)],
        backend.composition.command_handlers,
        messages.append,
    )

    assert messages == [
        "Recording 5 commands of cycle.",
        "Recorded 5 commands; 0 had been recorded before.",
    ]


_DATA = "{ auditTrail(first: 100) { nodes { name data } } }"

_TRAIL = """
query Trail($after: String) { auditTrail(first: 100, after: $after) { nodes {
  name occurred { at precision } role person { displayName }
  provenance { ground sources { key source { title } } } } } }
"""
_GROUPS = """
{ cycle(year: 2018) { groups { nodes {
  name mergedFrom { title } meetings { nodes { label } }
} } } }
"""
