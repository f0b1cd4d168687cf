"""Policies: their values, what they rest on, and which is in force."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from intersessional.domain.command_handling.scenario import SentCommand, event
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.cycle.refusals import CapExceeded
from intersessional.domain.decision.commands import OutcomeChoice
from intersessional.domain.decision.decision import Decision
from intersessional.domain.decision.refusals import DecisionRequired
from intersessional.domain.document.commands import PublishDocument
from intersessional.domain.document.document_kind import DocumentKind
from intersessional.domain.document.document_text import WrittenVersion
from intersessional.domain.group.group import Group
from intersessional.domain.kernel.act import Citation, Ground, Provenance
from intersessional.domain.kernel.ids import policy_id, source_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import BadValue, NotFound
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.policy.commands import RecordPolicy, SetPolicy
from intersessional.domain.policy.policy import Policy, PolicyBasis
from intersessional.domain.policy.policy_form import MEETING_CADENCE
from intersessional.domain.policy.policy_value import PolicyValue, PolicyValueKind
from intersessional.domain.proposal.proposal import Proposal
from intersessional.domain.source.commands import ListSource
from tests.domain.actors import CHAIR, MEMBER, OPERATOR, SECRETARIAT, Person, id_of, in_the_name_of
from tests.domain.given_when_then import given
from tests.domain.scenarios import CYCLE, approve, cap, decide, submit, submitted

NOTE = SECRETARIAT.sends(ListSource(command_id=id_of("note"), key="a-note", title="A note"))
IMPORTED = Provenance(Ground.IMPORTED, (Citation("a-note"),))
KEY = "use upper-case letters and digits, in words joined by underscores."
PUBLISH = PublishDocument(
    command_id=id_of("publish"),
    kind=DocumentKind.BACKGROUND_NOTE,
    title="A note",
    version=WrittenVersion(label="1", source="a-note"),
)
WEEKS = SetPolicy(key="COMMENT_WINDOW_WEEKS", value=6)


def recorded(
    sender: Person = OPERATOR, provenance: Provenance | None = IMPORTED, **overrides: Any
) -> SentCommand:
    """A policy is recorded that a document lays down."""
    fields: dict[str, Any] = {"policy": WEEKS, "source": "a-note", "year": 2018} | overrides
    command = RecordPolicy(
        command_id=id_of(f"record {fields}"),
        occurred=Occurred.parse("2018-04-03"),
        provenance=provenance,
        **fields,
    )
    return sender.sends(command)


def decided(**setting: Any) -> SentCommand:
    """The MAG sets a policy."""
    choice = OutcomeChoice(set_policy=SetPolicy(**setting))
    return CHAIR.sends(decide(f"set {setting}", choice))


def test_a_policy_of_the_past_rests_on_a_document() -> None:
    given(CYCLE, NOTE).when(recorded(words="Six weeks before.")).then(
        event(Policy.Named, key="COMMENT_WINDOW_WEEKS", year=2018),
        event(
            Policy.Set,
            key="COMMENT_WINDOW_WEEKS",
            value=PolicyValue(kind=PolicyValueKind.NUMBER, number=6),
            basis=PolicyBasis(source="a-note", words=Sealed("Six weeks before.")),
        ),
    )


def test_a_document_lays_a_policy_down_beside_the_source_or_the_decision() -> None:
    document = PUBLISH.derived_id
    known = (*CYCLE, NOTE, SECRETARIAT.sends(PUBLISH))

    given(known).when(recorded(policy=replace(WEEKS, document=document))).then(
        Policy.Named,
        event(Policy.Set, basis=PolicyBasis(source="a-note", document_id=document)),
    )
    assert any(
        isinstance(one, Policy.Set) and one.basis.document_id == document
        for one in given(known, decided(key="A", value=1, document=document)).events()
    )
    given(CYCLE, NOTE).when(recorded(policy=replace(WEEKS, document=document))).then(
        NotFound(kind="document", id=str(document))
    )


def test_a_policy_of_today_needs_a_decision() -> None:
    given(CYCLE, NOTE).when(recorded(SECRETARIAT, None)).then(DecisionRequired())
    given(CYCLE, NOTE).when(recorded(OPERATOR, None)).then(DecisionRequired())


def test_the_document_is_in_the_record() -> None:
    given(CYCLE).when(recorded()).then(NotFound(kind="source", id=str(source_id("a-note"))))


@pytest.mark.parametrize(("year", "general"), [(None, False), (2018, True)])
def test_a_policy_is_of_a_cycle_or_general(year: int | None, general: bool) -> None:
    policy = SetPolicy(key="SCOPE", text="Practices.", general=general)

    given(CYCLE, NOTE).when(recorded(policy=policy, year=year)).then(
        BadValue(
            field="year", problem="give the year of the cycle, or say that the policy is general."
        )
    )


@pytest.mark.parametrize(
    ("setting", "field", "problem"),
    [
        (
            {"key": "bpf"},
            "key",
            KEY,
        ),
        ({"key": "A"}, "value", "give one of value, days, date, text and keys."),
        (
            {"key": "A", "value": 1, "days": 1},
            "value",
            "give one of value, days, date, text and keys.",
        ),
        ({"key": "BPF_CAP", "days": 3}, "days", "BPF_CAP is a NUMBER."),
        ({"key": "PN_CAP", "value": 1_001}, "value", "1001 is not from 0 to 1000."),
        (
            {"key": "COMMENT_WINDOW_WEEKS", "value": 53},
            "value",
            "53 is not from 0 to 52.",
        ),
        ({"key": "A", "days": -1}, "days", "-1 is not from 0 to 36525."),
        (
            {"key": "A", "keys": ("b",)},
            "keys.0",
            KEY,
        ),
        ({"key": "A", "keys": ("B",) * 101}, "keys", "at most 100."),
        ({"key": "A", "text": " "}, "text", "it is empty."),
    ],
)
def test_a_value_has_the_kind_and_the_bounds_of_its_key(
    setting: Mapping[str, Any], field: str, problem: str
) -> None:
    given(CYCLE).when(decided(**setting)).then(
        BadValue(field=f"outcomes.0.set_policy.{field}", problem=problem)
    )


def test_a_general_cap_holds_where_the_cycle_has_none_of_its_own() -> None:
    general = (
        CYCLE,
        decided(key="BPF_CAP", value=0, general=True),
        submitted("ai"),
    )
    approval = CHAIR.sends(decide("ai", approve("ai")))

    given(*general).when(approval).then(CapExceeded(policy="BPF_CAP", cap=0, approved=0))
    assert given(*general, CHAIR.sends(decide("cap", cap(1))), approval).events()


def test_a_cap_is_checked_with_the_cap_and_the_count_of_its_own_time() -> None:
    def on(day: str, name: str, *outcomes: OutcomeChoice) -> SentCommand:
        return CHAIR.sends(
            decide(
                name, *outcomes, occurred=Occurred.parse(f"2018-{day}"), meeting=None, on_list=True
            )
        )

    history = (
        CYCLE,
        [
            in_the_name_of(MEMBER).sends(submit(name, occurred=Occurred.parse("2018-01-15")))
            for name in ("ai", "iot", "dns")
        ],
        on("02-01", "cap of one", cap(1)),
        on("03-01", "cap of two", cap(2)),
        on("03-02", "march", approve("ai")),
    )

    given(*history).when(on("02-15", "february", approve("iot"))).then(
        Proposal.Approved, Group.Established, Cycle.GroupAdmitted, Decision.Recorded
    )
    given(*history, on("02-15", "february", approve("iot"))).when(
        on("02-16", "too many then", approve("dns"))
    ).then(CapExceeded(policy="BPF_CAP", cap=1, approved=1))


def test_a_late_fact_takes_its_place_in_time() -> None:
    record = given(
        CYCLE,
        *(
            CHAIR.sends(
                decide(
                    f"cap {value}",
                    cap(value),
                    occurred=Occurred.parse(day),
                    meeting=None,
                    on_list=True,
                )
            )
            for value, day in ((3, "2018-03-01"), (4, "2018-04-01"), (2, "2018-02-10"))
        ),
    )

    policy = record.aggregate(Policy, policy_id(2018, "BPF_CAP"))

    found = [policy.in_force(Occurred.parse(f"2018-{day}")) for day in ("02-01", "02-20", "03-20")]
    assert [rule and rule.value.number for rule in found] == [None, 2, 3]
    assert policy.rules.latest is not None
    assert policy.rules.latest.value.number == 4
    assert isinstance(record.events()[-1], Decision.Recorded)


def test_the_cadence_of_meetings_is_the_one_in_force_at_an_instant() -> None:
    def agreed(days: int, day: str) -> SentCommand:
        return CHAIR.sends(
            decide(
                f"every {days} days",
                OutcomeChoice(set_policy=SetPolicy(key=MEETING_CADENCE, days=days)),
                occurred=Occurred.parse(day),
                meeting=None,
                on_list=True,
            )
        )

    record = given(CYCLE, agreed(14, "2018-02-20"), agreed(28, "2018-03-20"))

    cadence = record.aggregate(Policy, policy_id(2018, MEETING_CADENCE))

    found = [
        cadence.in_force(Occurred.parse(f"2018-{day}"))
        for day in ("02-19", "02-20", "03-19", "03-20")
    ]
    assert [rule and rule.value.days for rule in found] == [None, 14, 14, 28]
