"""Asking whether a service is stopped, so cheaply that every act may ask (服務開關之查詢).

Each process keeps what it read for a second; one thread at a time reads again, and the others
go on with what is known. A database that is away changes nothing: what was known holds.
"""

import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic

from django.conf import settings
from django.db import DatabaseError, InterfaceError

from minben.kernel.refusal import Refusal
from minben.operations import queries
from minben.operations.queries import Stop
from minben.operations.rules import REFUSALS, Service

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Known:
    stops: Mapping[Service, Stop]
    until: float  # on the monotonic clock


_NOTHING = _Known({}, 0.0)
_known = _NOTHING
_reading = threading.Lock()


def stops() -> Mapping[Service, Stop]:
    """Everything that is stopped, as it was at most ``SWITCH_SECONDS`` ago.

    One query a second and process; none otherwise.
    """
    known = _known
    if monotonic() < known.until:
        return known.stops
    # Who comes first of all must wait for an answer; later ones have one already.
    if not _reading.acquire(blocking=known is _NOTHING):
        return known.stops
    try:
        return _read(known)
    finally:
        _reading.release()


def _read(before: _Known) -> Mapping[Service, Stop]:
    global _known
    if _known is not before:  # somebody else read while we waited
        return _known.stops
    try:
        now = queries.stops()
    except (DatabaseError, InterfaceError) as error:
        log.warning("switches unknown, the last known hold: %s", type(error).__name__)
        now = dict(before.stops)
    _known = _Known(now, monotonic() + settings.SWITCH_SECONDS)
    return now


def know(found: Mapping[Service, Stop], *, seconds: float) -> None:
    """Hold `found` for that long without asking; tests use it, and whoever just changed one."""
    global _known
    _known = _Known(found, monotonic() + seconds)


def forget() -> None:
    """Ask again at the next question."""
    know(_known.stops, seconds=0)


def stop_of(service: Service) -> Stop | None:
    """Why a service is stopped, if it is; the read-only platform stops everything but mail."""
    found = stops()
    if not found:
        return None
    if service is not Service.MAIL and Service.EVERYTHING in found:
        return found[Service.EVERYTHING]
    return found.get(service)


def refuse_if_stopped(service: Service) -> None:
    """Refuse an act of a service that is stopped.

    Raises:
        Refusal: ``signing_stopped``, ``creating_stopped`` or ``read_only``.
    """
    if stop := stop_of(service):
        raise Refusal(REFUSALS[stop.service])
