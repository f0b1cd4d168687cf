"""The list of commands says of each what its own help begins with, and imports none of them."""

import inspect
import subprocess
import sys
from importlib import import_module

import pytest

from intersessional.infra.cli.command_group import COMMANDS, SUMMARIES

LISTING = """
import sys
from intersessional.infra.cli import app

app(["--help"], standalone_mode=False)
print([name for name in sys.modules if name.startswith("intersessional.infra.cli.commands")])
"""


@pytest.mark.parametrize(("name", "module"), COMMANDS.items())
def test_summary_is_the_first_sentence_of_the_help_of_a_command(name: str, module: str) -> None:
    command = getattr(import_module(f"intersessional.infra.cli.commands.{module}"), module)

    [sentence, *_] = inspect.getdoc(command).split("\n\n")  # type: ignore[union-attr]

    assert SUMMARIES[name] == " ".join(sentence.split())


def test_list_of_commands_imports_none_of_them() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LISTING], capture_output=True, text=True, check=True
    )

    assert "verify-backup" in done.stdout
    assert done.stdout.splitlines()[-1] == "[]"
