"""What a careful reader would notice of an import (匯入檢核), units and indicators being known."""

from collections.abc import Iterator, Mapping, Sequence
from math import nan
from typing import Final

from minben.indicators.declared.drafts import IndicatorDraft
from minben.indicators.reading.checking import Facts, Scale, check
from minben.indicators.reading.stated import Content, Stated, Variable
from minben.indicators.taking.noted import Noted
from minben.indicators.taking.rows import Row

SCALES: Final[Mapping[str, Scale]] = {"percent": "percent", "ratio": "ratio"}
# What is plausible where nobody said so.
USUAL: Final[Mapping[str, tuple[float, float]]] = {"percent": (0.0, 100.0), "ratio": (0.0, 1.0)}
# Names of units are the registry's concern: by here they are codes, whatever was written.
OF_UNITS: Final = frozenset(
    {
        "unit_unknown",
        "unit_unknown_near",
        "unit_spelt_twice",
        "unit_spelt_otherwise",
        "units_alike",
        "unit_not_then",
    }
)


def noticed(rows: Sequence[Row], indicators: Mapping[str, IndicatorDraft]) -> Iterator[Noted]:
    """Warnings about rows that can all be imported."""
    facts = {code: facts_of(one) for code, one in indicators.items()}
    for one in check(_content(rows), facts):
        if one.code not in OF_UNITS:
            yield Noted(one.where, one.code, one.text, one.params)


def facts_of(draft: IndicatorDraft) -> Facts:
    """What is declared of an indicator, as far as its numbers can be held against it."""
    usual = USUAL.get(draft.scale) if draft.low is None and draft.high is None else None
    low, high = usual or (draft.low, draft.high)
    return Facts(
        scale=SCALES.get(draft.scale, ""),
        low=low,
        high=high,
        base=" · ".join(filter(None, (draft.base_zh, draft.base_en))),
        direction=draft.direction,
        dimension=draft.dimension_zh or draft.dimension_en,
    )


def _content(rows: Sequence[Row]) -> Content:
    stated = tuple(
        Stated(
            f"{row.file}, {row.place}",
            row.unit,
            row.period,
            row.indicator,
            nan if row.value is None else row.value,
            None,
            row.n,
            row.se,
            row.status,
            row.file,
        )
        for row in rows
    )
    codes = dict.fromkeys(row.indicator for row in rows)
    return Content(stated, {code: Variable(code, "number") for code in codes})
