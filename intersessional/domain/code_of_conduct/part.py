"""The part of the domain about the code of conduct."""

from intersessional.domain.code_of_conduct import handlers
from intersessional.domain.code_of_conduct.code_of_conduct import CodeOfConduct
from intersessional.domain.code_of_conduct.commands import PublishCodeOfConduct
from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.command_handling.domain_part import DomainPart
from intersessional.domain.kernel.refusals import LimitReached

CODE_OF_CONDUCT_PART = DomainPart(
    aggregates=(CodeOfConduct,),
    command_handlers=(
        CommandHandler(PublishCodeOfConduct, handlers.publish_code_of_conduct, (LimitReached,)),
    ),
)
