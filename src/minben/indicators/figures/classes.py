"""Classes of values for a map (分級): by quantiles, or by given limits; light to dark.

The five tones differ by lightness, so that they stay five in a grey print.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite

from minben.indicators.figures import svg

TONES = ("#eaf2f9", "#bfd8ea", "#8cb8d8", "#2f77a8", "#0a3d66")
CLASSES = len(TONES)


@dataclass(frozen=True, slots=True)
class Tone:
    """A class: its filling, what is written on it, its limits in words, and its units."""

    fill: str
    ink: str
    told: str
    units: tuple[str, ...]


def classed(
    values: Mapping[str, float | None],
    limits: Sequence[float] = (),
    decimals: int = 1,
) -> tuple[Tone, ...]:
    """The classes from lowest to highest.

    Args:
        values: by unit; None or not finite counts for nothing.
        limits: rising, at most four; a value on a limit belongs above it. Without them about
            equally many units in each of up to five classes; equal values stay together.

    Raises:
        ValueError: too many limits, or limits that do not rise.
    """
    known = {unit: v for unit, v in values.items() if v is not None and isfinite(v)}
    if len(limits) >= CLASSES or any(a >= b for a, b in pairwise(limits)):
        raise ValueError(f"limits rise and are at most {CLASSES - 1}")
    cuts = list(limits) or _quantiles(sorted(known.values()))
    members: list[list[str]] = [[] for _ in range(len(cuts) + 1)]
    for unit, value in sorted(known.items(), key=lambda one: (one[1], one[0])):
        members[sum(value >= cut for cut in cuts)].append(unit)
    tones = _spread(len(members))
    return tuple(
        Tone(fill, _ink(fill), _told(n, inside, known, limits, decimals), tuple(inside))
        for n, (fill, inside) in enumerate(zip(tones, members, strict=True))
        if inside or limits
    )


def _quantiles(ordered: Sequence[float]) -> list[float]:
    """Where a class begins: values themselves, so that every class has one."""
    count = len(ordered)
    starts = [ordered[n * count // CLASSES] for n in range(1, CLASSES)] if count else []
    return [cut for cut in sorted(set(starts)) if cut > ordered[0]]


def _spread(count: int) -> list[str]:
    """So many tones, the darkest always among them, or the middle one if alone."""
    if count == 1:
        return [TONES[2]]
    return [TONES[round(n * (CLASSES - 1) / (count - 1))] for n in range(count)]


def _ink(fill: str) -> str:
    return svg.PAPER if fill in TONES[3:] else svg.INK


def _told(
    n: int,
    inside: Sequence[str],
    known: Mapping[str, float],
    limits: Sequence[float],
    decimals: int,
) -> str:
    """Limits as given; without them the lowest and the highest value inside."""
    if limits:
        if n == 0:
            return f"< {limits[0]:g}"
        if n == len(limits):
            return f"≥ {limits[-1]:g}"
        return f"{limits[n - 1]:g}–{limits[n]:g}"
    low, high = (f"{known[unit]:.{decimals}f}" for unit in (inside[0], inside[-1]))
    return low if low == high else f"{low}–{high}"
