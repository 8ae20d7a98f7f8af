"""Many people, and many threads at once."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from threading import Barrier, BoundedSemaphore, Thread

from django.db import connection

from minben.kernel.actor import Actor
from minben.people.models import User
from minben.people.rules import ConfirmedBy, Residency
from tests.factories import DAY0, actor

# A server takes 100 connections; SQLite has no such limit, its writers queue for the file.
SLOTS = {"postgresql": 40, "sqlite": 200}


def crowd(count: int, at: datetime = DAY0) -> list[Actor]:
    """That many confirmed people, written in one go."""
    first = (User.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    people = User.objects.bulk_create(
        User(
            email=f"crowd{n}@example.org",
            canonical_email=f"crowd{n}@example.org",
            email_verified_at=at,
            confirmed_by=ConfirmedBy.MOBILE,
            confirmed_at=at,
            residency=Residency.NATIONAL,
            residency_declared_at=at,
            nickname=f"市民{n}",
            county="臺北市",
            township="中正區",
            joined_at=at,
        )
        for n in range(first, first + count)
    )
    return [actor(person) for person in people]


def at_once(acts: Sequence[Callable[[], object]]) -> list[object]:
    """Run each act in a thread of its own, all starting together; their results or exceptions."""
    gate = Barrier(len(acts))
    slots = BoundedSemaphore(SLOTS[connection.vendor])
    results: list[object] = [None] * len(acts)

    def run(place: int, act: Callable[[], object]) -> None:
        gate.wait()
        with slots:
            try:
                results[place] = act()
            except Exception as error:  # looked at by the test
                results[place] = error
            finally:
                connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def outcomes(results: Sequence[object]) -> Counter[str]:
    """How often each kind of result came: a refusal's code, an exception's name, or "done"."""
    return Counter(
        str(getattr(one, "code", type(one).__name__)) if isinstance(one, Exception) else "done"
        for one in results
    )
