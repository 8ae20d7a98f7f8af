"""SDMX-JSON data messages 1.0 and 2.0 (統計資料與詮釋資料交換), flat or in series.

After the field guide of the SDMX technical group: keys are places in the lists of codes that the
structure holds; an observation is a list of its measures, then of its attributes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite, nan

from minben.indicators.engine.faults import Fault, Faulty
from minben.indicators.engine.strict import Json
from minben.indicators.reading.cells import Trouble, parsed
from minben.indicators.reading.dimensions import Assigned, assigned
from minben.indicators.reading.documents import array, is_number, table, text
from minben.indicators.reading.grids import enough
from minben.indicators.reading.multiples import Multiples
from minben.indicators.reading.stated import Gathered, Options, Raw

STATUS, MULTIPLE, MEASURED = "OBS_STATUS", "UNIT_MULT", "UNIT_MEASURE"


def is_sdmx(found: Mapping[str, Json]) -> bool:
    """Whether a document is a data message; older ones have no `data` around it."""
    inside = table(found.get("data")) or found
    return "dataSets" in inside and ("structure" in inside or "structures" in inside)


@dataclass(frozen=True)
class Component:
    """A dimension, measure or attribute: its codes in order; none where values stand themselves."""

    code: str
    name: str
    codes: Sequence[str]
    coded: bool
    position: int


def taken(name: str, found: Mapping[str, Json], options: Options, into: Gathered) -> None:
    """Take every observation in. Raises Faulty: no structure, no dimension of units."""
    into.format = "sdmx-json"
    inside = table(found.get("data")) or found
    structures = list(array(inside.get("structures"))) or [inside.get("structure")]
    multiples = Multiples(into)
    for number, one in enumerate(array(inside.get("dataSets"))):
        data = table(one)
        which = data.get("structure", 0)
        if not isinstance(which, int) or not 0 <= which < len(structures):
            raise Faulty([Fault(f"{name}, dataSets[{number}]", "no_structure", "names none")])
        if text(data.get("action")).casefold() == "delete":
            told = "takes observations back; only files that state observations can be read"
            raise Faulty([Fault(f"{name}, dataSets[{number}]", "row_deletes", told)])
        _Set(name, number, table(structures[which]), data, options, into, multiples).take()


class _Set:
    """One data set with its structure."""

    def __init__(
        self,
        name: str,
        number: int,
        structure: Mapping[str, Json],
        data: Mapping[str, Json],
        options: Options,
        into: Gathered,
        multiples: Multiples,
    ) -> None:
        self.title = f"{name}, dataSets[{number}]"
        self.structure, self.data = structure, data
        self.options, self.into, self.multiples = options, into, multiples
        self.dimensions = {at: self._components("dimensions", at) for at in LEVELS}
        self.measures = self._components("measures", "observation")
        self.attributes = {at: self._components("attributes", at) for at in LEVELS}

    def take(self) -> None:
        """Take every observation in, or note what is wrong with its key."""
        codes = self._codes()
        alone = text(self.structure.get("id")) or text(self.structure.get("name")) or "value"
        roles = assigned(self.title, codes, self.options, alone=alone)
        for where, key, attributes, values in self._observations():
            self._one(where, key, attributes, values, roles)

    def _codes(self) -> dict[str, Sequence[str]]:
        """Dimensions in the order of the structure, with the codes they take."""
        every = [one for at in LEVELS for one in self.dimensions[at]]
        every.sort(key=lambda one: one.position)
        codes: dict[str, Sequence[str]] = {one.code: one.codes for one in every}
        if len(self.measures) > 1:
            codes["MEASURE_ID"] = [one.code for one in self.measures]
        return codes

    def _one(
        self,
        where: str,
        key: dict[str, str],
        attributes: Mapping[str, str],
        values: Sequence[Json],
        roles: Assigned,
    ) -> None:
        for place, measure in enumerate(self.measures or [PRIMARY]):
            key["MEASURE_ID"] = measure.code
            indicator = roles.indicator(key)
            if not self.into.wants(indicator, self.options):
                continue
            multiple, measured = attributes.get(MULTIPLE, ""), attributes.get(MEASURED, "")
            self.multiples.note(where, indicator, multiple, measured)
            told = values[place] if place < len(values) else None
            if measure.coded and isinstance(told, int) and 0 <= told < len(measure.codes):
                told = measure.codes[told]
            written, value, trouble = number_in(told)
            unit, period = key[roles.unit], key[roles.period] if roles.period else ""
            status = attributes.get(STATUS, "")
            self.into.raws.append(
                Raw(where, unit, period, indicator, written, value, trouble, None, None, status)
            )
        enough(self.into, self.title)

    def _observations(
        self,
    ) -> Iterator[tuple[str, dict[str, str], Mapping[str, str], Sequence[Json]]]:
        """Place, codes by dimension, attributes and values of every observation."""
        for where, observations, above, told in self._series():
            for place, found in table(observations).items():
                at = f"{where}, observation {place}"
                rest = self._key("observation", place, at)
                if rest is None:
                    continue
                values = found if isinstance(found, list) else [found]
                own = self._attributes("observation", values[max(1, len(self.measures)) :])
                yield at, above | rest, told | own, values

    def _series(self) -> Iterator[tuple[str, Json, dict[str, str], dict[str, str]]]:
        """Place, observations, codes and attributes of every series; flat data is one series."""
        first = ":".join("0" for _ in self.dimensions["dataSet"])
        whole = self._key("dataSet", first, self.title)
        above = self._attributes("dataSet", array(self.data.get("attributes")))
        if whole is None:
            return
        if "series" not in self.data:
            yield self.title, self.data.get("observations"), whole, above
            return
        for series, one in table(self.data["series"]).items():
            where = f"{self.title}, series {series}"
            key = self._key("series", series, where)
            if key is not None:
                told = self._attributes("series", array(table(one).get("attributes")))
                yield where, table(one).get("observations"), whole | key, above | told

    def _key(self, level: str, told: str, where: str) -> dict[str, str] | None:
        """Codes by dimension from places joined by colons; None and a fault if there is no such."""
        dimensions = self.dimensions[level]
        places = told.split(":") if told else []
        if len(places) == len(dimensions):
            found = {
                one.code: one.codes[int(place)]
                for one, place in zip(dimensions, places, strict=True)
                if place.isascii() and place.isdigit() and int(place) < len(one.codes)
            }
            if len(found) == len(dimensions):
                return found
        text = f"{told!r} is no key of {', '.join(one.code for one in dimensions) or 'nothing'}"
        self.into.faults.append(Fault(where, "key_unknown", text))
        return None

    def _attributes(self, level: str, told: Sequence[Json]) -> dict[str, str]:
        """Attributes by name: places in a list of codes, or values themselves."""
        found: dict[str, str] = {}
        for one, value in zip(self.attributes[level], told, strict=False):
            if one.coded and isinstance(value, int) and 0 <= value < len(one.codes):
                found[one.code] = one.codes[value]
            elif not one.coded and value is not None:
                found[one.code] = str(value)
        return found

    def _components(self, kind: str, level: str) -> list[Component]:
        listed = array(table(self.structure.get(kind)).get(level))
        return [_component(one, number) for number, one in enumerate(listed)]


LEVELS = ("dataSet", "series", "observation")
PRIMARY = Component("OBS_VALUE", "", (), coded=False, position=0)


def _component(found: Json, number: int) -> Component:
    about = table(found)
    values = array(about.get("values"))
    codes = [text(table(v).get("id")) or str(table(v).get("value", "")) for v in values]
    position = about.get("keyPosition")
    return Component(
        code=text(about.get("id")),
        name=text(about.get("name")),
        codes=codes,
        coded=bool(codes),
        position=position if isinstance(position, int) else number,
    )


def number_in(found: Json) -> tuple[str, float, Trouble | None]:
    """What is written in a place of a JSON document, the number it is, and why it is none."""
    if found is None:
        return "", nan, None
    if is_number(found):
        if isfinite(found):
            return repr(found), float(found), None
        return str(found), nan, ("text_in_number", f"{found} is too large for a number")
    if isinstance(found, str):
        value, trouble = parsed(found.strip())
        return found.strip(), value, trouble
    return str(found)[:40], nan, ("text_in_number", f"{str(found)[:40]} is no number")
