"""Many threads work at few places, each with connections that stay there."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections, transaction

from minben.base.lending import Places
from minben.people.models import Jurisdiction

pytestmark = pytest.mark.django_db(transaction=True)


def in_threads(how_many: int, work: Callable[[], Any]) -> None:
    failed: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as error:
            failed.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(how_many)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert not failed


def empty(places: Places, how_many: int) -> list[dict[str, Any]]:
    """What stands at the places, which are closed; all of them are free."""
    found = [places._free.get_nowait() for _ in range(how_many)]
    assert places._free.empty()
    for place in found:
        for one in place.values():
            one.inc_thread_sharing()
            one.close()
    return found


def test_no_more_work_at_once_than_there_are_places() -> None:
    places, together = Places(3), threading.Barrier(3, timeout=20)
    at_once, most, lock = 0, 0, threading.Lock()
    seen: set[int] = set()

    def work() -> None:
        nonlocal at_once, most
        with places.taken():
            with lock:
                at_once += 1
                most = max(most, at_once)
            together.wait()  # three at once do come
            Jurisdiction.objects.count()
            seen.add(id(connection.connection))
            together.wait()
            with lock:
                at_once -= 1
        assert not connections.all(initialized_only=True), "nothing stays with the thread"

    in_threads(12, work)
    assert most == 3
    assert len(seen) == 3, "the connections stay at the places"
    assert [set(place) for place in empty(places, 3)] == [{"default"}] * 3


def test_a_quiet_process_uses_one_connection() -> None:
    places = Places(4)

    def work() -> None:
        with places.taken():
            Jurisdiction.objects.count()

    for _ in range(5):
        in_threads(1, work)
    assert sorted(len(place) for place in empty(places, 4)) == [0, 0, 0, 1]


def test_who_has_a_place_keeps_it_and_one_is_enough() -> None:
    places = Places(1)

    def work() -> None:
        with places.taken(), places.taken():
            Jurisdiction.objects.count()

    in_threads(3, work)
    empty(places, 1)


def test_a_thread_with_its_own_connection_goes_on_with_it() -> None:
    places = Places(1)

    def work() -> None:
        Jurisdiction.objects.count()
        own = connection.connection
        with places.taken():
            assert connection.connection is own
        assert connection.connection is own

    in_threads(1, work)
    assert empty(places, 1) == [{}]


def test_what_broke_or_was_left_open_reaches_nobody_else() -> None:
    places = Places(1)

    def divides() -> None:
        with places.taken():
            Jurisdiction.objects.count()
            raise ZeroDivisionError

    def fails() -> None:
        with pytest.raises(ZeroDivisionError):
            divides()

    def leaves_open() -> None:
        with places.taken():
            transaction.atomic().__enter__()
            Jurisdiction.objects.create(code="left-open", name_zh="a", name_en="a")

    def works() -> None:
        with places.taken():
            assert not connection.in_atomic_block
            assert not Jurisdiction.objects.filter(code="left-open").exists()

    def breaks() -> None:
        with places.taken():
            Jurisdiction.objects.count()
            connection.connection.close()
            connection.errors_occurred = True

    acts = [fails, works, leaves_open, works]
    if connection.vendor == "postgresql":  # a file does not go away
        acts += [breaks, works]
    for one in acts:
        in_threads(1, one)
    empty(places, 1)
