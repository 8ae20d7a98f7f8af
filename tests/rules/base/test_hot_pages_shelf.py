"""The shelf of hot pages: few, small, one maker at a time, and forgetting that holds."""

import threading
from typing import Any

import pytest

from minben.base.hot_pages import Key, Page, Shelf, _has


def key(n: int) -> Key:
    return Key("https", "minben.example", f"/{n}/", "", " ", 0)


def page(size: int = 10, **more: Any) -> Page:
    return Page(b"x" * size, {"ETag": '"x"'}, False, made=0.0, fresh_until=1.0, **more)


def test_the_least_recently_read_goes_first() -> None:
    shelf = Shelf(pages=2)
    shelf.put(key(1), page(), 0)
    shelf.put(key(2), page(), 0)
    shelf.find(key(1))
    shelf.put(key(3), page(), 0)
    assert shelf.find(key(1)) is not None
    assert shelf.find(key(2)) is None
    assert len(shelf) == 2


def test_memory_is_bounded_by_bytes_and_counted_exactly() -> None:
    shelf = Shelf(size=10_000)
    for n in range(50):
        shelf.put(key(n), page(3000), 0)
        assert shelf.bytes <= 10_000
    assert len(shelf) == 2
    shelf.put(key(49), page(10), 0)  # the same again in another size
    shelf.drop(key(48))
    assert shelf.bytes == page(10).size
    shelf.put(key(60), page(20_000), 0)  # larger than everything allowed
    assert shelf.bytes == len(shelf) == 0


def test_what_is_forgotten_does_not_come_back_from_who_began_before() -> None:
    shelf = Shelf()
    era = shelf.era
    shelf.put(key(1), page(), era)
    shelf.forget_all()
    assert shelf.find(key(1)) is None
    shelf.put(key(1), page(), era)
    assert shelf.find(key(1)) is None
    shelf.put(key(1), page(), shelf.era)
    assert shelf.find(key(1)) is not None


def test_one_makes_it_and_the_others_wait() -> None:
    shelf = Shelf()
    leaders: list[int] = []
    woken: list[bool] = []
    asked = threading.Semaphore(0)

    def come(n: int) -> None:
        making = shelf.lead(key(1))
        asked.release()
        if making is None:
            leaders.append(n)
        else:
            woken.append(making.wait(5))

    threads = [threading.Thread(target=come, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for _ in threads:
        asked.acquire()
    shelf.land(key(1))
    for thread in threads:
        thread.join(5)
    assert len(leaders) == 1
    assert woken == [True] * 7
    assert shelf.lead(key(1)) is None  # the next one makes it anew


@pytest.mark.parametrize(
    ("asked", "etag", "has"),
    [
        ('"a"', '"a"', True),
        ('W/"a"', '"a"', True),
        ('"a"', 'W/"a"', True),
        ('"b", W/"a"', '"a"', True),
        ("*", '"a"', True),
        ('"b"', '"a"', False),
        ("a", '"a"', False),
        ("", '"a"', False),
    ],
)
def test_if_none_match_is_compared_weakly(asked: str, etag: str, has: bool) -> None:
    assert _has(asked, etag) is has
