"""What a process imports and composes before others are forked from it."""

import gc
from importlib import import_module

from intersessional.infra.cli.command_group import COMMANDS
from tests.composed import installed_node
from tests.infra.cli.composed_once import compose_once

for module in COMMANDS.values():
    import_module(f"intersessional.infra.cli.commands.{module}")

compose_once()
installed_node()
gc.freeze()
gc.enable()
