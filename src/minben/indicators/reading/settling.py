"""From cells to observations: which columns hold numbers (數值欄), what cannot be one, what stands twice."""

from collections.abc import Mapping
from dataclasses import replace
from math import nan

from minben.indicators.engine.faults import Fault
from minben.indicators.reading.cells import BROKEN, looks_like_a_number
from minben.indicators.reading.stated import Content, Gathered, Kind, Options, Stated, Variable

LONGEST = 500  # characters of a name: looking for what a longer one may mean takes minutes


def settled(gathered: Mapping[str, Gathered], options: Options) -> Content:
    """What files state together; their own faults come first."""
    kinds = _kinds(gathered, options)
    faults = [fault for one in gathered.values() for fault in one.faults]
    stated: list[Stated] = []
    stood: dict[tuple[str, str, str], str] = {}
    for file, one in gathered.items():
        for raw in one.raws:
            where, unit, period, indicator, written, value, trouble, n, se, status = raw
            key = (indicator, unit, period)
            if max(map(len, key)) > LONGEST:
                text = f"{unit[:40]!r}: names have at most {LONGEST} characters"
                faults.append(Fault(where, "too_long", text))
                continue
            if key in stood:
                text = f"{' '.join(filter(None, (unit, period)))} stands at {stood[key]} too"
                faults.append(Fault(where, "cell_twice", text))
                continue
            stood[key] = where
            if kinds[indicator] == "label" and not (trouble and trouble[0] in BROKEN):
                label = Stated(where, unit, period, indicator, nan, written, n, se, status, file)
                stated.append(label)
            elif trouble:
                faults.append(Fault(where, *trouble))
            else:
                number = Stated(where, unit, period, indicator, value, None, n, se, status, file)
                stated.append(number)
    return Content(
        stated=tuple(stated),
        variables=_variables(gathered, kinds),
        faults=tuple(faults),
        formats={file: one.format for file, one in gathered.items()},
        recipes=tuple(recipe for one in gathered.values() for recipe in one.recipes),
        named={
            key: at for one in reversed(tuple(gathered.values())) for key, at in one.named.items()
        },
        passed=tuple(dict.fromkeys(name for one in gathered.values() for name in one.passed)),
    )


def _kinds(gathered: Mapping[str, Gathered], options: Options) -> dict[str, Kind]:
    """As told beforehand, or by the file, or numbers if at least half of what is written are."""
    numbers: dict[str, int] = {}
    for one in gathered.values():
        for raw in one.raws:
            if raw.trouble is None:
                weight = 1 if raw.value == raw.value else 0  # NaN: missing, says nothing
            elif raw.trouble[0] in BROKEN:
                weight = 0
            else:
                weight = 1 if looks_like_a_number(raw.trouble) else -1
            numbers[raw.indicator] = numbers.get(raw.indicator, 0) + weight
    found: dict[str, Kind] = {code: "number" if n >= 0 else "label" for code, n in numbers.items()}
    for one in gathered.values():
        found |= {code: kind for code, kind in one.kinds.items() if code in found}
    return found | {code: kind for code, kind in options.kinds.items() if code in found}


def _variables(gathered: Mapping[str, Gathered], kinds: Mapping[str, Kind]) -> dict[str, Variable]:
    """What the first file that speaks of a variable says of it."""
    found = {code: Variable(code, kind) for code, kind in kinds.items()}
    for one in reversed(tuple(gathered.values())):
        for code, said in one.said.items():
            if code in found:
                found[code] = replace(said, code=code, kind=kinds[code])
    return found
