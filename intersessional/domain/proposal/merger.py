"""A merger: one proposal made out of several (DOMAIN row 13)."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.proposal.proposal import Proposal
from intersessional.domain.proposal.proposal_details import ProposalDetails

MERGED_MIN = 2
MERGED_MAX = 20


@dataclass(frozen=True, kw_only=True)
class Merger:
    """Several proposals of a cycle, and the title and theme of the one made out of them."""

    cycle: Cycle
    sources: Sequence[Proposal]
    title: str
    theme: str | None = None

    @staticmethod
    def check_size(proposals: Sequence[UUID]) -> None:
        """Check how many proposals are merged. Raises BadValue."""
        if not MERGED_MIN <= len(proposals) <= MERGED_MAX:
            raise BadValue(field="proposals", problem=f"name {MERGED_MIN} to {MERGED_MAX}.")

    def put_forward(self, act: Act, id: UUID) -> Proposal:
        """The proposal made out of those, for a group of their one kind. Raises BadValue."""
        if len({source.group_kind for source in self.sources}) > 1:
            raise BadValue(field="proposals", problem="they are for groups of different kinds.")
        return Proposal.put_forward(
            act,
            id=id,
            cycle=self.cycle,
            details=ProposalDetails(
                title=self.title,
                group_kind=self.sources[0].group_kind,
                theme=self.theme,
                is_new=self._is_new,
            ),
            orally=None if act.provenance.historical else True,
            proposers=tuple(dict.fromkeys(one for each in self.sources for one in each.proposers)),
            merged_from=tuple(source.id for source in self.sources),
        )

    @property
    def _is_new(self) -> bool | None:
        """Whether the groups of all of those are new; None where no source says it of one."""
        answers = {source.is_new for source in self.sources}
        if False in answers:
            return False
        return None if None in answers else True
