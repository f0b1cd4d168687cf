"""An append request that cannot be recorded is refused when it is made."""

from uuid import UUID, uuid4

import pytest

from intersessional.infra.event_store.append.append_request import AppendRequest
from intersessional.infra.event_store.format.canonical_json import INTEGER_MAX
from intersessional.infra.event_store.format.opening import Opening
from tests.infra.event_store.append_requests import a_command, an_append, an_event

STREAM = UUID(int=1)


def test_append_request_without_events_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one event"):
        AppendRequest(commands=(), expects={})


def test_command_id_twice_in_an_append_request_is_refused() -> None:
    twice = a_command(an_event(STREAM))

    with pytest.raises(ValueError, match="twice"):
        AppendRequest(commands=(twice, twice), expects={STREAM: 0})


@pytest.mark.parametrize("versions", [(2,), (1, 1), (1, 3), (0,)])
def test_event_that_is_not_the_next_of_its_stream_is_refused(versions: tuple[int, ...]) -> None:
    events = [an_event(STREAM, version) for version in versions]

    with pytest.raises(ValueError, match="not the next"):
        an_append(*events, expects={STREAM: 0})


def test_event_of_a_stream_without_an_expected_version_is_refused() -> None:
    with pytest.raises(ValueError, match="not the next"):
        AppendRequest(commands=(a_command(an_event(STREAM)),), expects={})


@pytest.mark.parametrize("version", [-1, INTEGER_MAX + 1])
def test_version_outside_its_bounds_is_refused(version: int) -> None:
    with pytest.raises(ValueError, match="not a version"):
        an_event(STREAM, version)


def test_expected_version_outside_its_bounds_is_refused() -> None:
    with pytest.raises(ValueError, match="a version that cannot be"):
        an_append(an_event(STREAM), expects={uuid4(): 2**63})


@pytest.mark.parametrize("topic", ["", "über.alles.v1", "note\n.made.v1", "note\x00"])
def test_topic_is_printable_ascii(topic: str) -> None:
    with pytest.raises(ValueError, match="not a topic"):
        an_event(STREAM, topic=topic)


@pytest.mark.parametrize(("commitment", "salt"), [(31, 32), (32, 33)])
def test_commitment_and_salt_of_another_length_are_refused(commitment: int, salt: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Opening(commitment=bytes(commitment), salt=bytes(salt), value=b'""')


def test_opening_does_not_print_its_text() -> None:
    shown = repr(Opening(commitment=bytes(32), salt=b"s" * 32, value=b'"secret"'))

    assert "secret" not in shown
    assert "sss" not in shown
