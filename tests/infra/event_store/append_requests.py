"""Events and append requests with arbitrary content."""

from collections.abc import Mapping
from uuid import UUID, uuid4

from intersessional.infra.event_store.append.append_request import AppendRequest, EncodedCommand
from intersessional.infra.event_store.format.canonical_json import canonical
from intersessional.infra.event_store.format.new_event import NewEvent
from intersessional.infra.event_store.format.opening import Opening

TOPIC = "note.made.v1"


def an_event(
    stream: UUID,
    version: int = 1,
    text: str = "",
    *,
    topic: str = TOPIC,
    openings: tuple[Opening, ...] = (),
) -> NewEvent:
    """A version of a stream."""
    state = canonical({"data": {"text": text}})
    return NewEvent(stream=stream, version=version, topic=topic, state=state, openings=openings)


def events_of(stream: UUID, first: int, last: int) -> list[NewEvent]:
    """The versions of a stream, from the first to the last."""
    return [an_event(stream, version) for version in range(first, last + 1)]


def a_command(
    *events: NewEvent, command_id: UUID | None = None, body: bytes = b"{}"
) -> EncodedCommand:
    """An encoded command, the same bytes for the same id."""
    return EncodedCommand(
        command_id=command_id or uuid4(), body=body, subject=events[0].stream, events=events
    )


def an_append(
    *events: NewEvent,
    expects: Mapping[UUID, int] | None = None,
    command_id: UUID | None = None,
    body: bytes = b"{}",
) -> AppendRequest:
    """One command, whose events are the next of their streams unless ``expects`` has others."""
    versions = {event.stream: event.version - 1 for event in reversed(events)}
    return AppendRequest(
        commands=(a_command(*events, command_id=command_id, body=body),),
        expects={**versions, **(expects or {})},
    )


def a_new_stream(text: str = "") -> AppendRequest:
    """A command that begins a stream."""
    return an_append(an_event(uuid4(), text=text))
