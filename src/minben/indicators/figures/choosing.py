"""Which of many units a picture shows (取樣顯示): the ends, the marked and what surrounds them.

A picture of 193 rows is no picture. What is left out is counted in its place, and the table has all.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby

MOST = 40


def chosen(count: int, marked: Iterable[int], most: int = MOST) -> tuple[int, ...]:
    """Places of a list of `count` that are shown, in order.

    Everything if it is no more than `most`. Else the marked, then both ends, then those next
    to a marked one, each while there is room.
    """
    if count <= most:
        return tuple(range(count))
    wanted = sorted(set(marked))
    found = set(wanted[:most])
    ends = max((most - len(found)) // 3, 1)
    order = [at for n in range(ends) for at in (n, count - 1 - n)]
    order += [at + by for n in range(1, most) for at in wanted for by in (-n, n)]
    order += [at for n in range(ends, count) for at in (n, count - 1 - n)]
    for at in order:
        if len(found) >= most:
            break
        if 0 <= at < count:
            found.add(at)
    return tuple(sorted(found))


def with_gaps(count: int, shown: Sequence[int]) -> list[int | tuple[int, int]]:
    """The places shown, and between them ``(first, how many)`` of those left out."""
    keep = set(shown)
    out: list[int | tuple[int, int]] = []
    for kept, places in groupby(range(count), key=keep.__contains__):
        run = list(places)
        if kept:
            out += run
        else:
            out.append((run[0], len(run)))
    return out
