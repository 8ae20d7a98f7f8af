"""JSON-stat 2.0 data sets (JSON-stat 資料集): dense or sparse values, status, roles.

After the public description of the format: `id` and `size` name the dimensions in the order in
which values are laid out, the last one running fastest.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import prod

from minben.indicators.engine.faults import Fault, Faulty
from minben.indicators.engine.strict import Json
from minben.indicators.reading.dimensions import Assigned, assigned
from minben.indicators.reading.documents import array, table, text
from minben.indicators.reading.grids import enough
from minben.indicators.reading.sdmx_json import number_in
from minben.indicators.reading.stated import Gathered, Options, Raw, Variable


def is_json_stat(found: Mapping[str, Json]) -> bool:
    """Whether a document says it is of this format."""
    return "version" in found and "class" in found


def taken(name: str, found: Mapping[str, Json], options: Options, into: Gathered) -> None:
    """Take every value in. Raises Faulty: another class, sizes that do not fit, no units."""
    into.format = "json-stat"
    if found.get("class") != "dataset":
        text_ = f"is JSON-stat of class {found.get('class')!r}; only a dataset has values"
        raise Faulty([Fault(name, "unknown_format", text_)])
    codes = _codes(name, found)
    roles = _roles(name, found, codes, options)
    values, statuses = _laid_out(name, found, "value", codes), found.get("status")
    _say(found, roles, codes, into)
    for place, value in values:
        key = _key(place, codes)
        indicator = roles.indicator(key)
        if not into.wants(indicator, options):
            continue
        where = f"{name}, value {place} ({', '.join(key.values())})"
        written, number, trouble = number_in(value)
        period = key[roles.period] if roles.period else ""
        status = _status(statuses, place)
        unit = key[roles.unit]
        into.raws.append(
            Raw(where, unit, period, indicator, written, number, trouble, None, None, status)
        )
        enough(into, name)


def _codes(name: str, found: Mapping[str, Json]) -> dict[str, Sequence[str]]:
    """Codes by dimension, in the order of the values."""
    names, sizes = array(found.get("id")), array(found.get("size"))
    codes: dict[str, Sequence[str]] = {}
    for one in names:
        about = table(table(found.get("dimension")).get(text(one)))
        category = table(about.get("category"))
        index = category.get("index", list(table(category.get("label"))))
        if isinstance(index, dict):
            places = {code: at if isinstance(at, int) else 0 for code, at in index.items()}
            index = sorted(places, key=places.__getitem__)
        codes[text(one)] = [str(code) for code in array(index)]
    if not codes or [len(told) for told in codes.values()] != list(sizes):
        told = f"sizes {list(sizes)} do not fit the categories {[len(c) for c in codes.values()]}"
        raise Faulty([Fault(name, "size", told)])
    return codes


def _roles(
    name: str, found: Mapping[str, Json], codes: Mapping[str, Sequence[str]], options: Options
) -> Assigned:
    said = table(found.get("role"))
    roles = {
        "unit": next((one for one in map(text, array(said.get("geo"))) if one in codes), ""),
        "period": next((one for one in map(text, array(said.get("time"))) if one in codes), ""),
    }
    metric = [one for one in map(text, array(said.get("metric"))) if one in codes]
    alone = codes[metric[0]][0] if metric and len(codes[metric[0]]) == 1 else "value"
    return assigned(name, codes, options, roles, alone)


def _laid_out(
    name: str, found: Mapping[str, Json], what: str, codes: Mapping[str, Sequence[str]]
) -> Iterator[tuple[int, Json]]:
    """Values by their place: all of them in a list, or some in a table."""
    whole = prod(len(told) for told in codes.values())
    values = found.get(what)
    if isinstance(values, list) and len(values) == whole:
        return iter(enumerate(values))
    if isinstance(values, dict):
        places = [int(one) if one.isascii() and one.isdigit() else whole for one in values]
        if all(place < whole for place in places):
            return iter(sorted(zip(places, values.values(), strict=True), key=lambda one: one[0]))
        told = f"a place of {what} is beyond the {whole} there are"
    else:
        told = f"{what} does not hold the {whole} that the sizes make"
    raise Faulty([Fault(name, "size", told)])


def _key(place: int, codes: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Codes by dimension of the value at a place."""
    found: list[tuple[str, str]] = []
    for name in reversed(list(codes)):
        place, at = divmod(place, len(codes[name]))
        found.append((name, codes[name][at]))
    return dict(reversed(found))


def _status(statuses: Json, place: int) -> str:
    if isinstance(statuses, list):
        return text(statuses[place]) if place < len(statuses) else ""
    if isinstance(statuses, dict):
        return text(statuses.get(str(place)))
    return text(statuses)


def _say(
    found: Mapping[str, Json],
    roles: Assigned,
    codes: Mapping[str, Sequence[str]],
    into: Gathered,
) -> None:
    """Names and units of measurement, where one dimension names the indicators."""
    if len(roles.names) != 1:
        return
    about = table(table(found.get("dimension")).get(roles.names[0]))
    category = table(about.get("category"))
    labels, units = table(category.get("label")), table(category.get("unit"))
    for code in codes[roles.names[0]]:
        measure = text(table(units.get(code)).get("label"))
        into.said[code] = Variable(code, "number", text(labels.get(code)), measure)
