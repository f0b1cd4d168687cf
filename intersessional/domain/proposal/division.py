"""The division of a proposal into several (DOMAIN row 13)."""

from collections.abc import Sequence
from uuid import UUID

from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.ids import outcome_id
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.kernel.texts import validated_optional_text
from intersessional.domain.proposal.commands import SplitPart
from intersessional.domain.proposal.consent import check_proposer
from intersessional.domain.proposal.proposal import Proposal
from intersessional.domain.proposal.proposal_details import ProposalDetails

SPLIT_MIN = 2
SPLIT_MAX = 20


def split(
    proposal: Proposal,
    act: Act,
    *,
    cycle: Cycle,
    parts: Sequence[SplitPart],
    command: UUID,
    reason: str | None = None,
) -> Sequence[Proposal]:
    """Split a proposal, as a proposer; the parts have its proposers and are for its kind of group.

    Raises ProposalFrozen, OutOfTime, NotAProposer, BadValue.
    """
    proposal.check_last(act)
    check_proposer(proposal, act)
    if not SPLIT_MIN <= len(parts) <= SPLIT_MAX:
        raise BadValue(field="parts", problem=f"name {SPLIT_MIN} to {SPLIT_MAX}.")
    made: list[Proposal] = []
    for place, part in enumerate(parts):
        try:
            made.append(_part(proposal, act, cycle, part, outcome_id(command, place + 1)))
        except BadValue as refused:
            raise refused.within(f"parts.{place}") from None
    proposal.record(
        Proposal.Split,
        act=act,
        cycle_id=proposal.cycle_id,
        into=tuple(one.id for one in made),
        reason=validated_optional_text("reason", reason),
    )
    return made


def _part(proposal: Proposal, act: Act, cycle: Cycle, part: SplitPart, id: UUID) -> Proposal:
    return Proposal.put_forward(
        act,
        id=id,
        cycle=cycle,
        details=ProposalDetails(
            title=part.title,
            group_kind=proposal.group_kind,
            theme=part.theme,
            is_new=proposal.is_new,
        ),
        orally=None if act.provenance.historical else True,
        proposers=proposal.proposers,
        split_from=proposal.id,
    )
