"""The outcomes that a proposed decision is to have."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from intersessional.domain.decision.decision_outcome import OutcomeKind
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.kernel.sealed import Permanent
from intersessional.domain.policy.policy_value import PolicyValue


@dataclass(frozen=True)
class IntendedOutcome:
    """An outcome that a decision is to have: on which subjects, under which name, of what value."""

    kind: OutcomeKind
    subjects: tuple[UUID, ...] = ()
    """A policy, proposals or a group; none for a group that is to be established."""
    name: Permanent | None = None
    """The name of the group, or the title of the merged proposal."""
    key: str | None = None
    """The key of the policy."""
    value: PolicyValue | None = None
    """The value of the policy."""
    document_id: UUID | None = None
    """The document that lays the policy down."""

    @property
    def essence(self) -> "IntendedOutcome":
        """What a taken outcome must have in common with it: everything but texts."""
        value = None if self.value is None else replace(self.value, text=None)
        return replace(self, name=None, value=value)


def check_same(intended: Sequence[IntendedOutcome], taken: Sequence[IntendedOutcome]) -> None:
    """Check that what is taken is what was proposed, in any order. Raises BadValue."""
    if Counter(one.essence for one in intended) != Counter(one.essence for one in taken):
        raise BadValue(field="outcomes", problem="they are not the ones that were proposed.")
