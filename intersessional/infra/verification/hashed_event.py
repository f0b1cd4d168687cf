"""Stored events with the hashes of their leaves, and what follows from them."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import cast

import msgspec
import orjson

from intersessional.domain.command_handling.question import AnyQuestion, QuestionKey
from intersessional.domain.kernel.aggregate import DomainEvent
from intersessional.domain.kernel.fact_corrected import fact_of
from intersessional.infra.event_store.format.codec import Codec
from intersessional.infra.event_store.log_row import LogRow


@dataclass(frozen=True, slots=True, kw_only=True)
class HashedEvent:
    """A stored event with the stored hash of its leaf, and what follows from its state.

    The state itself and the event are not held: a page of them would be much garbage.
    """

    row: LogRow
    leaf_hash: bytes
    fault: str | None = None
    """Why it cannot be decoded."""
    command: str | None = None
    """The command that it names."""
    commitments: Mapping[bytes, Sequence[str]] | None = None
    """Its sealed texts, each with the paths at which it stands; None when it is not JSON."""
    closes: Collection[bytes] | None = None
    """The texts that nobody may read from then on; None for an event that is not decoded."""
    concerns: Collection[QuestionKey] = ()
    """The questions whose answers it may change."""

    @property
    def position(self) -> int:
        """Its position in the log."""
        return self.row.position

    @property
    def is_unknown(self) -> bool:
        """Whether this version has no class for it."""
        return self.closes is None and self.fault is None


class EventDecoder:
    """Decodes events, and computes from each what must be stored beside it."""

    def __init__(self, codec: Codec, questions: Sequence[AnyQuestion]) -> None:
        self._codec = codec
        self._questions = questions

    def decoded(self, row: LogRow, leaf_hash: bytes) -> HashedEvent:
        """The event with what follows from it; with its fault when it cannot be decoded."""
        commitments: dict[bytes, list[str]] | None = None
        fault, command, closes = None, None, None
        concerns: Collection[QuestionKey] = ()
        try:
            state: object = orjson.loads(row.state)
            commitments, command = _commitments(state), _command(state)
            event = self._codec.recorded(row).event
            if isinstance(event, DomainEvent):
                closes = {bytes.fromhex(one.sealed) for one in event.closed_texts() if one.sealed}
                concerns = self._concerns(event)
        except msgspec.ValidationError as error:
            fault = str(error)
        except Exception as error:  # noqa: BLE001  Upcasts are plugins' code; it is reported.
            fault = f"{type(error).__name__}: {error}"
        return HashedEvent(
            row=row,
            leaf_hash=leaf_hash,
            fault=fault,
            command=command,
            commitments=commitments,
            closes=closes,
            concerns=concerns,
        )

    def _concerns(self, event: DomainEvent) -> Collection[QuestionKey]:
        return {(one.id, key) for one in self._questions for key in one.keys(fact_of(event))}


def _command(state: object) -> str | None:
    """The command that an event names in its act."""
    match state:
        case {"act": {"command": str(command)}}:
            return command
        case _:
            return None


def _commitments(state: object) -> dict[bytes, list[str]]:
    """The commitments in a state, each with the paths under which the codec seals their text."""
    found: dict[bytes, list[str]] = {}
    if isinstance(state, dict):
        for name, value in cast("Mapping[str, object]", state).items():
            _add_sealed(found, value, name)
    return found


def _add_sealed(found: dict[bytes, list[str]], value: object, path: str) -> None:
    """Add the sealed texts in a JSON value."""
    # Most values are no containers, and get no path.
    if isinstance(value, dict):
        fields = cast("Mapping[str, object]", value)
        digest = fields.get("sealed")
        if isinstance(digest, str):
            with suppress(ValueError):
                found.setdefault(bytes.fromhex(digest), []).append(path)
        for name, item in fields.items():
            if isinstance(item, dict | list):
                _add_sealed(found, cast("object", item), f"{path}/{name}")
    elif isinstance(value, list):
        for n, item in enumerate(cast("Sequence[object]", value)):
            _add_sealed(found, item, f"{path}/{n}")
