"""Scenarios of a cycle: its meeting, proposals and the decisions on them."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from intersessional.domain.command_handling.scenario import SentCommand
from intersessional.domain.cycle.commands import AssessResources, OpenCycle
from intersessional.domain.decision.commands import (
    Approve,
    Merge,
    OutcomeChoice,
    RecordDecision,
)
from intersessional.domain.decision.decision_method import DecisionMethod
from intersessional.domain.kernel.ids import meeting_id, outcome_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.meeting.commands import ScheduleMeeting
from intersessional.domain.meeting.meeting_state import MeetingKind
from intersessional.domain.policy.commands import SetPolicy
from intersessional.domain.policy.policy_form import BPF_CAP
from intersessional.domain.proposal.commands import (
    MootProposal,
    ReviseProposal,
    SubmitProposal,
    WithdrawProposal,
)
from intersessional.domain.proposal.written_proposal import (
    NamedCoFacilitator,
    NamedOrganisation,
    WrittenProposal,
    WrittenSection,
)
from tests.domain.actors import CHAIR, MEMBER, PEOPLE, SECRETARIAT, id_of

MEETING = meeting_id(2018, "VIRTUAL", 1)
ASSESSMENT = AssessResources(command_id=id_of("assess"), year=2018, capacity=3)

CYCLE = (
    *PEOPLE,
    SECRETARIAT.sends(OpenCycle(command_id=id_of("open"), year=2018)),
    SECRETARIAT.sends(
        ScheduleMeeting(
            command_id=id_of("schedule"),
            year=2018,
            kind=MeetingKind.VIRTUAL,
            ordinal=1,
            held=Occurred.parse("2018-04-04"),
            label="First virtual meeting",
        )
    ),
    SECRETARIAT.sends(ASSESSMENT),
)
"""Everyone is there, the cycle of 2018 is open, its resources are assessed, the MAG meets."""

SECTIONS = {
    "relationship-to-governance": "It is discussed everywhere.",
    "relevance-to-communities": "It concerns everyone.",
    "topics": "Norms.",
    "objectives": "To collect what has worked. " + "Much. " * 1178 + "More.",
    "focus": "Small networks.",
    "outreach-plan": "Lists and calls.",
    "anticipated-engagement": "Operators, mostly.",
    "further-outreach": "Schools.",
}
"""The text of every part of the default template, by its key: two pages, as is advised."""


def sections(**texts: str | None) -> tuple[WrittenSection, ...]:
    """The sections with these texts in place of theirs, and without those that are None."""
    merged = SECTIONS | {key.replace("_", "-"): text for key, text in texts.items()}
    return tuple(
        WrittenSection(key=key, text=text) for key, text in merged.items() if text is not None
    )


WRITTEN = WrittenProposal(
    co_facilitators=(
        NamedCoFacilitator(name="Ann", mag_member=True),
        NamedCoFacilitator(name="Ben", mag_member=False),
    ),
    sections=sections(),
    organisations=(NamedOrganisation(name="A registry"),),
)
"""A template with everything in it."""


def named(*mag_members: bool) -> WrittenProposal:
    """A proposal that names these co-facilitators."""
    return replace(
        WRITTEN,
        co_facilitators=tuple(
            NamedCoFacilitator(name=f"Person {n}", mag_member=member)
            for n, member in enumerate(mag_members)
        ),
    )


def moot(name: str, **overrides: Any) -> MootProposal:
    """A proposal is put forward orally."""
    fields: dict[str, Any] = {
        "year": 2018,
        "group_kind": "BPF",
        "title": name.title(),
    } | overrides
    return MootProposal(command_id=id_of(f"moot {name}"), **fields)


def submit(name: str, **overrides: Any) -> SubmitProposal:
    """A new proposal is submitted in writing."""
    fields: dict[str, Any] = {"year": 2018, "title": name.title(), "written": WRITTEN} | overrides
    return SubmitProposal(command_id=id_of(f"submit {name}"), **fields)


def proposal_id(name: str) -> UUID:
    """The id of a proposal that was submitted under this title."""
    return submit(name).derived_id


def submitted(*names: str) -> tuple[SentCommand, ...]:
    """A member submits new proposals in writing."""
    return tuple(MEMBER.sends(submit(name)) for name in names)


def revise(name: str, **overrides: Any) -> ReviseProposal:
    """A proposal that was submitted under this title is revised."""
    fields: dict[str, Any] = {"proposal": proposal_id(name), "written": WRITTEN} | overrides
    return ReviseProposal(command_id=id_of(f"revise {name}"), **fields)


def withdraw(name: str, **overrides: Any) -> WithdrawProposal:
    """A proposal that was submitted under this title is withdrawn."""
    fields: dict[str, Any] = {
        "proposal": proposal_id(name),
        "reason": "It is too early.",
    } | overrides
    return WithdrawProposal(command_id=id_of(f"withdraw {name}"), **fields)


def decide(name: str, *outcomes: OutcomeChoice, **overrides: Any) -> RecordDecision:
    """The MAG decides something at its meeting, with rationale and assessment."""
    fields: dict[str, Any] = {
        "year": 2018,
        "statement": "The MAG agreed.",
        "meeting": MEETING,
        "method": DecisionMethod.NO_OBJECTION,
        "rationale": "They were found ripe.",
        "assessment": ASSESSMENT.derived_id,
    } | overrides
    return RecordDecision(command_id=id_of(f"decide {name}"), outcomes=outcomes, **fields)


def cap(value: int) -> OutcomeChoice:
    """The cap on Best Practice Forums becomes this."""
    return OutcomeChoice(set_policy=SetPolicy(key=BPF_CAP, value=value))


def approve(name: str) -> OutcomeChoice:
    """A proposal that was submitted under this title is approved."""
    return OutcomeChoice(approve=Approve(proposal=proposal_id(name), group_name=name.title()))


def merge(*names: str, **overrides: Any) -> OutcomeChoice:
    """Proposals that were submitted under these titles become one, as their proposers agreed."""
    fields: dict[str, Any] = {
        "proposals": tuple(proposal_id(name) for name in names),
        "title": "AI and big data",
        "proposers_agreed": True,
    } | overrides
    return OutcomeChoice(merge=Merge(**fields))


def approved(name: str) -> tuple[SentCommand, ...]:
    """A proposal is submitted and approved."""
    return (*submitted(name), CHAIR.sends(decide(f"approve {name}", approve(name))))


def mandate(name: str) -> UUID:
    """The decision that approved a proposal, as the mandate for what is done with its group."""
    return decide(f"approve {name}").derived_id


def group_id(name: str) -> UUID:
    """The id of the group that was established when a proposal was approved."""
    return outcome_id(decide(f"approve {name}").command_id, 1)
