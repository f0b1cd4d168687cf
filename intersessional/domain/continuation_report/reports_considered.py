"""Whether the existing forums have reported before a new one is approved (DOMAIN row 7)."""

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.continuation_report.continuation_report import ContinuationReport
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.group_kind.group_kind_rules import BEST_PRACTICE_FORUM
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.ids import continuation_report_id, cycle_id
from intersessional.domain.proposal.proposal import Proposal
from intersessional.domain.rule.core_rules import REPORTS_CONSIDERED


async def check_reports_considered(
    context: CommandContext, act: Act, cycle: Cycle, proposal: Proposal
) -> None:
    """Deviate if a new BPF is approved while one of the previous cycle owes its report.

    A proposal of history of which no source says whether it is new counts as none. Raises
    OverrideRequired.
    """
    if proposal.group_kind != BEST_PRACTICE_FORUM or not proposal.is_new:
        return
    previous = await context.find(Cycle, cycle_id(cycle.year - 1))
    if previous is None:
        return
    groups = [one.group for one in previous.admissions if one.kind == BEST_PRACTICE_FORUM]
    ids = [continuation_report_id(group, cycle.year) for group in groups]
    reports = [await context.find(ContinuationReport, id) for id in ids]
    owing = [
        group
        for group, report in zip(groups, reports, strict=True)
        if report is None or not report.at(act.occurred).is_settled
    ]
    if owing:
        context.deviate(
            REPORTS_CONSIDERED,
            act,
            subject=proposal.id,
            cycle_id=cycle.id,
            facts={"existing": len(groups), "owing": owing},
        )
