"""Every command is answered, by the handler that its name promises."""

import importlib
import inspect
import pkgutil
import re

import pytest

import intersessional.domain
from intersessional.domain.answers import COMMON_REFUSALS, CORE_COMMAND_HANDLERS
from intersessional.domain.kernel.command import Command
from intersessional.domain.kernel.command_bus import CommandHandler

MODULES = [
    importlib.import_module(module.name)
    for module in pkgutil.walk_packages(intersessional.domain.__path__, "intersessional.domain.")
]
COMMANDS = {
    kind
    for module in MODULES
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, Command) and kind is not Command
}


def snake(name: str) -> str:
    return re.sub("(?<=[a-z])(?=[A-Z])", "_", name).lower()


def test_every_command_has_one_answer() -> None:
    answered = [answer.command for answer in CORE_COMMAND_HANDLERS]

    assert len(set(answered)) == len(answered)
    assert set(answered) == COMMANDS


@pytest.mark.parametrize(
    "answer", CORE_COMMAND_HANDLERS, ids=lambda answer: answer.command.__name__
)
def test_a_command_and_its_handler_stand_beside_each_other(answer: CommandHandler) -> None:
    command, handler = answer.command, answer.handler
    folder, _, file = command.__module__.rpartition(".")

    assert file == "commands"
    assert handler.__module__ == f"{folder}.handlers"
    assert handler.__name__ == snake(command.__name__)


@pytest.mark.parametrize(
    "answer", CORE_COMMAND_HANDLERS, ids=lambda answer: answer.command.__name__
)
def test_a_handler_says_what_it_answers(answer: CommandHandler) -> None:
    doc = inspect.getdoc(answer.handler) or ""

    assert re.match(rf"Answer {answer.command.__name__}[:.]", doc)


@pytest.mark.parametrize(
    "answer", CORE_COMMAND_HANDLERS, ids=lambda answer: answer.command.__name__
)
def test_an_answer_declares_what_not_every_command_is_refused_for(answer: CommandHandler) -> None:
    assert len(set(answer.refuses)) == len(answer.refuses)
    assert not set(answer.refuses) & set(COMMON_REFUSALS)
