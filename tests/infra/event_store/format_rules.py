"""The rules by which the stored format evolves (ADR 0022).

An optional field keeps its topic. Any other change is a new topic with an upcast from the old one.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, cast
from uuid import UUID

import msgspec
import orjson

from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import Aggregate, DomainEvent
from intersessional.infra.event_store.format.canonical_json import canonical
from intersessional.infra.event_store.format.codec import Codec
from intersessional.infra.event_store.format.plain_values import plain
from intersessional.infra.event_store.log_row import LogRow
from tests.infra.event_store.event_strategies import kinds_of
from tests.infra.event_store.stored_format import ACT, ACTS, stored_format

Data = Mapping[str, Any]


def faults(landed: Sequence[str], aggregates: Collection[type[Aggregate]]) -> list[str]:
    """What these aggregates change in the landed lines that may not be changed."""
    rules = _Rules(landed, aggregates)
    return [
        f"{line}: {fault}"
        for line in (*landed, *rules.now)
        if (fault := rules.fault(line)) is not None
    ]


class _Rules:
    def __init__(self, landed: Sequence[str], aggregates: Collection[type[Aggregate]]) -> None:
        self.now = stored_format(aggregates)
        self._landed = landed
        self._topics = {ACT, *kinds_of(aggregates)}
        self._codec = Codec(aggregates)

    def fault(self, line: str) -> str | None:
        """What is wrong with a line of then or of now."""
        topic, fact = line.split(" ", 1)
        if line not in self._landed:
            return self._fault_of_new(topic, fact)
        if fact.startswith("{"):
            return self._fault_of_data(topic, orjson.loads(fact))
        if topic in self._topics:
            return None if line in self.now else "it was changed or removed"
        path, separator, value = fact.partition(" may be ")
        if not separator:
            return None
        data = _replaced(self._forms(topic)[0], path.replace("[]", ".0").split("."), value)
        return self._fault_of_data(topic, data)

    def _fault_of_new(self, topic: str, fact: str) -> str | None:
        forms = self._forms(topic)
        if not forms or not fact.startswith("{"):
            return None
        new = orjson.loads(fact)
        if any(_grows(form, new) for form in forms):
            return None
        return "it is no earlier form of its topic with optional fields more"

    def _fault_of_data(self, topic: str, data: Data) -> str | None:
        try:
            now = self._recorded_now(topic, data)
        except (msgspec.ValidationError, LookupError, TypeError) as error:
            return f"it cannot be decoded: {error!r}"
        if now is None:
            return "no event has its topic or an upcast from it"
        if topic in self._topics and not _grows(data, now):
            return f"it would be recorded as {canonical(now).decode()}"
        return None

    def _recorded_now(self, topic: str, data: Data) -> Data | None:
        """What would be recorded of the same event now; None for an unknown topic."""
        if topic == ACT:
            return cast("Data", _plain(msgspec.convert(data, Act)))
        row = LogRow(
            position=1,
            stream=UUID(int=1),
            version=1,
            topic=topic,
            state=canonical({"act": _plain(ACTS[0]), "data": data}),
            recorded_at=datetime(2018, 4, 4, tzinfo=UTC),
        )
        event = self._codec.recorded(row).event
        if not isinstance(event, DomainEvent):
            return None
        return cast("Data", orjson.loads(self._codec.new_event(event).state)["data"])

    def _forms(self, topic: str) -> list[Data]:
        """The landed forms of a topic."""
        return [
            orjson.loads(fact)
            for name, fact in (line.split(" ", 1) for line in self._landed)
            if name == topic and fact.startswith("{")
        ]


def _plain(act: Act) -> Any:
    return plain(act, ACT, lambda _, text: str(text.value))


def _grows(before: object, after: object) -> bool:
    """Whether all of ``before`` stands in ``after``; objects may have further keys."""
    if isinstance(before, dict) and isinstance(after, dict):
        then, now = cast("dict[str, object]", before), cast("dict[str, object]", after)
        return all(key in now and _grows(value, now[key]) for key, value in then.items())
    if isinstance(before, list) and isinstance(after, list):
        old, new = cast("list[object]", before), cast("list[object]", after)
        return len(old) == len(new) and all(map(_grows, old, new))
    # True is 1 in Python, and not in JSON.
    return orjson.dumps(before) == orjson.dumps(after)


def _replaced(data: object, path: Sequence[str], value: str) -> Any:
    """The data with another value at a path; ``0`` in a path stands for every item of a list."""
    if not path:
        return value
    if isinstance(data, list):
        items = cast("list[object]", data)
        return [_replaced(item, path[1:], value) for item in items]
    fields = cast("dict[str, object]", data)
    return {**fields, path[0]: _replaced(fields[path[0]], path[1:], value)}
