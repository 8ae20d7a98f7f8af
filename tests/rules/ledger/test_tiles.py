"""Addresses of tiles and bundles of entries (C2SP tlog-tiles)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minben.ledger.tiles import ENTRIES, Tile, pack, tiles_of, unpack


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 1234067), "tile/0/x001/x234/067"),
        (Tile(0, 0), "tile/0/000"),
        (Tile(1, 0, 1), "tile/1/000.p/1"),
        (Tile(ENTRIES, 999, 255), "tile/entries/999.p/255"),
        (Tile(ENTRIES, 1000), "tile/entries/x001/000"),
        (Tile(63, 5), "tile/63/005"),
    ],
)
def test_addresses(tile: Tile, path: str) -> None:
    assert tile.path == path
    assert Tile.parse(path) == tile


@pytest.mark.parametrize(
    "path",
    [
        "",
        "tile/0/0",
        "tile/0/x000/000",
        "tile/64/000",
        "tile/00/000",
        "tile/entry/000",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/300",
        "tile/0/000.p/999",
        "tile/0/000.p/01",
        "tile/0/../000",
        "tile/0/000\n",
        "tile/0/٠٠٠",
        "/tile/0/000",
    ],
)
def test_what_is_no_address(path: str) -> None:
    with pytest.raises(ValueError, match="no tile"):
        Tile.parse(path)


def test_the_tiles_of_the_specification_s_example() -> None:
    found = list(tiles_of(70_000))
    by_level = {level: [tile for tile in found if tile.level == level] for level in range(-1, 4)}
    assert [len(by_level[level]) for level in range(-1, 4)] == [274, 274, 2, 1, 0]
    assert by_level[0][-1] == Tile(0, 273, 112)
    assert by_level[1] == [Tile(1, 0), Tile(1, 1, 17)]
    assert by_level[2] == [Tile(2, 0, 1)]
    assert list(tiles_of(256))[-1] == Tile(1, 0, 1)


@given(st.integers(0, 3000), st.integers(0, 3000))
def test_growing_adds_what_was_not_there(old: int, more: int) -> None:
    before, after = set(tiles_of(old)), set(tiles_of(old + more))
    assert after - before <= set(tiles_of(old + more, since=old)) <= after


@given(st.lists(st.binary(max_size=300), max_size=40))
def test_a_bundle_is_read_back(entries: list[bytes]) -> None:
    assert unpack(pack(entries)) == entries


def test_a_cut_bundle_and_a_giant_entry_are_refused() -> None:
    whole = pack([b"abc", b"", b"de"])
    for cut in set(range(len(whole))) - {0, 5, 7}:
        with pytest.raises(ValueError, match="cut"):
            unpack(whole[:cut])
    with pytest.raises(ValueError, match="too long"):
        pack([b"x" * 65_536])
    assert unpack(pack([b"x" * 65_535])) == [b"x" * 65_535]
