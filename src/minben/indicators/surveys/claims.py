"""What a publication says of its figures, judged by rule (發布者說法之檢核).

Every verdict follows from the figures that are given, and from nothing else; every reason names the
numbers it rests on, in both languages. What the figures cannot tell is said to be untestable, with
what would follow if the unknown were as stated.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations
from typing import Final

from minben.indicators.surveys.waves import Label, Wave, compare, least_n

DEFFS = (1.0, 2.0)  # what is supposed where no design effect is known: told beside each other
APART = 2.0  # points: equal figures that are farther apart in another period are told
HOUSEHOLD = {"zh": ("居家", "家戶", "家庭", "住戶"), "en": ("household", "home")}


class Says(StrEnum):
    """What kind of thing is said of a figure."""

    FLAT = "flat"  # 比率持平
    POINTS = "points"  # 增減若干個百分點
    GROWTH = "growth"  # 成長若干％
    ABOUT = "about"  # 約為
    HIGHEST = "highest"  # 比率最高


class Verdict(StrEnum):
    """What a rule finds."""

    HOLDS = "holds"  # 成立
    FAILS = "fails"  # 不成立
    UNTESTED = "untested"  # 無法檢定
    BASES = "bases"  # 比較對象之基底不同
    REMARK = "remark"  # 資料本身之疑義


@dataclass(frozen=True, slots=True)
class Words:
    """A text in both languages."""

    zh: str
    en: str


METHODS: Final[Mapping[Says, Words]] = {  # by which rule each kind is judged, for files
    Says.FLAT: Words(
        "兩個獨立樣本之差的 95% 信賴區間，由兩次的樣本數計算；包含 0 即為持平。",
        "95% interval of the difference of two independent samples, from both sample sizes; flat"
        " if it covers zero.",
    ),
    Says.POINTS: Words(
        "兩個數值相減；四捨五入前的數值可能得出所說的數字，即成立。",
        "One figure less the other; it holds if they can give the number said before rounding.",
    ),
    Says.GROWTH: Words(
        "兩個數值之比減 1；四捨五入前的數值可能得出所說的數字，即成立。",
        "One figure by the other, less 1; it holds if they can give the number said before"
        " rounding.",
    ),
    Says.ABOUT: Words(
        "數值取到所說的位數；每個都等於所說的數字，即成立。",
        "The figures with as many digits as are said; it holds if each is the number said.",
    ),
    Says.HIGHEST: Words(
        "只在同一基底的項目之間比較；一併說出的數字須等於數值。",
        "Compared among items of one base only; a number told with it must be the figure.",
    ),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A published share.

    Args:
        series: code of the indicator.
        title, base: what it is, and of whom.
        share: in per cent.
        n: answers; None: not known.
        deff: design effect; None: not known.
        decimals: with how many it is published.
    """

    series: str
    title: Words
    base: Words
    period: str
    share: float
    n: int | None = None
    deff: float | None = None
    decimals: int = 1

    def wave(self, deff: float = 1.0) -> Wave:
        """For comparing; with its own design effect if that is known."""
        return Wave(self.share, self.n, self.base.zh, self.deff or deff, self.decimals)


@dataclass(frozen=True, slots=True)
class Statement:
    """What is said. `figure` is the number in it, with `decimals`; `earlier` the other period."""

    says: Says
    series: str
    period: str
    earlier: str = ""
    figure: float | None = None
    decimals: int = 1


@dataclass(frozen=True, slots=True)
class Finding:
    """What rules find of a statement, or of the figures themselves (`statement` is None).

    Args:
        supposed: what would hold if what is not known were as the reason says; None: nothing.
        series: the figures it is about.
    """

    verdict: Verdict
    reason: Words
    statement: Statement | None = None
    supposed: Verdict | None = None
    series: tuple[str, ...] = ()
    suppositions: tuple[Words, ...] = field(default=())


def judged(statement: Statement, figures: Sequence[Figure]) -> Finding:
    """The verdict of a statement; untested where a figure it speaks of is not there."""
    own = {one.period: one for one in figures if one.series == statement.series}
    needs = [statement.period]
    if statement.says in (Says.FLAT, Says.POINTS, Says.GROWTH):
        needs.insert(0, statement.earlier)
    if absent := [period or "?" for period in needs if period not in own]:
        told = "、".join(absent), ", ".join(absent)
        reason = Words(f"沒有 {told[0]} 的數值。", f"There is no figure for {told[1]}.")
        return Finding(Verdict.UNTESTED, reason, statement, series=(statement.series,))
    if statement.says is Says.FLAT:
        return _flat(statement, own[statement.earlier], own[statement.period], _sample(figures))
    if statement.says is Says.POINTS:
        return _points(statement, own[statement.earlier], own[statement.period])
    if statement.says is Says.GROWTH:
        return _growth(statement, own[statement.earlier], own[statement.period])
    if statement.says is Says.ABOUT:
        periods = [period for period in (statement.earlier, statement.period) if period in own]
        return _about(statement, [own[period] for period in periods])
    return _highest(statement, own[statement.period], figures)


def signed(value: float, decimals: int = 1) -> str:
    """A difference with its sign, with a true minus."""
    return f"{value:+.{decimals}f}".replace("-", "−")


def _sample(figures: Sequence[Figure]) -> tuple[int, Words] | None:
    """The largest size that is known of the survey, and of whom it is."""
    known = [(one.n, one.base) for one in figures if one.n is not None]
    return max(known, key=lambda one: one[0], default=None)


def _flat(
    statement: Statement, before: Figure, after: Figure, sample: tuple[int, Words] | None
) -> Finding:
    if before.base != after.base:
        return _other_bases(statement, before, after)
    change = compare(before.wave(), after.wave())
    if change.label is Label.UNTESTED or change.low is None or change.high is None:
        return _supposed_flat(statement, before, after, change.points, sample)
    ends = signed(change.low, 2), signed(change.high, 2)
    points = signed(change.points)
    if change.label is Label.FLAT:
        reason = Words(
            f"差 {points} 個百分點，95% 信賴區間 {ends[0]} 至 {ends[1]} 包含 0。",
            f"A difference of {points} points; its 95% interval, {ends[0]} to {ends[1]},"
            " covers zero.",
        )
        return Finding(Verdict.HOLDS, reason, statement, series=(statement.series,))
    reason = Words(
        f"差 {points} 個百分點，95% 信賴區間 {ends[0]} 至 {ends[1]} 不包含 0：不是持平。",
        f"A difference of {points} points; its 95% interval, {ends[0]} to {ends[1]}, leaves out"
        " zero: not flat.",
    )
    return Finding(Verdict.FAILS, reason, statement, series=(statement.series,))


def _supposed_flat(
    statement: Statement,
    before: Figure,
    after: Figure,
    points: float,
    sample: tuple[int, Words] | None,
) -> Finding:
    """A sample size is not known: what would hold were both as large as the one that is.

    Without any of this base, the size of the whole survey is the most it can be.
    """
    known = before.n or after.n
    unknown = [one.period for one in (before, after) if one.n is None]
    told = signed(points)
    reason = Words(
        f"差 {told} 個百分點，但 {'、'.join(unknown)} 年此基底之樣本數未公布，不能檢定。",
        f"A difference of {told} points, but the sample size for this base in"
        f" {' and '.join(unknown)} is not published: it cannot be tested.",
    )
    n = known or (sample[0] if sample else None)
    lines: list[Words] = []
    excluded: list[bool] = []
    for deff in DEFFS:
        if n is not None:
            line, out = _as_large(before, after, n, deff)
            lines.append(line)
            excluded.append(out)
    if known is None and sample is not None and sample[1] != before.base:
        whole = sample[1]
        lines.append(
            Words(
                f"{sample[0]:,} 是「{whole.zh}」的樣本數；「{before.base.zh}」較少，區間會再寬一些。",
                f"{sample[0]:,} is the sample of “{whole.en}”; “{before.base.en}” are fewer, so the"
                " interval is somewhat wider.",
            )
        )
    for deff in DEFFS:
        least = least_n(before.wave(), after.wave(), deff)
        if least is not None:
            lines.append(
                Words(
                    f"設計效果 {deff:g}：兩年各有 {least:,} 份以上，區間即不包含 0。",
                    f"Design effect {deff:g}: from {least:,} answers in each year on, the interval"
                    " leaves out zero.",
                )
            )
    supposed = None
    if excluded and all(one == excluded[0] for one in excluded):
        supposed = Verdict.FAILS if excluded[0] else Verdict.HOLDS
    return Finding(Verdict.UNTESTED, reason, statement, supposed, (statement.series,), tuple(lines))


def _as_large(before: Figure, after: Figure, n: int, deff: float) -> tuple[Words, bool]:
    waves = [Wave(one.share, n, one.base.zh, deff, one.decimals) for one in (before, after)]
    change = compare(waves[0], waves[1])
    low, high = signed(change.low or 0.0, 2), signed(change.high or 0.0, 2)
    out = change.label is not Label.FLAT
    zh, en = ("不包含 0", "leaves out zero") if out else ("包含 0", "covers zero")
    words = Words(
        f"假設兩年都是 {n:,} 份、設計效果 {deff:g}：區間 {low} 至 {high}，{zh}。",
        f"Supposing {n:,} answers in both years and a design effect of {deff:g}: {low} to {high},"
        f" {en}.",
    )
    return words, out


def _points(statement: Statement, before: Figure, after: Figure) -> Finding:
    if before.base != after.base:
        return _other_bases(statement, before, after)
    change = compare(before.wave(), after.wave())
    # Whoever has the answers may subtract before rounding; readers have the rounded figures.
    slack = sum(0.5 * 10.0**-one.decimals for one in (before, after))
    half = 0.5 * 10.0**-statement.decimals
    off = abs(change.points - (statement.figure or 0.0))
    right = statement.figure is not None and off <= slack + half + 1e-9
    said = "" if statement.figure is None else signed(statement.figure, statement.decimals)
    digits = max(before.decimals, after.decimals)
    got = signed(change.points, digits)
    span = [signed(change.points + one * slack, digits) for one in (-1, 1)]
    rounded = off > half + 1e-9
    reason = Words(
        f"{before.share:g}% 至 {after.share:g}% 為 {got} 個百分點"
        + (f"（兩個數值都已四捨五入，可能是 {span[0]} 至 {span[1]}）" if rounded else "")
        + f"；說的是 {said}。",
        f"From {before.share:g}% to {after.share:g}% is {got} points"
        + (f" (both figures are rounded, so {span[0]} to {span[1]} is possible)" if rounded else "")
        + f"; {said} is said.",
    )
    verdict = Verdict.HOLDS if right else Verdict.FAILS
    return Finding(verdict, reason, statement, series=(statement.series,))


def _growth(statement: Statement, before: Figure, after: Figure) -> Finding:
    if before.base != after.base:
        return _other_bases(statement, before, after)
    change = compare(before.wave(), after.wave())
    if change.growth is None or statement.figure is None:
        reason = Words("由 0 起算，沒有成長率。", "From zero there is no growth.")
        return Finding(Verdict.UNTESTED, reason, statement, series=(statement.series,))
    low = change.growth if change.growth_low is None else change.growth_low
    high = change.growth if change.growth_high is None else change.growth_high
    half = 0.5 * 10.0**-statement.decimals
    right = low - half <= statement.figure <= high + half
    said = f"{statement.figure:.{statement.decimals}f}"
    reason = Words(
        f"成長 {change.growth:.2f}%（兩個數值都已四捨五入，可能是 {low:.1f}% 至 {high:.1f}%）；"
        f"說的是 {said}%。",
        f"Growth of {change.growth:.2f}% (both figures are rounded, so {low:.1f}% to {high:.1f}%"
        f" is possible); {said}% is said.",
    )
    verdict = Verdict.HOLDS if right else Verdict.FAILS
    return Finding(verdict, reason, statement, series=(statement.series,))


def _about(statement: Statement, figures: Sequence[Figure]) -> Finding:
    """“About” holds if every figure rounds to the number said, with as many digits as it has."""
    said = statement.figure if statement.figure is not None else 0.0
    half = 0.5 * 10.0**-statement.decimals
    off = [one for one in figures if abs(one.share - said) > half + 1e-9]
    told = _by_period(figures)
    number = f"{said:.{statement.decimals}f}%"
    if not off:
        reason = Words(f"{told.zh}，約為 {number}。", f"{told.en}: about {number}.")
        return Finding(Verdict.HOLDS, reason, statement, series=(statement.series,))
    rounded = _by_period(off, statement.decimals)
    reason = Words(
        f"{told.zh}；取到同樣位數是{rounded.zh}，不是 {number}。",
        f"{told.en}; with as many digits that is {rounded.en}, not {number}.",
    )
    return Finding(Verdict.FAILS, reason, statement, series=(statement.series,))


def _by_period(figures: Sequence[Figure], decimals: int | None = None) -> Words:
    """Shares with their periods, rounded to `decimals` if these are given."""
    told = [
        (one.period, f"{one.share:g}%" if decimals is None else f"{one.share:.{decimals}f}%")
        for one in figures
    ]
    return Words(
        "、".join(f" {period} 為 {share}" for period, share in told).strip(),
        ", ".join(f"{share} in {period}" for period, share in told),
    )


def _highest(statement: Statement, own: Figure, figures: Sequence[Figure]) -> Finding:
    """Among items of one base; a number that is told with it must be the figure."""
    if statement.figure is not None and _about(statement, [own]).verdict is Verdict.FAILS:
        return _about(statement, [own])
    others = [one for one in figures if one.period == own.period and one.series != own.series]
    same = [one for one in others if one.base == own.base]
    above = [one for one in same if one.share > own.share]
    apart = sorted({one.base.zh: one.base for one in others if one.base != own.base}.items())
    if above:
        top = max(above, key=lambda one: one.share)
        reason = Words(
            f"同一基底中，「{top.title.zh}」的 {top.share:g}% 更高。",
            f"On the same base, “{top.title.en}” is higher with {top.share:g}%.",
        )
        return Finding(Verdict.FAILS, reason, statement, series=(own.series, top.series))
    if apart:
        bases = [base for _, base in apart]
        reason = Words(
            f"{own.share:g}% 的基底是「{own.base.zh}」，其他項目的基底是"
            f"「{'」「'.join(one.zh for one in bases)}」：不同的人，不能比高低。"
            f"同一基底的 {len(same) + 1} 項中，它最高。",
            f"{own.share:g}% is of “{own.base.en}”, other items are of"
            f" “{'”, “'.join(one.en for one in bases)}”: other people, so they cannot be ranked"
            f" together. It is the highest of the {len(same) + 1} on its own base.",
        )
        return Finding(Verdict.BASES, reason, statement, Verdict.HOLDS, (own.series,))
    reason = Words(
        f"同一基底的 {len(same) + 1} 項中，{own.share:g}% 最高。",
        f"{own.share:g}% is the highest of the {len(same) + 1} on one base.",
    )
    return Finding(Verdict.HOLDS, reason, statement, series=(own.series,))


def _other_bases(statement: Statement, before: Figure, after: Figure) -> Finding:
    reason = Words(
        f"{before.period} 的基底是「{before.base.zh}」，{after.period} 是「{after.base.zh}」。",
        f"The base was “{before.base.en}” in {before.period} and is “{after.base.en}” in"
        f" {after.period}.",
    )
    return Finding(Verdict.BASES, reason, statement, series=(statement.series,))


def remarks(figures: Sequence[Figure]) -> list[Finding]:
    """What is odd about the figures themselves, whatever is said of them."""
    return [*_identical(figures), *_household(figures)]


def _identical(figures: Sequence[Figure]) -> list[Finding]:
    """Two series that are equal to the digit in one period and apart in another."""
    found = []
    for one, other in combinations(figures, 2):
        if one.series == other.series or one.period != other.period or one.base != other.base:
            continue
        if one.share != other.share or one.share in (0.0, 100.0):
            continue
        apart = _apart(figures, one.series, other.series, one.period)
        if apart is None:
            continue
        period, points = apart
        reason = Words(
            f"{one.period} 年「{one.title.zh}」與「{other.title.zh}」同為 {one.share:g}%，"
            f"{period} 年卻相差 {points:.1f} 個百分點：其中一個可能是誤植，應向發布者查證。",
            f"In {one.period} “{one.title.en}” and “{other.title.en}” are both {one.share:g}%,"
            f" and in {period} they are {points:.1f} points apart: one may be a slip; ask the"
            " publisher.",
        )
        found.append(Finding(Verdict.REMARK, reason, series=(one.series, other.series)))
    return found


def _apart(
    figures: Sequence[Figure], first: str, second: str, period: str
) -> tuple[str, float] | None:
    """The period in which two series are farthest apart, if in any."""
    there = {(one.series, one.period): one.share for one in figures}
    gaps = [
        (abs(there[first, other] - there[second, other]), other)
        for other in sorted({one.period for one in figures} - {period})
        if (first, other) in there and (second, other) in there
    ]
    gap, other = max(gaps, default=(0.0, ""))
    return (other, gap) if gap >= APART else None


def _household(figures: Sequence[Figure]) -> list[Finding]:
    """A share of households on a base of persons."""
    found, seen = [], set()
    for one in figures:
        title, base = one.title, one.base
        named = any(word in title.zh for word in HOUSEHOLD["zh"]) or any(
            word in title.en.casefold().split() for word in HOUSEHOLD["en"]
        )
        fits = any(word in base.zh for word in HOUSEHOLD["zh"]) or any(
            word in base.en.casefold() for word in HOUSEHOLD["en"]
        )
        if not named or fits or one.series in seen:
            continue
        seen.add(one.series)
        reason = Words(
            f"「{title.zh}」說的是家戶，標示的基底卻是「{base.zh}」：讀者不知道是多少比率的人還是家戶。",
            f"“{title.en}” is about households, and the base told is “{base.en}”: a reader cannot"
            " tell whether it is a share of people or of households.",
        )
        found.append(Finding(Verdict.REMARK, reason, series=(one.series,)))
    return found
