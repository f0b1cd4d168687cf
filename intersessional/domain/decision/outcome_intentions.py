"""The intended outcomes that a command gives."""

from collections.abc import Sequence

from intersessional.domain.decision.commands import (
    Approve,
    Decline,
    Defer,
    Establish,
    Merge,
    OutcomeChoice,
    Redirect,
    Renew,
)
from intersessional.domain.decision.decision_outcome import OutcomeKind
from intersessional.domain.decision.intended_outcome import IntendedOutcome
from intersessional.domain.kernel.ids import policy_id
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.kernel.texts import validated_name
from intersessional.domain.policy.commands import SetPolicy
from intersessional.domain.policy.values import validated_policy_value


def intended_outcomes(choices: Sequence[OutcomeChoice], year: int) -> tuple[IntendedOutcome, ...]:
    """The outcomes that a command gives, by their places. Raises BadValue."""
    return tuple(_intended(n, choice, year) for n, choice in enumerate(choices))


def _intended(place: int, choice: OutcomeChoice, year: int) -> IntendedOutcome:
    path = f"outcomes.{place}"
    match list(choice.chosen.items()):
        case [(field, chosen)]:
            try:
                return _of(chosen, year)
            except BadValue as refused:
                raise refused.within(f"{path}.{field}") from None
        case _:
            raise BadValue(field=path, problem="give exactly one outcome.")


def _of(chosen: object, year: int) -> IntendedOutcome:
    match chosen:
        case SetPolicy():
            subject = policy_id(None if chosen.general else year, chosen.key)
            value = validated_policy_value(chosen)
            return IntendedOutcome(
                OutcomeKind.POLICY_SET,
                (subject,),
                key=chosen.key,
                value=value,
                document_id=chosen.document,
            )
        case Approve():
            name = validated_name("group_name", chosen.group_name)
            return IntendedOutcome(OutcomeKind.PROPOSAL_APPROVED, (chosen.proposal,), name)
        case Decline():
            return IntendedOutcome(OutcomeKind.PROPOSAL_DECLINED, (chosen.proposal,))
        case Defer():
            return IntendedOutcome(OutcomeKind.PROPOSAL_DEFERRED, (chosen.proposal,))
        case Redirect():
            return IntendedOutcome(OutcomeKind.PROPOSAL_REDIRECTED, (chosen.proposal,))
        case Merge():
            title = validated_name("title", chosen.title)
            subjects = tuple(sorted(chosen.proposals))
            return IntendedOutcome(OutcomeKind.PROPOSAL_MERGED, subjects, title)
        case Establish():
            name = validated_name("name", chosen.name)
            return IntendedOutcome(OutcomeKind.GROUP_ESTABLISHED, (), name)
        case Renew():
            return IntendedOutcome(OutcomeKind.GROUP_RENEWED, (chosen.group,))
        case _:
            raise TypeError(f"{type(chosen).__name__} is no outcome")
