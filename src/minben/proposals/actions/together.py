"""Endorsing together (同時附議): many requests of one moment in one transaction.

On a machine where everybody asks the database for themselves, waking it and being woken costs
more than what it does. Here the requests of a process stand at one desk: whatever waits while
the last batch is written goes into the next, so nobody waits for company, and each is told only
after the transaction that holds their endorsement is durable.

The desk decides nothing that is not plain. Whatever needs a word (a refusal, a session that is
in doubt, a database that is away) goes the ordinary way, one by one.
"""

import logging
import threading
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from queue import Empty, SimpleQueue
from threading import Lock
from typing import TYPE_CHECKING

from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, InterfaceError, close_old_connections, connection

from minben.base.metrics import count_accepted
from minben.kernel.refusal import Refusal
from minben.operations.rules import Service
from minben.operations.switches import refuse_if_stopped
from minben.people import signed_in
from minben.proposals.actions.inserting import Written, insert_many, prepare
from minben.proposals.queries.networks import mark_of
from minben.proposals.queries.places import Place, find_proposal, place_of

if TYPE_CHECKING:
    from _thread import LockType

log = logging.getLogger(__name__)
MOST = 200  # in one transaction
PATIENCE = 20.0  # seconds, longer than the database is given


def _closed() -> "LockType":
    """A lock that somebody else will open: the cheapest thing to wait for."""
    lock = Lock()
    lock.acquire()
    return lock


@dataclass(slots=True, eq=False)
class _Turn:
    """One request at the desk. `written` is true once its endorsement is durable."""

    number: str
    session_key: str
    address: str
    at: datetime
    done: "LockType" = field(default_factory=_closed)
    written: bool = False


class _Desk:
    """One per process; its clerk is a thread with a connection of its own."""

    def __init__(self) -> None:
        self._waiting: SimpleQueue[_Turn | None] = SimpleQueue()  # None: go home
        self._opening = threading.Lock()
        self._clerk: threading.Thread | None = None

    def ask(self, turn: _Turn) -> bool:
        """Stand in line; true once the endorsement is durable, false for the ordinary way."""
        self._open()
        self._waiting.put(turn)
        return turn.done.acquire(timeout=PATIENCE) and turn.written

    def _open(self) -> None:
        if self._clerk is not None and self._clerk.is_alive():
            return
        with self._opening:
            if self._clerk is None or not self._clerk.is_alive():
                self._clerk = threading.Thread(target=self._work, name="endorsing", daemon=True)
                self._clerk.start()

    def _work(self) -> None:
        while True:
            called = self._call()
            turns = [turn for turn in called if turn is not None]
            try:
                close_old_connections()
                _write(turns)
            except (DatabaseError, InterfaceError) as error:
                log.warning("endorsing together: %s", type(error).__name__)
                connection.close()
            except Refusal:
                pass  # each is told by the ordinary way
            except Exception:
                log.exception("endorsing together")
            finally:
                for turn in turns:
                    turn.done.release()
            if len(turns) < len(called):
                connection.close()
                return

    def _call(self) -> list[_Turn | None]:
        """Whoever waits, once there is somebody."""
        called = [self._waiting.get()]
        with suppress(Empty):
            while len(called) < MOST:
                called.append(self._waiting.get_nowait())
        return called

    def close(self) -> None:
        """Send the clerk home, for tests whose database goes away."""
        if self._clerk is not None and self._clerk.is_alive():
            self._waiting.put(None)
            self._clerk.join()


_desk = _Desk()


def close_desk() -> None:
    """End the thread and its connection; the next request opens the desk again."""
    _desk.close()


def endorse_together(*, number: str, session_key: str, address: str, at: datetime) -> bool:
    """Endorse for whoever holds that session, without a reason; false when it has to be asked.

    False says nothing: the caller goes the ordinary way, which endorses or tells why not.
    """
    return _desk.ask(_Turn(number, session_key, address, at))


def _write(turns: Sequence[_Turn]) -> None:
    refuse_if_stopped(Service.SIGNING)
    accounts = signed_in.accounts_of({turn.session_key for turn in turns})
    by_proposal: dict[int, dict[int, tuple[_Turn, Written]]] = defaultdict(dict)
    for turn in turns:
        account = accounts.get(turn.session_key)
        place = _place(turn.number)
        if account is None or place is None or not account.is_verified:
            continue
        mark = mark_of(place.proposal_id, turn.address)
        row = prepare(place, account, turn.at, "", mark)
        # A second turn of the same person is no new endorsement; it is told so one by one.
        by_proposal[place.proposal_id].setdefault(account.pk, (turn, row))
    for proposal_id, each in by_proposal.items():
        rows = [row for _, row in each.values()]
        written = insert_many(place_of(proposal_id), rows)
        count_accepted(len(written))
        for person_id in written:
            each[person_id][0].written = True


def _place(number: str) -> Place | None:
    """Where an endorsement goes; nothing for a number that no proposal has."""
    with suppress(ObjectDoesNotExist):
        return place_of(find_proposal(number))
    return None
