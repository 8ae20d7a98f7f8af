"""Axes (座標軸): round numbers that people know, and where they stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from minben.indicators.figures import svg

STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
TINY = 1e-290  # between the ends: less cannot be divided into steps


@dataclass(frozen=True, slots=True)
class Axis:
    """Values along a line.

    Args:
        low, high: values at the two ends.
        start, end: pixels at the two ends; `start` may lie after `end`.
        ticks: the round values between.
    """

    low: float
    high: float
    start: float
    end: float
    ticks: tuple[float, ...]

    def at(self, value: float) -> float:
        """The pixel of a value."""
        span = self.high - self.low
        return self.start + (self.end - self.start) * ((value - self.low) / span if span else 0.5)


def axis(
    values: Sequence[float], start: float, end: float, *, ticks: int = 6, zero: bool = False
) -> Axis:
    """An axis that holds all values, between round numbers.

    Args:
        values: at least one, all finite.
        ticks: about how many at most.
        zero: whether zero must be on it; it also is where it costs less than a third of the room.
    """
    low, high = min(values), max(values)
    if zero or 0 <= low <= high * 0.35:
        low = min(low, 0.0)
    if zero or low * 0.35 <= high <= 0:
        high = max(high, 0.0)
    if high - low < TINY:
        room = abs(low) * 0.1 or 1.0
        low, high = low - room, high + room
    step = _step((high - low) / max(ticks - 1, 1))
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return Axis(
        first * step,
        last * step,
        start,
        end,
        tuple(n * step for n in range(first, last + 1)),
    )


def _step(least: float) -> float:
    """The smallest round number that is no less."""
    power = 10.0 ** floor(log10(least))
    return next(one * power for one in STEPS if one * power >= least * (1 - 1e-9))


def told(value: float) -> str:
    """A tick as people write it."""
    return f"{value:.10g}" if abs(value) < 1e15 else f"{value:.3e}"


def rules(across: Axis, top: float, bottom: float) -> list[str]:
    """A line at every tick; at zero a heavier one."""
    out = []
    for tick in across.ticks:
        zero = abs(tick) < 1e-9
        look = {"stroke": svg.INK if zero else svg.GRID, "stroke_width": 2 if zero else 1}
        out.append(svg.line(across.at(tick), top, across.at(tick), bottom, **look))
    return out
