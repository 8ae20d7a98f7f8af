"""Figures to practise on (習作資料): invented, of units that do not exist, and saying so.

Real countries with invented figures would be quoted one day. These units are named after the sixty
pairs of the old calendar (干支), so that nobody takes them for a place.
"""

import json
from collections.abc import Iterator
from typing import Any

import numpy as np

from minben.indicators.keeping import csv_of
from minben.indicators.shipped import find

COUNT, COUNTED = 26, 24  # the last two are left out by the method: they are scored beside it
STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
PREFIX, CODE, SOURCE = "practice.", "practice-wheel", "practice"
LISTED, REGION = "practice-list", "practice-region"  # families of groups
RELATIONS = {"egovernment": ["G2C"], "medical_appointments": ["G2C"], "open_data": ["G2B", "G2C"]}
Document = dict[str, Any]  # Any: JSON


def units() -> list[tuple[str, str, str]]:
    """Code, Chinese and English name of each unit."""
    return [
        (f"P{n + 1:02}", f"習作國{STEMS[n % 10]}{BRANCHES[n % 12]}", f"Practice country {n + 1}")
        for n in range(COUNT)
    ]


def recipe() -> Document:
    """The wheel's recipe on these figures, under a name of its own."""
    base = _base()
    return base | {
        "code": CODE,
        "title": {"zh": "習作：數位福祉輪", "en": "Practice: digital well-being wheel"},
        "source": "Invented figures to practise on; the method is that of oecd-dwb-2019",
        "notes": {
            "zh": "數值與國名皆為虛構，供練習操作之用；計算方法同「數位福祉輪（仿 OECD 2019）」。",
            "en": "Figures and countries are invented, to practise on; the method is that of the "
            "wheel modelled on OECD 2019.",
        },
        "units": {"label": LISTED, "equals": "counted"},
        "indicators": [one | {"code": PREFIX + one["code"]} for one in base["indicators"]],
    }


def source(spans: Document) -> bytes:
    """What is declared of these figures: the source, its units, groups and indicators."""
    document = {
        "format": "minben-source-1",
        "source": {
            "code": SOURCE,
            "publisher": "Minben",
            "title": {"zh": "習作資料（虛構）", "en": "Figures to practise on (invented)"},
            "licence": "CC0-1.0",
            "open_terms": True,
            "notes": {
                "zh": "數值與國名皆為虛構，供練習操作之用，不得引用。",
                "en": "Figures and countries are invented, to practise on; not to be quoted.",
            },
        },
        "units": [
            {
                "code": code,
                "kind": "practice",
                "name": {"zh": zh, "en": en},
                "groups": [
                    f"{REGION}:{'east' if n % 3 else 'west'}",
                    *([f"{LISTED}:counted"] if n < COUNTED else []),
                ],
            }
            for n, (code, zh, en) in enumerate(units())
        ],
        "groups": [
            _group(LISTED, "counted", "列入計算者", "Those counted"),
            _group(REGION, "east", "習作東區", "Practice east"),
            _group(REGION, "west", "習作西區", "Practice west"),
        ],
        "indicators": [_indicator(n, one, spans) for n, one in enumerate(_base()["indicators"])],
    }
    return json.dumps(document, ensure_ascii=False).encode()


def _group(family: str, code: str, zh: str, en: str) -> Document:
    return {"family": family, "code": code, "name": {"zh": zh, "en": en}}


def _indicator(order: int, told: Document, spans: Document) -> Document:
    _, high, decimals, _ = spans["spans"][told["code"]]
    risk = told["parent"] == "risks"
    names = _base()["dimensions"].get(told["dimension"], {"zh": "", "en": ""})
    percent = told.get("unit", "").startswith("%")
    return {
        "code": PREFIX + told["code"],
        "title": told["title"],
        "definition": told.get("definition", {}),
        "scale": "percent" if percent else "number",
        "direction": -1 if risk else 1,
        "domain": "risk" if risk else "opportunity",
        "dimension": names,
        "decimals": decimals,
        "low": 0,
        "high": 100 if percent else 10 * high,
        "relations": RELATIONS.get(told["code"], []),
        "order": order,
    }


def _base() -> Document:
    return dict(find("oecd-dwb-2019").document)


def figures(spans: Document) -> bytes:
    """All values as one wide table; the same each time."""
    codes = list(spans["spans"])
    header = ("unit", "period", *(PREFIX + code for code in codes))
    return csv_of(header, _rows(spans, codes))


def _rows(spans: Document, codes: list[str]) -> Iterator[tuple[str, ...]]:
    """A unit has a standing of its own, and moves a little from period to period."""
    random = np.random.Generator(np.random.PCG64(spans["seed"]))
    standing = random.normal(size=COUNT)
    own = random.normal(size=(COUNT, len(codes)))
    for step, period in enumerate(spans["periods"]):
        drift = 0.25 * step + 0.15 * random.normal(size=(COUNT, len(codes)))
        lost = random.random((COUNT, len(codes))) < spans["missing"]
        for n, (code, *_) in enumerate(units()):
            yield (
                code,
                period,
                *(
                    ""
                    if lost[n, k]
                    else _value(spans["spans"][name], standing[n], own[n, k], drift[n, k])
                    for k, name in enumerate(codes)
                ),
            )


def _value(span: list[float], standing: float, own: float, drift: float) -> str:
    low, high, decimals, shared = span
    place = shared * standing + (1 - shared**2) ** 0.5 * own + drift
    share = 1 / (1 + np.exp(-1.1 * place))
    return f"{low + (high - low) * share:.{int(decimals)}f}"
