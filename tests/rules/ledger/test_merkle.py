"""Roots and proofs against an independent implementation, and against figures of the literature."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from minben.ledger.merkle import (
    EMPTY_ROOT,
    Frontier,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    range_root,
    root_of,
    verify_consistency,
    verify_inclusion,
)

MOST = 1000
SMALL = 64
# The eight entries and roots with which certificate transparency has always been tested.
KNOWN = {
    "": "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "00": "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "10": "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "2021": "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "3031": "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "40414243": "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "5051525354555657": "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "606162636465666768696a6b6c6d6e6f": (
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    ),
}


def entry(index: int) -> bytes:
    return f"entry {index}".encode()


@cache
def subtree(level: int, index: int) -> bytes:
    """Hash of a full subtree of the tree of `entry`, by definition and nothing else."""
    if level == 0:
        return leaf_hash(entry(index))
    return root_of(leaf_hash(entry(i)) for i in range(index << level, (index + 1) << level))


@cache
def root(size: int) -> bytes:
    return range_root(0, size, subtree) if size else EMPTY_ROOT


@cache
def oracle() -> InmemoryTree:
    tree = InmemoryTree(algorithm="sha256")
    for index in range(MOST):
        tree.append_entry(entry(index))
    return tree


def test_roots_known_from_the_literature() -> None:
    frontier = Frontier()
    assert frontier.root().hex() == (
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )
    for raw, expected in KNOWN.items():
        frontier.append(leaf_hash(bytes.fromhex(raw)))
        assert frontier.root().hex() == expected


def test_roots_equal_an_independent_implementation_for_all_sizes_to_a_thousand() -> None:
    frontier = Frontier()
    for size in range(MOST + 1):
        expected = oracle().get_root(size)
        assert frontier.root() == expected, size
        assert root(size) == expected, size
        if size < MOST:
            frontier.append(leaf_hash(entry(size)))


def test_a_frontier_told_again_from_its_peaks_grows_on_the_same() -> None:
    frontier = Frontier()
    for size in range(130):
        frontier.append(leaf_hash(entry(size)))
        frontier = Frontier(frontier.size, frontier.peaks)
    assert frontier.root() == root(130)
    with pytest.raises(ValueError, match="peaks"):
        Frontier(3, [b"x" * 32])


def test_what_appending_completes_are_the_full_subtrees() -> None:
    frontier = Frontier()
    made = {}
    for index in range(300):
        for level, number, node in frontier.append(leaf_hash(entry(index))):
            made[level, number] = node
    wanted = {(level, number) for level in range(1, 9) for number in range(300 >> level)}
    assert set(made) == wanted
    assert all(made[place] == subtree(*place) for place in wanted)


def test_every_leaf_of_every_small_tree_is_proved() -> None:
    for size in range(1, SMALL + 1):
        for index in range(size):
            path = inclusion_proof(index, size, subtree)
            assert verify_inclusion(leaf_hash(entry(index)), index, size, path, root(size))
            assert path == list(oracle().prove_inclusion(index + 1, size).path[1:])


def test_every_growth_of_every_small_tree_is_proved() -> None:
    for new in range(SMALL + 1):
        for old in range(new + 1):
            path = consistency_proof(old, new, subtree)
            assert verify_consistency(old, new, root(old), root(new), path)


def _spoilt(path: list[bytes]) -> list[list[bytes]]:
    """The path with every element changed, left out, doubled or exchanged, one at a time."""
    found = []
    for i, one in enumerate(path):
        flipped = bytes([one[0] ^ 1]) + one[1:]
        found += [
            [*path[:i], flipped, *path[i + 1 :]],
            [*path[:i], *path[i + 1 :]],
            [*path[:i], one, *path[i:]],
        ]
        if i and path[i - 1] != one:
            found.append([*path[: i - 1], one, path[i - 1], *path[i + 1 :]])
    return [*found, [*path, b"\0" * 32], [b"\0" * 32, *path]]


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 7, 8, 11, 16, 33])
def test_a_spoilt_proof_of_inclusion_is_refused(size: int) -> None:
    for index in range(size):
        path, leaf = inclusion_proof(index, size, subtree), leaf_hash(entry(index))
        for wrong in _spoilt(path):
            assert not verify_inclusion(leaf, index, size, wrong, root(size))
        other = leaf_hash(b"another")
        assert not verify_inclusion(other, index, size, path, root(size))
        assert not verify_inclusion(leaf, index, size, path, root(size + 1))
        for elsewhere in {index - 1, index + 1, size, -1} - {index}:
            assert not verify_inclusion(leaf, elsewhere, size, path, root(size))


@pytest.mark.parametrize("new", [2, 3, 4, 5, 7, 8, 11, 16, 33])
def test_a_spoilt_proof_of_growth_is_refused(new: int) -> None:
    for old in range(1, new):
        path = consistency_proof(old, new, subtree)
        for wrong in _spoilt(path):
            assert not verify_consistency(old, new, root(old), root(new), wrong)
        assert not verify_consistency(old, new, root(old + 40), root(new), path)
        assert not verify_consistency(old, new, root(old), root(new + 40), path)
        assert not verify_consistency(new, old, root(new), root(old), path)
        assert not verify_consistency(old, new, root(old), root(new), [])


def test_trees_of_one_size_are_the_same_tree() -> None:
    assert verify_consistency(5, 5, root(5), root(5), [])
    assert not verify_consistency(5, 5, root(5), root(6), [])
    assert not verify_consistency(5, 5, root(5), root(5), [root(1)])
    assert verify_consistency(0, 5, EMPTY_ROOT, root(5), [])
    assert not verify_consistency(0, 5, root(1), root(5), [])
    assert not verify_consistency(0, 5, EMPTY_ROOT, root(5), [root(1)])
    assert not verify_consistency(-1, 5, EMPTY_ROOT, root(5), [])


@settings(deadline=None)
@given(st.data())
def test_proofs_of_larger_trees(data: st.DataObject) -> None:
    new = data.draw(st.integers(1, MOST))
    old = data.draw(st.integers(1, new))
    index = data.draw(st.integers(0, old - 1))
    leaf = leaf_hash(entry(index))
    assert verify_inclusion(leaf, index, new, inclusion_proof(index, new, subtree), root(new))
    growth = consistency_proof(old, new, subtree)
    assert verify_consistency(old, new, oracle().get_root(old), oracle().get_root(new), growth)
    if growth:
        at = data.draw(st.integers(0, len(growth) - 1))
        growth[at] = leaf_hash(growth[at])
        assert not verify_consistency(old, new, root(old), root(new), growth)


def test_what_there_is_no_proof_of() -> None:
    for index, size in ((0, 0), (-1, 3), (3, 3)):
        with pytest.raises(ValueError, match="no leaf"):
            inclusion_proof(index, size, subtree)
    with pytest.raises(ValueError, match="cannot extend"):
        consistency_proof(4, 3, subtree)
    with pytest.raises(ValueError, match="empty range"):
        range_root(3, 3, subtree)
