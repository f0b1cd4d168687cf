"""The final segment of an output says whether the work goes on, and on what (DOMAIN row 29)."""

from dataclasses import replace

from intersessional.domain.carry_forward.carry_forward import CarryForward
from intersessional.domain.carry_forward.commands import DeclareCarryForward
from intersessional.domain.carry_forward.final_segment import FinalSegment
from intersessional.domain.command_handling.scenario import event
from intersessional.domain.continuation_report.continuation_wish import ContinuationWish
from intersessional.domain.cycle.commands import OpenCycle
from intersessional.domain.draft.block import WrittenBlock
from intersessional.domain.draft.commands import ReviseDraft
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.ids import carry_forward_id
from intersessional.domain.kernel.refusals import (
    BadValue,
    NotFound,
    RoleRequired,
)
from intersessional.domain.kernel.sealed import Sealed
from tests.domain.actors import COMMENTER, FACILITATOR, SECRETARIAT, id_of
from tests.domain.given_when_then import NOW, given
from tests.domain.group_scenarios import DRAFT, DRAFTED, GROUP

DECLARE = DeclareCarryForward(
    command_id=id_of("declare"),
    group=GROUP,
    year=2018,
    wish=ContinuationWish.YES,
    areas=("Norms for industry",),
    consultation="On our list, for two weeks.",
    draft=DRAFT,
)
ID = carry_forward_id(GROUP, 2018)
FINAL = ReviseDraft(
    command_id=id_of("final"), draft=DRAFT, blocks=(WrittenBlock(text="The end."),), label="Final"
)


def test_group_declares_whether_its_work_goes_on_and_may_declare_it_anew() -> None:
    again = replace(
        DECLARE, command_id=id_of("again"), wish=ContinuationWish.NO, areas=(), consultation=None
    )
    segment = FinalSegment(
        ContinuationWish.YES,
        (Sealed("Norms for industry"),),
        Sealed("On our list, for two weeks."),
        DRAFT,
    )

    declared = given(DRAFTED).when(FACILITATOR.sends(DECLARE))

    declared.then(event(CarryForward.Declared, originator_id=ID, group_id=GROUP, segment=segment))
    declared.scenario.when(SECRETARIAT.sends(again)).then(
        event(CarryForward.Replaced, segment=FinalSegment(ContinuationWish.NO, (), None, DRAFT))
    )


def test_declaration_by_others_or_for_another_cycle_or_output_is_refused() -> None:
    opened = SECRETARIAT.sends(OpenCycle(command_id=id_of("open 2019"), year=2019))
    elsewhere = replace(DECLARE, draft=id_of("elsewhere"))

    given(DRAFTED).when(COMMENTER.sends(DECLARE)).then(
        RoleRequired(needed=(Role.FACILITATOR, Role.SECRETARIAT), at=NOW)
    )
    given(DRAFTED, opened).when(FACILITATOR.sends(replace(DECLARE, year=2019))).then(
        BadValue(field="year", problem="the group does not belong to the cycle.")
    )
    given(DRAFTED).when(FACILITATOR.sends(elsewhere)).then(
        NotFound(kind="draft", id=str(id_of("elsewhere")))
    )
