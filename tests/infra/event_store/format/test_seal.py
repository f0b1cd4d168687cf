"""A commitment binds a text to its place and reveals nothing of it."""

import hmac
import struct
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from intersessional.infra.event_store.format.seal import commitment, seal
from tests.infra.event_store.format.json_strategies import texts

places = st.tuples(
    st.binary(min_size=32, max_size=32),
    st.uuids(),
    st.integers(0, 3),
    st.sampled_from(["data/body", "data/blocks/0/text", "data/blocks/1/text", "act/actor/person"]),
    st.binary(max_size=3),
)
Place = tuple[bytes, UUID, int, str, bytes]


@given(places, places)
def test_commitment_binds_salt_stream_version_path_and_value(one: Place, other: Place) -> None:
    assert (commitment(*one) == commitment(*other)) == (one == other)
    for index in range(len(one)):
        changed = (*one[:index], other[index], *one[index + 1 :])
        assert (commitment(*changed) == commitment(*one)) == (changed == one)  # type: ignore[arg-type]


def test_commitment_form_is_final() -> None:
    stream = UUID("6f2b9a0e-5d5c-5c1e-9a6e-1f0c7c5b2018")

    committed = commitment(b"s" * 32, stream, 7, "data/body", b'"text"')

    message = b"intersessional-sealed-v1\0" + stream.bytes + struct.pack(">Q", 7) + b"data/body\0"
    message += struct.pack(">Q", 6) + b'"text"'
    assert committed == hmac.new(b"s" * 32, message, "sha256").digest()
    assert committed.hex() == "48162204e0a2ff0132385d234459f933b8ae71408ebbe757f0e39e3d40cf8ae4"


@given(texts)
def test_opening_matches_its_commitment_at_no_other_place(text: str) -> None:
    stream = UUID(int=1)

    opening = seal(stream, 2, "data/body", text)

    assert opening.commitment == commitment(opening.salt, stream, 2, "data/body", opening.value)
    assert opening.commitment != commitment(opening.salt, stream, 3, "data/body", opening.value)


def test_seals_have_different_salts() -> None:
    openings = [seal(UUID(int=1), 1, "data/body", "I agree.") for _ in range(100)]

    assert len({opening.salt for opening in openings}) == 100
    assert len({opening.commitment for opening in openings}) == 100
