"""Ranks among numbers (百分位數), by nearest rank: a figure that somebody really had. Pure."""

from collections.abc import Sequence
from fractions import Fraction
from typing import TypeVar

T = TypeVar("T", int, float)


def nearest_rank(ascending: Sequence[T], percent: int) -> T | None:
    """The smallest value that at least `percent` of 100 lie at or below; None of none.

    Args:
        percent: 1 to 100; 50 is the median (for an even number, the lower of the middle two).
    """
    if not 1 <= percent <= 100:
        raise ValueError(f"percent must be from 1 to 100, not {percent!r}")
    if not ascending:
        return None
    rank = -(-Fraction(percent * len(ascending), 100) // 1)  # rounded up, in whole numbers
    return ascending[int(rank) - 1]
