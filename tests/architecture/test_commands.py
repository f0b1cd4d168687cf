"""Every command has one handler, named after it."""

import importlib
import pkgutil
import re

import pytest

import intersessional.domain
from intersessional.domain.command_handling.command import Command
from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.kernel.refusals import COMMON_REFUSALS, IMPORT_REFUSALS
from intersessional.plugins.composition import installed_plugins
from intersessional.plugins.core import CORE

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


def test_every_command_has_one_handler() -> None:
    answered = [answer.command for answer in CORE.command_handlers]

    assert len(set(answered)) == len(answered)
    assert set(answered) == COMMANDS


def test_command_topics_are_unique_and_of_the_form_noun_verb() -> None:
    commands = [answer.command for answer in installed_plugins().command_handlers]
    nouns = {aggregate.TOPIC for aggregate in installed_plugins().aggregates}
    topics = [vars(command)["TOPIC"] for command in commands]

    assert len(set(topics)) == len(topics)
    assert [topic for topic in topics if not re.fullmatch(r"[a-z_]+\.[a-z_]+", topic)] == []
    # A fact is of any aggregate.
    assert {topic.split(".")[0] for topic in topics} <= nouns | {"fact"}


def test_command_without_a_topic_is_refused() -> None:
    with pytest.raises(TypeError, match=r'Nameless needs a TOPIC of the form "comment\.post"'):
        type("Nameless", (Command,), {})


@pytest.mark.parametrize(
    "answer", CORE.command_handlers, ids=lambda answer: answer.command.__name__
)
def test_command_and_handler_are_in_one_folder(answer: CommandHandler) -> None:
    command, handler = answer.command, answer.handler
    folder, _, file = command.__module__.rpartition(".")

    assert file == "commands"
    assert handler.__module__ == f"{folder}.handlers"
    assert handler.__name__ == snake(command.__name__)


@pytest.mark.parametrize(
    "answer", CORE.command_handlers, ids=lambda answer: answer.command.__name__
)
def test_handler_declares_no_common_refusal(answer: CommandHandler) -> None:
    assert len(set(answer.refuses)) == len(answer.refuses)
    assert not set(answer.refuses) & {*COMMON_REFUSALS, *IMPORT_REFUSALS}
