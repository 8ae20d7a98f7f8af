"""Faults and remarks whose sentence can be said in any language (附參數之註記)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from minben.indicators.engine.faults import Fault

Params = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Noted(Fault):
    """A fault, or a remark, with what its sentence names."""

    params: Params = ()


# The sentences for terminals and tests; `words` has those of the pages, with the same places.
SENTENCES: Final[Mapping[str, str]] = {
    "unit_unknown": "'{name}' is no unit that is known",
    "unit_unknown_near": "'{name}' is no unit that is known; the nearest name is '{nearest}'",
    "unit_ambiguous": "'{name}' may mean any of {units}",
    "unit_not_then": "'{name}' did not mean {unit} in {period}",
    "indicator_unknown": "'{name}' is no indicator of this source",
    "indicator_unknown_near": "'{name}' is no indicator of this source; the nearest is '{nearest}'",
    "column_absent": "no file has the column '{name}' of the indicator {indicator}",
    "period_missing": "names no period; say which one applies to rows without",
    "no_period": "'{period}' is no period: write 2019, 2019-Q3 or 2019-07",
    "status_unknown": "'{status}' is no status of an observation",
    "status_against_value": "has a value, and is marked '{status}': missing or withheld",
    "observed_twice": "{unit} {period} of {indicator} stands at {other} too",
    "too_many_rows": "more than {most} observations; split the import",
    "nothing_stated": "there is no observation in these files",
    "left_out": "the column '{name}' holds text and is not taken",
    "direction_differs": "'{name}': the file says that {file}, the registry that {registry}",
}


def noted(code: str, **params: str) -> tuple[str, str, Params]:
    """Code, sentence and what it names, for a `Noted`."""
    return code, SENTENCES[code].format(**params), tuple(sorted(params.items()))
