"""The frontier leads to the root that RFC 6962 defines."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intersessional.infra.event_store.format.merkle import (
    EMPTY_ROOT,
    Frontier,
    leaf_hash,
    node_hash,
)

# The test vectors of Certificate Transparency: eight entries, and the root after each.
ENTRIES = [
    bytes.fromhex(entry)
    for entry in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def tree_hash(entries: list[bytes]) -> bytes:
    """MTH of RFC 6962, section 2.1, as it is written there."""
    n = len(entries)
    if n == 0:
        return sha256(b"").digest()
    if n == 1:
        return sha256(b"\x00" + entries[0]).digest()
    k = 1
    while 2 * k < n:
        k *= 2
    return sha256(b"\x01" + tree_hash(entries[:k]) + tree_hash(entries[k:])).digest()


def frontier_of(entries: list[bytes]) -> Frontier:
    frontier = Frontier()
    for entry in entries:
        frontier.append(leaf_hash(entry))
    return frontier


@pytest.mark.parametrize("size", range(1, 9))
def test_merkle_roots_match_the_published_ones(size: int) -> None:
    assert frontier_of(ENTRIES[:size]).root().hex() == ROOTS[size - 1]


@given(st.lists(st.binary(max_size=8), max_size=70))
def test_merkle_root_of_any_entries_matches_its_definition(entries: list[bytes]) -> None:
    assert frontier_of(entries).root() == tree_hash(entries)


@given(st.lists(st.binary(max_size=8), max_size=70), st.integers(0, 70))
def test_frontier_suffices_to_append_further_leaves(entries: list[bytes], cut: int) -> None:
    before, after = entries[:cut], entries[cut:]

    resumed = Frontier(len(before), frontier_of(before).hashes)
    for entry in after:
        resumed.append(leaf_hash(entry))

    assert resumed.hashes == frontier_of(entries).hashes
    assert len(resumed.hashes) == len(entries).bit_count()


def test_merkle_root_of_no_entries_exists() -> None:
    assert Frontier().root() == EMPTY_ROOT == tree_hash([])


@pytest.mark.parametrize(("size", "hashes"), [(0, 1), (1, 0), (4, 2), (7, 2)])
def test_frontier_of_another_size_is_refused(size: int, hashes: int) -> None:
    with pytest.raises(ValueError, match=f"no frontier of a tree of {size} leaves"):
        Frontier(size, [bytes(32)] * hashes)


def test_leaf_hash_differs_from_node_hash() -> None:
    left, right = leaf_hash(b"left"), leaf_hash(b"right")

    assert leaf_hash(left + right) != node_hash(left, right)
