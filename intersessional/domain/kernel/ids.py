"""Ids that are derived from natural keys, such as the year of a cycle."""

from typing import Annotated
from uuid import UUID, uuid5

_NAMESPACE = UUID("6f2b9a0e-5d5c-5c1e-9a6e-1f0c7c5b2018")

PersonId = Annotated[UUID, "a participant"]
"""The id of a participant whom an event names: a source may name the wrong one (ADR 0063)."""


def cycle_id(year: int) -> UUID:
    """The id of the cycle of an IGF year."""
    return uuid5(_NAMESPACE, f"cycle:{year}")


def annual_meeting_id(year: int) -> UUID:
    """The id of the annual meeting of a cycle."""
    return uuid5(_NAMESPACE, f"annual-meeting:{year}")


def meeting_id(year: int, kind: str | None, ordinal: int) -> UUID:
    """The n-th meeting of a kind in a cycle (DOMAIN row 1: the ordinal is unique)."""
    return uuid5(_NAMESPACE, f"meeting:{year}:{kind or ''}:{ordinal}")


def agenda_id(meeting: UUID) -> UUID:
    """The id of the agenda of a meeting."""
    return uuid5(meeting, "agenda")


def outline_id(group: UUID, cycle: UUID) -> UUID:
    """The id of the outline of a group's output in a cycle."""
    return uuid5(group, f"outline {cycle}")


def policy_id(year: int | None, key: str) -> UUID:
    """The id of the policy on a matter in a cycle; without a year, of the general one."""
    return uuid5(_NAMESPACE, f"policy:{'' if year is None else year}:{key}")


def group_kind_id(key: str) -> UUID:
    """The id of a kind of group."""
    return uuid5(_NAMESPACE, f"group-kind:{key}")


def theme_id(key: str) -> UUID:
    """The id of a theme, the same in all years."""
    return uuid5(_NAMESPACE, f"theme:{key}")


def roster_id(proposal: UUID) -> UUID:
    """The id of the roster of co-facilitators of a proposal."""
    return uuid5(proposal, "roster")


def source_id(key: str) -> UUID:
    """The id of a source."""
    return uuid5(_NAMESPACE, f"source:{key}")


def template_id(key: str) -> UUID:
    """The id of a template, the same in all versions."""
    return uuid5(_NAMESPACE, f"template:{key}")


def code_of_conduct_id() -> UUID:
    """The id of the code of conduct, the same in all versions."""
    return uuid5(_NAMESPACE, "code-of-conduct")


def revision_id(draft: UUID, number: int) -> UUID:
    """The id of a revision of a draft, from 1."""
    return uuid5(draft, f"revision-{number}")


def role_id(role: str) -> UUID:
    """The key of the questions about a role."""
    return uuid5(_NAMESPACE, f"role:{role}")


def outcome_id(command: UUID, place: int) -> UUID:
    """The proposal or the group that the n-th outcome of a decision begins, from 1."""
    return uuid5(command, f"outcome-{place}")


def continuation_report_id(group: UUID, year: int) -> UUID:
    """The id of the report of a group on whether it goes on in the cycle of a year."""
    return uuid5(group, f"continuation-report:{year}")


def carry_forward_id(group: UUID, year: int) -> UUID:
    """The id of what a group says at the end of the cycle of a year on going on."""
    return uuid5(group, f"carry-forward:{year}")


def group_descent_id(group: UUID, earlier: UUID) -> UUID:
    """The id of the descent of a group from an earlier one."""
    return uuid5(group, f"descent:{earlier}")
