"""Which dimension is what (維度), in formats whose observations have a key of many dimensions.

The unit is REF_AREA or its like, the period TIME_PERIOD or its like, and the indicator is named by
the dimensions that remain and that vary, joined by a full stop in the file's order. Who wants it
otherwise says so in `Options`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from minben.indicators.engine.faults import Fault, Faulty
from minben.indicators.reading.stated import Options

UNITS = ("REF_AREA", "LOCATION", "COUNTRY", "GEO", "GEO_AREA", "GEOGRAPHY", "REGION", "COU", "AREA", "UNIT")  # fmt: skip
PERIODS = ("TIME_PERIOD", "TIME", "PERIOD", "YEAR", "REF_PERIOD")
INDICATORS = ("INDICATOR", "MEASURE", "SERIES", "CONTENTSCODE", "METRIC")


@dataclass(frozen=True)
class Assigned:
    """The dimensions by what they tell.

    Args:
        unit: its name; `period` too, empty if there is none.
        names: those that name the indicator, in order; may be empty.
        alone: the name of the indicator where `names` is empty.
    """

    unit: str
    period: str
    names: Sequence[str]
    alone: str

    def indicator(self, key: Mapping[str, str]) -> str:
        """The name of the indicator of an observation."""
        return ".".join(key[name] for name in self.names) or self.alone


def assigned(
    title: str,
    codes: Mapping[str, Sequence[str]],
    options: Options,
    roles: Mapping[str, str] | None = None,
    alone: str = "value",
) -> Assigned:
    """Who is who among dimensions, each given with the codes it takes in this file.

    Args:
        roles: what the file itself says: ``unit`` and ``period`` → dimension.
        alone: what an indicator is called that no dimension names, such as the data set.

    Raises:
        Faulty: no dimension tells the unit, or one was asked for that is not there.
    """
    roles = roles or {}
    unit = _found(title, codes, options.unit, roles.get("unit", ""), UNITS)
    if not unit:
        text = f"has no dimension of units such as REF_AREA among {', '.join(codes)}"
        raise Faulty([Fault(title, "no_unit", text)])
    period = _found(title, codes, options.period, roles.get("period", ""), PERIODS)
    if options.indicator:
        asked = [one.strip() for one in options.indicator.split(",")]
        names = [_found(title, codes, one, "", ()) for one in asked]
    else:
        names = [n for n in codes if n not in (unit, period) and len(set(codes[n])) > 1]
    by_capitals = {name.upper(): name for name in codes}
    for one in INDICATORS:
        told = codes.get(by_capitals.get(one, ""), ())
        if len(set(told)) == 1:
            alone = told[0]
            break
    return Assigned(unit, period, names, alone)


def _found(
    title: str, codes: Mapping[str, Sequence[str]], asked: str, role: str, usual: Sequence[str]
) -> str:
    if asked and asked not in codes:
        raise Faulty([Fault(title, "no_dimension", f"has no dimension {asked}")])
    by_capitals = {name.upper(): name for name in codes}
    usual_one = next((by_capitals[one] for one in usual if one in by_capitals), "")
    return asked or role or usual_one
