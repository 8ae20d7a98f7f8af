"""What is noticed about data (資料檢核意見): faults refuse it, warnings are told and left to judge."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from minben.indicators.engine.faults import Fault

Level = Literal["fault", "warning"]


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that was noticed.

    Args:
        level: ``fault`` refuses the data, ``warning`` does not.
        where: file, line or cell; or the columns it is about.
        code: stable, for tests and translations; a key of `SENTENCES`.
        text: one sentence.
        params: what the sentence names, for other languages.
    """

    level: Level
    where: str
    code: str
    text: str
    params: tuple[tuple[str, str], ...] = ()

    @property
    def fault(self) -> Fault:
        """The same as a fault."""
        return Fault(self.where, self.code, self.text)


# Sentences by code, with the places of what they name; other languages have the same places.
SENTENCES: Final[Mapping[str, str]] = {
    "unit_unknown": "{name!r} is no {kind} known by that name",
    "unit_unknown_near": "{name!r} is no {kind} known by that name; did you mean {nearest!r}?",
    "unit_spelt_twice": "{name!r} is {known}, which stands as {other!r} at {place} in {period} too",
    "unit_spelt_otherwise": "{known} is spelt {names}: in a series these are several units",
    "units_alike": "{name!r} and {other!r} differ only in case, width, blanks or punctuation",
    "unit_not_then": "{name!r} was no name of {known} in {period}",
    "aggregate_among_units": "{name!r} is a sum or mean of other units: it would be ranked among them",
    "out_of_range": "{count} of {n} values are not within {low} to {high}, such as {value} ({unit})",
    "ratio_not_percent": "all {n} values lie between 0 and 1, though told in per cent",
    "percent_not_ratio": "{count} of {n} values are above 1, such as {value} ({unit}), though a ratio",
    "percent_and_ratio": "{count} values up to {small} stand among {rest} from {large}: shares among per cents?",
    "identical_series": "equals {other} in all {n} places both have, such as {value} ({unit})",
    "identical_mostly": "equals {other} in {count} of {n} places both have, such as {value} ({unit})",
    "identical_value": "{value} ({unit}) equals {other} in the same period to the last digit",
    "identical_periods": "all {n} values of {period} equal those of {other}{more}",
    "base_mismatch": "counts {base!r}, and {other} counts {other_base!r}: not to be compared as they are",
    "direction_doubtful": "goes against the others of {dimension} (correlation {r}): is its direction right?",
    "few_values": "has only {count} different values among {n}",
    "no_variance": "all {n} values are {value}{periods}",
    "outliers": "{count} of {n} values lie far from the others in {period}, such as {value} ({unit})",
    "no_values": "has no value at all: nobody is compared by it",
    "override_nobody": "an exception is about {unit}, who is not there",
    "misplaced_mark": "{value} is {factor} times what {unit} has in other periods",
}  # fmt: skip


def warning(where: str, code: str, **params: object) -> Remark:
    """A warning."""
    return _remark("warning", where, code, params)


def refusal(where: str, code: str, **params: object) -> Remark:
    """A fault."""
    return _remark("fault", where, code, params)


def _remark(level: Level, where: str, code: str, params: Mapping[str, object]) -> Remark:
    told = {name: told_short(one) for name, one in params.items()}
    return Remark(level, where, code, SENTENCES[code].format(**told), tuple(sorted(told.items())))


def told_short(value: object) -> str:
    """A number with up to six digits; a text cut at eighty letters."""
    return f"{value:.6g}" if isinstance(value, float) else str(value)[:80]
