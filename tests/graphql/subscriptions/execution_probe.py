"""A plugin that counts executions, and adds fields that depend on the caller."""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from intersessional.graphql.request.context import Info
from intersessional.graphql.schema.scalars import Position
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.graphql.schema.shareable import shareable
from intersessional.graphql.types.audit_entry import AuditEntryType
from intersessional.graphql.types.participant import ParticipantType
from intersessional.plugins.composition import Composition
from intersessional.plugins.core import CORE
from intersessional.plugins.plugin import Plugin
from intersessional.projections.kernel.as_of import AsOf


@dataclass(frozen=True)
class ExecutionProbe:
    """Counts executions by label and position, and raises planned errors."""

    executed: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter[int]))
    faults: dict[tuple[str, int], Exception] = field(
        default_factory=dict[tuple[str, int], Exception]
    )
    """Errors to raise at a position, once each."""

    @property
    def composition(self) -> Composition:
        """The core with a plugin that adds fields to entries of the audit trail."""

        def counted(root: AuditEntryType, by: str) -> int:
            """The position; the resolver does not take the caller."""
            return self._execute(root, by)

        def declared(root: AuditEntryType, by: str, info: Info) -> int:
            """The position; the resolver takes ``info`` and is marked as shareable."""
            return self._execute(root, by)

        def undeclared(root: AuditEntryType, by: str, info: Info) -> int:
            """The position; the resolver takes ``info`` and is not marked."""
            return self._execute(root, by)

        def perhaps(root: AuditEntryType, by: str) -> int | None:
            """The position, or nothing."""
            return self._execute(root, by)

        def distance(root: AuditEntryType, of: Position) -> int:
            """How far the event is from a position."""
            return root.recorded.position - of

        async def my_roles(root: AuditEntryType, info: Info) -> list[str]:
            """The caller's roles as of the event."""
            loaders = info.context.new_loaders(AsOf(root.recorded.position))
            me = await ParticipantType.find(info.context.caller.person, loaders)
            held = () if me is None else me.roles()
            return [tenure.role.value for tenure in held if tenure.until is None]

        async def latest(info: Info) -> int:
            """The position of the latest state, as it is read for the event."""
            return await info.context.position()

        extends: dict[str, Callable[..., Any]] = {
            "counted": counted,
            "declared": shareable(declared),
            "undeclared": undeclared,
            "perhaps": perhaps,
            "distance": distance,
            "latest": latest,
            "my_roles": my_roles,
        }
        plugin = Plugin(name="probe", schema=SchemaPart(extends={"AuditEntry": extends}))
        return Composition((CORE, plugin))

    def _execute(self, root: AuditEntryType, by: str) -> int:
        position = root.recorded.position
        self.executed[by][position] += 1
        fault = self.faults.pop((by, position), None)
        if fault is not None:
            raise fault
        return position
