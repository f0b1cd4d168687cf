"""The form of command ids within their senders' own is final: it is stored."""

from uuid import UUID

from hypothesis import given
from hypothesis.strategies import uuids

from intersessional.domain.command_handling.command_id import (
    id_within_sender,
    may_be_within_a_sender,
)


def test_id_within_a_sender_is_the_same_for_ever() -> None:
    own = id_within_sender(UUID(int=1), UUID(int=2))

    assert own == UUID("692865c9-a376-823c-b880-232869a63e25")


@given(uuids(), uuids(), uuids())
def test_id_is_of_version_8_and_another_for_each_sender(
    sender: UUID, other: UUID, sent: UUID
) -> None:
    own = id_within_sender(sender, sent)

    assert own.version == 8
    assert may_be_within_a_sender(own, sent)
    assert (own == id_within_sender(other, sent)) == (sender == other)
    assert not may_be_within_a_sender(own, other) or sent == other
