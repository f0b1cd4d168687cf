"""Who may write and revise a proposal: its proposers, and members to whom one has consented."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from intersessional.domain.kernel.act import Act, Ground
from intersessional.domain.proposal.refusals import NotAProposer


@dataclass(frozen=True)
class Consent:
    """A proposer's consent that another member writes and revises the proposal."""

    proposer: UUID
    member: UUID


class Proposed(Protocol):
    """A proposal, as far as its proposers and their consents go."""

    @property
    def id(self) -> UUID:
        """The id of the proposal."""
        ...

    @property
    def act(self) -> Act:
        """The act by which it was put forward."""
        ...

    @property
    def proposers(self) -> Collection[UUID]:
        """Those who put it forward; nobody where no source names them."""
        ...

    @property
    def consents(self) -> Collection[Consent]:
        """The consents that are recorded."""
        ...


def check_proposer(proposal: Proposed, act: Act) -> None:
    """Check that a proposer acts. Raises NotAProposer.

    Where no source names the proposers, any member of the MAG may act for them. An import that
    names nobody speaks for those of history, not for those who put a proposal forward themselves.
    """
    person = act.actor.person
    if person is None and not _is_live(proposal):
        return
    if proposal.proposers and person not in proposal.proposers:
        raise NotAProposer(proposal=proposal.id)


def check_consenting(proposal: Proposed, person: UUID | None) -> None:
    """Check that a person, or nobody by name, can consent for its proposers. Raises NotAProposer.

    Where no source names the proposers, anybody may.
    """
    if proposal.proposers and person not in proposal.proposers:
        raise NotAProposer(proposal=proposal.id)


def consent_to(proposal: Proposed, act: Act) -> UUID | None:
    """The proposer whose consent lets the actor write; None for a proposer. Raises NotAProposer.

    For a proposal of history, a source may lack the consent that a live command needs.
    """
    person = act.actor.person
    for consent in proposal.consents:
        if consent.member == person and person not in proposal.proposers:
            return consent.proposer
    if _is_live(proposal) or not act.provenance.historical:
        check_proposer(proposal, act)
    return None


def _is_live(proposal: Proposed) -> bool:
    """Whether its proposers put it forward themselves."""
    return proposal.act.provenance.ground is Ground.LIVE
