"""The part of the domain about questions that are raised."""

from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.command_handling.domain_part import DomainPart
from intersessional.domain.kernel.refusals import LimitReached
from intersessional.domain.raised_question import handlers
from intersessional.domain.raised_question.commands import (
    AnswerQuestion,
    RaiseQuestion,
    WithdrawQuestion,
)
from intersessional.domain.raised_question.raised_question import RaisedQuestion
from intersessional.domain.raised_question.refusals import QuestionIsSettled

RAISED_QUESTION_PART = DomainPart(
    aggregates=(RaisedQuestion,),
    command_handlers=(
        CommandHandler(RaiseQuestion, handlers.raise_question),
        CommandHandler(AnswerQuestion, handlers.answer_question, (LimitReached, QuestionIsSettled)),
        CommandHandler(WithdrawQuestion, handlers.withdraw_question, (QuestionIsSettled,)),
    ),
)
