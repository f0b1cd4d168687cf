"""Handler of the command about statistics."""

from uuid import UUID

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.aggregate import Aggregate
from intersessional.domain.kernel.ids import source_id
from intersessional.domain.kernel.texts import validated_slug
from intersessional.domain.source.source import Source
from intersessional.domain.statistic.commands import ReportStatistic
from intersessional.domain.statistic.statistic import Statistic


async def report_statistic(command: ReportStatistic, context: CommandContext) -> UUID:
    """Record a claim about numbers of something that the record holds."""
    act = await context.act_as(Role.SECRETARIAT, Role.MAG_CHAIR)
    await context.load(Aggregate, command.about)
    if command.source is not None:
        await context.load(Source, source_id(validated_slug("source", command.source)))
    statistic = Statistic.report(
        act,
        id=command.derived_id,
        about_id=command.about,
        dimension=command.dimension,
        as_of=command.as_of,
        rows=command.rows,
        total=command.total,
        source=command.source,
    )
    context.add(statistic)
    return statistic.id
