"""Comparing two waves of a survey (兩次調查之比較): points and growth side by side, with a label.

A percentage point and a per cent are different things: 60.0 to 66.7 per cent is 6.7 points and a
growth of 11.2 per cent. A label comes from a rule, never from how large the change looks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, sqrt
from statistics import NormalDist

from minben.indicators.engine.faults import Fault, Faulty


class Label(StrEnum):
    """What can be said of a change."""

    FLAT = "flat"  # the interval of the difference covers zero
    SMALL = "small"  # it does not, and the change is below what matters
    CHANGED = "changed"
    UNTESTED = "untested"  # a sample size is not known


@dataclass(frozen=True, slots=True)
class Wave:
    """A share in one wave.

    Args:
        share: in per cent, as published.
        n: people it rests on; None: not known.
        base: who was asked, such as “all aged 12 and over”.
        deff: design effect.
        decimals: with how many the share was published.
    """

    share: float
    n: int | None
    base: str
    deff: float = 1.0
    decimals: int = 1


@dataclass(frozen=True, slots=True)
class Change:
    """From one wave to the next.

    Args:
        points: difference in percentage points, rounded as published.
        growth: relative change in per cent; None from zero.
        growth_low, growth_high: what growth can be, as both shares are rounded.
        se: standard error of the difference in points; None without sample sizes.
        low, high: interval of the difference in points; None likewise.
    """

    points: float
    growth: float | None
    growth_low: float | None
    growth_high: float | None
    se: float | None
    low: float | None
    high: float | None
    label: Label

    @property
    def p_value(self) -> float | None:
        """Chance of a difference at least as large if there were none; None if not tested."""
        if self.se is None:
            return None
        if self.se == 0:
            return 1.0 if self.points == 0 else 0.0
        return 2 * NormalDist().cdf(-abs(self.points) / self.se)


def compare(before: Wave, after: Wave, *, matters: float = 2.0, level: float = 0.95) -> Change:
    """The change of a share between two independent waves.

    Args:
        matters: points from which a change is called one.

    Raises:
        Faulty: the bases differ, so that the shares are not of the same people; or a share is
            outside 0 to 100, a size or a design effect not above zero.
    """
    _refuse(before, after)
    decimals = max(before.decimals, after.decimals)
    points = round(after.share - before.share, decimals)
    growth = low = high = None
    if before.share > 0:
        growth = (after.share / before.share - 1) * 100
        half, other = _half(before), _half(after)
        high = ((after.share + other) / (before.share - half) - 1) * 100
        low = ((after.share - other) / (before.share + half) - 1) * 100
    if before.n is None or after.n is None:
        return Change(points, growth, low, high, None, None, None, Label.UNTESTED)
    se = sqrt(_variance(before, before.n) + _variance(after, after.n))
    reach = NormalDist().inv_cdf(0.5 + level / 2) * se
    ends = (points - reach, points + reach)
    if ends[0] <= 0 <= ends[1]:
        label = Label.FLAT
    else:
        label = Label.SMALL if abs(points) < matters else Label.CHANGED
    return Change(points, growth, low, high, se, *ends, label)


def holm(changes: Sequence[Change], level: float = 0.95) -> list[bool | None]:
    """Which differences stand when all of a table are tested at once (Holm 1979, 多重比較).

    Of twenty differences that are none, one will look like one at 95 per cent. Holm's steps keep
    the chance of even one such mistake at the level. None: not tested.
    """
    tested = [(one.p_value, at) for at, one in enumerate(changes)]
    ordered = sorted((p, at) for p, at in tested if p is not None)
    out: list[bool | None] = [None if p is None else False for p, _ in tested]
    for step, (p, at) in enumerate(ordered):
        if p > (1 - level) / (len(ordered) - step):
            break
        out[at] = True
    return out


def least_n(before: Wave, after: Wave, deff: float, level: float = 0.95) -> int | None:
    """From how many answers in each wave the interval would leave out zero.

    What can be said honestly where sample sizes are not known. None: the shares are equal, so that
    no size does.
    """
    _refuse(before, after)
    points = abs(after.share - before.share)
    if points == 0:
        return None
    spread = before.share * (100 - before.share) + after.share * (100 - after.share)
    reach = NormalDist().inv_cdf(0.5 + level / 2)
    return max(1, ceil(spread * deff * (reach / points) ** 2))


def _half(wave: Wave) -> float:
    """How far the true share can be from the published one."""
    return min(0.5 * 10.0**-wave.decimals, wave.share / 2)


def _variance(wave: Wave, n: int) -> float:
    return wave.share * (100 - wave.share) / n * wave.deff


def _refuse(before: Wave, after: Wave) -> None:
    faults = []
    if before.base != after.base:
        text = f"{before.base!r} and {after.base!r} are not the same people"
        faults.append(Fault("base", "base_mismatch", text))
    for name, wave in (("before", before), ("after", after)):
        if not 0 <= wave.share <= 100:
            faults.append(Fault(name, "share", "a share is between 0 and 100 per cent"))
        if wave.n is not None and wave.n < 1:
            faults.append(Fault(name, "n", "n must be above zero"))
        if not wave.deff > 0:
            faults.append(Fault(name, "deff", "a design effect is above zero"))
    if faults:
        raise Faulty(faults)
