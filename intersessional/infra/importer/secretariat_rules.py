"""What an import of the Secretariat may not do, though one of the operator may (ADR 0061)."""

from collections.abc import Sequence
from uuid import UUID

from intersessional.domain.command_handling.command_bus import CommandBus
from intersessional.domain.kernel.act import Ground
from intersessional.domain.participant.commands import RegisterParticipant, UpdateParticipant
from intersessional.domain.participant.participant import Participant
from intersessional.infra.importer.command_builder import EntryCommand
from intersessional.infra.importer.errors import HistoryImportError, ImportFault
from intersessional.infra.importer.yaml_node import YamlNode


class SecretariatRules:
    """Keeps the Secretariat's imports from speaking for persons who can speak for themselves."""

    def __init__(self, command_bus: CommandBus, commands: Sequence[EntryCommand]) -> None:
        """``commands`` are those of the file."""
        self._command_bus = command_bus
        self._registered = {
            one.envelope.command.created_id
            for one in commands
            if isinstance(one.envelope.command, RegisterParticipant)
        }

    async def problem(self, one: EntryCommand) -> HistoryImportError | None:
        """Why the Secretariat may not import an entry."""
        entry, command = one.entry, one.envelope.command
        if entry.ground is not None and entry.ground.text() == Ground.ILLUSTRATION.name:
            return _not_allowed(entry.ground, "only the operator records illustrations.")
        if isinstance(command, UpdateParticipant) and await self._is_own(command.participant):
            return _not_allowed(entry.command, "persons change themselves how they are shown.")
        if entry.by is not None and isinstance(command, RegisterParticipant):
            return _not_allowed(entry.by, "persons register themselves.")
        person = one.envelope.caller.person
        if entry.by is not None and person is not None and await self._is_own(person):
            return _not_allowed(entry.by, "it is a person who has registered themselves.")
        return None

    async def _is_own(self, person: UUID) -> bool:
        """Whether a person did not come into the record by an import."""
        if person in self._registered:
            return False
        found = await self._command_bus.find(Participant, person)
        first = None if found is None else found.fact(1)
        return first is not None and not first.act.provenance.historical


def _not_allowed(node: YamlNode, problem: str) -> HistoryImportError:
    return node.error(ImportFault.NOT_FOR_SECRETARIAT, problem)
