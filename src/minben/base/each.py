"""Due work row by row: one broken row is told in the log and cannot stop the others."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from django.db import InterfaceError, OperationalError

log = logging.getLogger(__name__)
T = TypeVar("T")


def each(rows: Iterable[T], act: Callable[[T], int]) -> int:
    """Do `act`, a transaction of its own, for every row; returns the sum of what it returns.

    A database that is away stops the work, because no other row could fare better.
    """
    done = 0
    for row in rows:
        try:
            done += act(row)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            log.exception("due work failed for %s", row)
    return done
