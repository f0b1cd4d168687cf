"""Handler of the command about the code of conduct."""

from uuid import UUID

from intersessional.domain.code_of_conduct.code_of_conduct import CodeOfConduct
from intersessional.domain.code_of_conduct.commands import PublishCodeOfConduct
from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.ids import code_of_conduct_id
from intersessional.domain.source.source import Source


async def publish_code_of_conduct(command: PublishCodeOfConduct, context: CommandContext) -> UUID:
    """Publish a version of the code of conduct, as the Secretariat."""
    act = await context.act_as(Role.SECRETARIAT)
    if command.source is not None:
        await context.load(Source, Source.id_of(command.source))
    code = await context.find(CodeOfConduct, code_of_conduct_id(), command.expected_version)
    if code is None:
        code = CodeOfConduct.register(act)
        context.add(code)
    code.publish(act, version=command.version, text=command.text, source=command.source)
    return code.id
