"""What a process imports and composes before others are forked from it."""

import gc
from importlib import import_module

from intersessional.infra.cli import serving
from intersessional.infra.cli.command_group import COMMANDS
from tests.composed import composed_node, installed_node

for module in COMMANDS.values():
    import_module(f"intersessional.infra.cli.commands.{module}")

# What is composed of the same plugins is the same.
serving.compose_node = composed_node  # type: ignore[attr-defined]
installed_node()
gc.freeze()
