"""Scenarios of a working group: proposed, and established by a decision."""

from dataclasses import replace
from typing import Any

from intersessional.domain.cycle.commands import OpenCycle
from intersessional.domain.decision.commands import Establish, OutcomeChoice
from intersessional.domain.group.commands import (
    DissolveGroup,
    FormDraftingTeam,
    ProposeGroup,
    RecordGroupReport,
    StateGroupWish,
)
from intersessional.domain.group.wish import GroupWish
from intersessional.domain.kernel.act import Ground, Provenance
from intersessional.domain.kernel.body import BodyKind, NamedBody
from intersessional.domain.kernel.ids import cycle_id
from tests.domain.actors import (
    CHAIR,
    FACILITATOR,
    MEMBER,
    SECRETARIAT,
    id_of,
)
from tests.domain.scenarios import CYCLE, MEETING, decide

IMPORTED = Provenance(Ground.IMPORTED)
OF_2018 = cycle_id(2018)
PROPOSE = ProposeGroup(
    command_id=id_of("propose"),
    year=2018,
    kind="WORKING_GROUP",
    name="WG on Fundraising",
    remit="To raise funds.",
    meeting=MEETING,
)
GROUP = PROPOSE.derived_id
PROPOSED = (*CYCLE, MEMBER.sends(PROPOSE))

ESTABLISH = Establish(kind="WORKING_GROUP", name="WG-FUN", proposed=GROUP)


def approve(**overrides: Any) -> Any:
    """The MAG establishes the group that was proposed."""
    chosen = replace(ESTABLISH, **{"facilitators": (FACILITATOR.id,), **overrides})
    return decide("wg", OutcomeChoice(establish=chosen), rationale=None, assessment=None)


ESTABLISHED = (*PROPOSED, CHAIR.sends(approve()))
WISH = StateGroupWish(
    command_id=id_of("wish"), group=GROUP, year=2019, wish=GroupWish.CONTINUE, words="We go on."
)
TEAM = FormDraftingTeam(command_id=id_of("team"), group=GROUP, members=(MEMBER.id,), task="A plan.")
REPORT = RecordGroupReport(
    command_id=id_of("report"), group=GROUP, year=2018, report="All is well.", meeting=MEETING
)
END = decide("end", rationale=None, assessment=None)
DISSOLVE = DissolveGroup(
    command_id=id_of("dissolve"),
    group=GROUP,
    absorbed_by=NamedBody(kind=BodyKind.MAG),
    decision=END.derived_id,
    reason="The MAG does it.",
)
OPEN_2019 = SECRETARIAT.sends(OpenCycle(command_id=id_of("open 2019"), year=2019))
