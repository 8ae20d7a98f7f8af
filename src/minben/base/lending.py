"""A few places to work at (工作席), each with database connections that stay there.

The framework keeps a connection for every thread. Where many threads stand ready to wait, most of
them would hold one for nothing. So whoever makes a page takes a place, works with what is there,
and leaves it for the next; there are no more connections than places. A thread that has a
connection of its own, as a command or a test has, goes on with that one.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from queue import LifoQueue
from typing import Any

from django.conf import settings
from django.db import connections

Place = dict[str, Any]  # Any: a connection of the framework, by its alias


class Places:
    """So many places; whoever comes later waits, where waiting costs nothing."""

    def __init__(self, how_many: int) -> None:
        # The one left last is taken first: a quiet process uses few connections.
        self._free: LifoQueue[Place] = LifoQueue()
        for _ in range(how_many):
            self._free.put({})
        self._mine = threading.local()

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Have a place until the end of the block. Who has one already keeps that."""
        if getattr(self._mine, "has", False):
            yield
            return
        place = self._free.get()
        self._mine.has = True
        try:
            own = _aliases()
            _sit_down(place, own)
            try:
                yield
            finally:
                _get_up(place, own)
        finally:
            self._mine.has = False
            self._free.put(place)


@cache
def places() -> Places:
    """The places of this process."""
    return Places(settings.PAGES_AT_ONCE)


def _aliases() -> set[str]:
    return {one.alias for one in connections.all(initialized_only=True)}


def _sit_down(place: Place, own: set[str]) -> None:
    for alias, connection in place.items():
        if alias not in own:
            connection.close_if_unusable_or_obsolete()  # as at the beginning of every request
            connections[alias] = connection


def _get_up(place: Place, own: set[str]) -> None:
    for connection in connections.all(initialized_only=True):
        if connection.alias in own:
            continue
        if connection.in_atomic_block:  # nobody may come into what somebody left open
            connection.close()
            place.pop(connection.alias, None)
        elif connection.alias not in place:
            connection.inc_thread_sharing()
            place[connection.alias] = connection
        del connections[connection.alias]
