"""An act of each kind on a proposal or decision begun here, by one whose right it is."""

from dataclasses import replace

from intersessional.domain.consolidation.commands import (
    ConsentToConsolidation,
    SuggestConsolidation,
)
from intersessional.domain.decision.steps.commands import (
    AnnulDecision,
    BlockDecision,
    SupersedeDecision,
)
from intersessional.domain.interest.commands import SignalInterest
from intersessional.domain.proposal.commands import (
    ConsentToRevision,
    GiveTheme,
    PresentProposal,
    SplitPart,
    SplitProposal,
)
from intersessional.domain.proposal.written_proposal import NamedCoFacilitator
from intersessional.domain.roster.commands import (
    ConfirmCoFacilitator,
    NominateCoFacilitator,
    ReplaceCoFacilitator,
)
from intersessional.domain.statement.commands import RecordStatement, WithdrawStatement
from tests.domain.actors import CHAIR, COMMENTER, MEMBER, OTHER_MEMBER, id_of
from tests.domain.decision_scenarios import (
    AFTER,
    BOTH,
    DECISION,
    LATER,
    OBJECT,
    OBJECTED,
    OTHER,
    PROPOSED,
    take,
    withdraw,
)
from tests.domain.live_acts_for_the_mag import acts
from tests.domain.scenarios import (
    CYCLE,
    MEETING,
    approve,
    cap,
    decide,
    moot,
    proposal_id,
    revise,
    submit,
    submitted,
)
from tests.domain.scenarios import withdraw as withdraw_proposal

AI, DATA = proposal_id("ai"), proposal_id("data")
WRITTEN = (*CYCLE, *submitted("ai", "data"))
STATEMENT = RecordStatement(command_id=id_of("state"), proposal=AI, revision=1, text="Go on.")
STATED = (*WRITTEN, OTHER_MEMBER.sends(STATEMENT))
SUGGESTION = SuggestConsolidation(
    command_id=id_of("suggest"), proposals=(AI, DATA), title="AI and data"
)
SUGGESTED = (*WRITTEN, OTHER_MEMBER.sends(SUGGESTION))
BO = NamedCoFacilitator(name="Bo", mag_member=True)
NOMINATE = NominateCoFacilitator(
    command_id=id_of("nominate"),
    proposal=AI,
    person=NamedCoFacilitator(participant=COMMENTER.id),
)
REPLACE = ReplaceCoFacilitator(
    command_id=id_of("replace"), proposal=AI, nomination=NOMINATE.derived_id, person=BO
)
NOMINATED = (*WRITTEN, MEMBER.sends(NOMINATE))

ON_PROPOSALS = acts(
    (
        WRITTEN,
        CHAIR.sends(decide("ai", approve("ai"))),
    ),
    (
        WRITTEN,
        MEMBER.sends(PresentProposal(command_id=id_of("present"), proposal=AI, meeting=MEETING)),
    ),
    (
        WRITTEN,
        MEMBER.sends(
            ConsentToRevision(
                command_id=id_of("consent"),
                proposal=AI,
                member=OTHER_MEMBER.id,
                proposer=MEMBER.id,
            )
        ),
    ),
    (
        WRITTEN,
        MEMBER.sends(
            SignalInterest(
                command_id=id_of("signal"), proposal=AI, name="A registry", source="List"
            )
        ),
    ),
    (WRITTEN, MEMBER.sends(NOMINATE)),
    (
        NOMINATED,
        MEMBER.sends(REPLACE),
    ),
    (
        NOMINATED,
        COMMENTER.sends(
            ConfirmCoFacilitator(
                command_id=id_of("confirm"), proposal=AI, nomination=NOMINATE.derived_id
            )
        ),
    ),
    (
        SUGGESTED,
        MEMBER.sends(
            ConsentToConsolidation(
                command_id=id_of("agree"), consolidation=SUGGESTION.derived_id, proposal=AI
            )
        ),
    ),
    (
        STATED,
        OTHER_MEMBER.sends(
            WithdrawStatement(command_id=id_of("unsay"), statement=STATEMENT.derived_id)
        ),
    ),
    (PROPOSED, CHAIR.sends(replace(OBJECT, name="Bo"))),
    (OBJECTED, MEMBER.sends(withdraw())),
    (PROPOSED, CHAIR.sends(take(cap(4)), now=LATER)),
    (
        PROPOSED,
        CHAIR.sends(BlockDecision(command_id=id_of("block"), decision=DECISION, reason="No.")),
    ),
    (
        BOTH,
        CHAIR.sends(
            SupersedeDecision(
                command_id=id_of("supersede"), decision=DECISION, by=OTHER.derived_id
            ),
            now=AFTER,
        ),
    ),
    (
        BOTH,
        CHAIR.sends(
            AnnulDecision(command_id=id_of("annul"), decision=DECISION, by=OTHER.derived_id),
            now=AFTER,
        ),
    ),
    (
        (*CYCLE, MEMBER.sends(moot("ai"))),
        MEMBER.sends(submit("ai", proposal=moot("ai").derived_id, title=None)),
    ),
    (WRITTEN, MEMBER.sends(revise("ai"))),
    (WRITTEN, MEMBER.sends(withdraw_proposal("ai"))),
    (WRITTEN, MEMBER.sends(GiveTheme(command_id=id_of("theme"), proposal=AI, theme="ai"))),
    (
        WRITTEN,
        MEMBER.sends(
            SplitProposal(
                command_id=id_of("split"),
                proposal=AI,
                parts=(SplitPart(title="One"), SplitPart(title="Two")),
            )
        ),
    ),
)
