"""Question: who holds a role that one person holds at a time."""

from collections.abc import Collection
from uuid import UUID

from intersessional.domain.command_handling.question import Question
from intersessional.domain.kernel.act import Act, Ground, Role
from intersessional.domain.kernel.aggregate import DomainEvent
from intersessional.domain.kernel.ids import role_id
from intersessional.domain.participant.participant import Participant
from intersessional.domain.participant.tenure import NO_TENURES, TenureRegister

SOLE_ROLES = (Role.MAG_CHAIR,)
"""The roles that one person holds at a time, unless a reason is recorded (DOMAIN row 1)."""


def is_sole(role: Role, act: Act) -> bool:
    """Whether the act is about a role of one person at a time; an example is not."""
    return role in SOLE_ROLES and act.provenance.ground is not Ground.ILLUSTRATION


def _keys(event: DomainEvent) -> Collection[UUID]:
    match event:
        case Participant.RoleGranted() | Participant.RoleEnded() if is_sole(event.role, event.act):
            return (role_id(event.role.value),)
        case _:
            return ()


def _evolve(register: TenureRegister | None, event: DomainEvent) -> TenureRegister | None:
    register = register or NO_TENURES
    match event:
        case Participant.RoleGranted():
            return register.with_granted(event.tenure)
        case Participant.RoleEnded():
            return register.with_end(event.end)
        case _:
            return register


ROLE_TENURES: Question[TenureRegister] = Question(
    name="role_tenures", version=2, answer=TenureRegister, keys=_keys, evolve=_evolve
)
"""All tenures in one of the ``SOLE_ROLES`` but for examples, by the id of the role."""
