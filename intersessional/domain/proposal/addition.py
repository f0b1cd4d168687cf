"""What is added to a proposal beside its text: a presentation, a theme, a consent."""

from uuid import UUID

from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.refusals import AlreadyRecorded, BadValue, LimitReached
from intersessional.domain.kernel.texts import validated_optional_text, validated_slug
from intersessional.domain.proposal.consent import Consent, consent_to
from intersessional.domain.proposal.proposal import Proposal
from intersessional.domain.proposal.refusals import NotAProposer

PRESENTATIONS_MAX = 50
"""Meetings at which a proposal can be presented."""
CONSENTS_MAX = 200
"""Consents of its proposers to other members."""


def check_written(proposal: Proposal, act: Act) -> None:
    """Check that there is a written proposal to revise. Raises ProposalFrozen, BadValue."""
    if proposal.check_undecided(act).revision == 0:
        raise BadValue(field="proposal", problem="it has not been submitted in writing yet.")


def add_presentation(
    proposal: Proposal, act: Act, meeting_id: UUID, presenter_id: UUID | None
) -> None:
    """Present the proposal at a meeting, once. Raises AlreadyRecorded, LimitReached."""
    if meeting_id in proposal.presented_at:
        raise AlreadyRecorded(kind="presentation", id=proposal.id)
    if len(proposal.presented_at) >= PRESENTATIONS_MAX:
        raise LimitReached(kind="presentations of a proposal", most=PRESENTATIONS_MAX)
    proposal.record(
        Proposal.Presented,
        act=act,
        cycle_id=proposal.cycle_id,
        meeting_id=meeting_id,
        presenter_id=presenter_id,
    )


def add_theme(proposal: Proposal, act: Act, theme: str) -> None:
    """Name the theme of a proposal that has none.

    Raises ProposalFrozen, NotAProposer, BadValue.
    """
    consent_to(proposal.check_undecided(act), act)
    if proposal.theme is not None:
        raise BadValue(field="theme", problem="the proposal has one already.")
    theme = validated_slug("theme", theme)
    proposal.record(Proposal.ThemeGiven, act=act, cycle_id=proposal.cycle_id, theme=theme)


def add_consent(
    proposal: Proposal, act: Act, *, proposer_id: UUID, member_id: UUID, source: str | None
) -> None:
    """Let another member write and revise the proposal, as one of its proposers wishes.

    Raises ProposalFrozen, NotAProposer, AlreadyRecorded, LimitReached, BadValue.
    """
    proposal.check_undecided(act)
    if proposer_id not in proposal.proposers:
        raise NotAProposer(proposal=proposal.id)
    if member_id in proposal.proposers:
        raise BadValue(field="member", problem="they are one of its proposers.")
    if Consent(proposer_id, member_id) in proposal.consents:
        raise AlreadyRecorded(kind="consent", id=proposal.id)
    if len(proposal.consents) >= CONSENTS_MAX:
        raise LimitReached(kind="consents to write a proposal", most=CONSENTS_MAX)
    proposal.record(
        Proposal.ConsentGiven,
        act=act,
        cycle_id=proposal.cycle_id,
        proposer_id=proposer_id,
        member_id=member_id,
        source=validated_optional_text("source", source),
    )
