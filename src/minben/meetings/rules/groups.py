"""Seating a meeting in groups of five to eight (分組與桌長). Pure.

Basis: practice of the participation officers (2017-05-08): 分組討論, 每組五至八人, a host at each table.

`n` people can be seated in groups of five to eight exactly if some `k` has 5k ≤ n ≤ 8k. So 1 to 4
and 9 can't be; 5 to 8, and everything from 10 on can: two tables hold 10 to 16, three 15 to 24,
and from there each range reaches into the next.
"""

from collections.abc import Hashable, Mapping, Sequence
from hashlib import sha256
from typing import Final, TypeVar

from minben.meetings.rules import CAPACITY_MAX

LEAST, MOST = 5, 8  # people at a table
TABLES_MAX: Final = CAPACITY_MAX // LEAST
IMPOSSIBLE: Final = frozenset({1, 2, 3, 4, 9})
K = TypeVar("K", bound=Hashable)


def sizes(n: int) -> tuple[int, ...]:
    """Return how many sit at each table, differing by one at most, the larger first.

    As many tables as give six each or nearly so. Where groups of five to eight are impossible,
    all sit together at one table up to eight, and nine sit as five and four.
    """
    if n <= 0:
        return ()
    if n <= MOST:
        return (n,)
    if n in IMPOSSIBLE:
        return (5, 4)
    fewest, most = -(-n // MOST), n // LEAST
    tables = min(most, max(fewest, round(n / 6)))
    each, more = divmod(n, tables)
    return (each + 1,) * more + (each,) * (tables - more)


def seated(people: Mapping[K, Sequence[int]], seed: str) -> dict[int, int]:
    """Return the table, from 1, of every person; the same for the same people and seed.

    Each kind is dealt round the tables where the kind before it stopped. So tables fill as
    `sizes` says, and the numbers of a kind at two tables differ by one at most.

    Args:
        people: ids of people by kind; the kinds in a fixed order.
        seed: such as the number of the meeting.
    """
    number = len(sizes(sum(len(ids) for ids in people.values())))
    dealt = [
        pk
        for ids in people.values()
        for pk in sorted(ids, key=lambda one: (_drawn(seed, one), one))
    ]
    return {pk: turn % number + 1 for turn, pk in enumerate(dealt)}


def _drawn(seed: str, pk: int) -> str:
    """A lot that anybody can draw again."""
    return sha256(f"{seed}:{pk}".encode()).hexdigest()
