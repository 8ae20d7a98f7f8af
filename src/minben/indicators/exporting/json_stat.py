"""JSON-stat 2.0 (統計資料之 JSON 格式): a cube of indicator × unit × period.

Source: the JSON-stat 2.0 format. Cells nobody observed are null; the status stands beside.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from minben.indicators.exporting.dataset import Dataset, Words

Language = Literal["zh", "en"]
NO_PERIOD = "0"  # a cube needs a name for the only period of data that has none


def json_stat(dataset: Dataset, language: Language = "zh") -> bytes:
    """Observations, and composites as indicators of their own, as one dataset."""
    cells: dict[tuple[str, str, str], tuple[float | None, str]] = {
        (one.indicator, one.unit, one.period or NO_PERIOD): (one.value, one.status)
        for one in dataset.lines
    } | {
        (one.code, one.unit, one.period or NO_PERIOD): (one.score, "M" if one.score is None else "")
        for one in dataset.places
    }
    titles = {one.code: one.title for one in dataset.measures}
    names = dict(dataset.units)
    measures = _known([one.code for one in dataset.measures], [key[0] for key in cells])
    units = _known([code for code, _ in dataset.units], [key[1] for key in cells])
    periods = sorted({key[2] for key in cells})
    order = [(m, u, p) for m in measures for u in units for p in periods]
    status = {str(n): cells[key][1] for n, key in enumerate(order) if cells.get(key, (0, ""))[1]}
    document: dict[str, Any] = {  # Any: JSON values
        "version": "2.0",
        "class": "dataset",
        "label": getattr(dataset.title, language),
        "source": "; ".join(f"{one.publisher}: {one.title.en}" for one in dataset.sources),
        "updated": dataset.made.isoformat(),
        "id": ["indicator", "unit", "period"],
        "size": [len(measures), len(units), len(periods)],
        "role": {"metric": ["indicator"], "geo": ["unit"], "time": ["period"]},
        "dimension": {
            "indicator": _dimension(measures, titles, language, Words("指標", "Indicator")),
            "unit": _dimension(units, names, language, Words("單位", "Unit")),
            "period": _dimension(periods, {}, language, Words("期間", "Period")),
        },
        "value": [cells.get(key, (None, ""))[0] for key in order],
    }
    if status:
        document["status"] = status
    document["extension"] = {
        "identity": dict(dataset.identity),
        "licences": sorted({one.licence for one in dataset.sources}),
        "not_passed_on": [one.title.en for one in dataset.left_out],
    }
    if dataset.services:
        document["extension"]["services"] = {
            one.code: {"agency": one.agency, "relations": list(one.relations)}
            for one in dataset.services
        }
    return (json.dumps(document, ensure_ascii=False) + "\n").encode()


def _known(wanted: Sequence[str], there: Sequence[str]) -> list[str]:
    """Those that have a number, in the order of the dataset, and then any others."""
    present = set(there)
    return list(dict.fromkeys([one for one in wanted if one in present] + list(there)))


def _dimension(
    codes: Sequence[str], names: Mapping[str, Words], language: Language, label: Words
) -> dict[str, Any]:
    """Any: JSON values."""
    told = {code: getattr(names[code], language) if code in names else code for code in codes}
    return {
        "label": getattr(label, language),
        "category": {"index": {code: n for n, code in enumerate(codes)}, "label": told},
    }
