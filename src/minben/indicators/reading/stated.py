"""What files state (觀測值): the one form between every format and everything else.

Whoever wants observations uses two functions and these types:

    from minben.indicators.reading import read_file, read_folder

    content = read_folder({"egdi-2018.xlsx": data, "more.csv": other})
    content.faults                          # refuse everything if there is one
    for one in content.stated: ...          # every observation of all columns, in the files' order
    content.variables["osi"].kind           # "number" or "label"

In a column of numbers `Stated.value` is the number, NaN where the file says it is missing, and
`text` is None. In a column of labels, such as the group of a unit, `text` is what is written and
`value` is NaN. Nothing is rounded, filled or renamed: `unit` stands as written, trimmed.

Terms: observation 觀測值, variable 變項, missing 缺漏, standard error 標準誤 (主計總處統計名詞).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from minben.indicators.engine.faults import Fault

Kind = Literal["number", "label"]


class Stated(NamedTuple):
    """One observation.

    Args:
        where: file, line or cell, and column, as told in faults.
        unit: code or name of the unit, as written, trimmed.
        period: such as ``2018`` or ``2018-Q1``; empty where the file has none.
        indicator: the column, or the dimensions that name it, joined by a full stop.
        value: NaN if missing, or if this is a label.
        text: the label; None for numbers.
        n: number of answers the value rests on, if told.
        se: standard error, in the unit of the value, if told.
        status: flag of the source, such as SDMX's OBS_STATUS (E estimated, P provisional).
        file: name of the file.
    """

    where: str
    unit: str
    period: str
    indicator: str
    value: float
    text: str | None
    n: int | None
    se: float | None
    status: str
    file: str


@dataclass(frozen=True)
class Variable:
    """A column, and what its source says of it. What no source says is empty.

    Args:
        code: as in `Stated.indicator`.
        kind: whether it holds numbers or labels.
        name: in words.
        measure: unit of measurement, in words or as a code.
        direction: 1 if more is better, -1 if worse, 0 if not told.
    """

    code: str
    kind: Kind
    name: str = ""
    measure: str = ""
    direction: int = 0


@dataclass(frozen=True)
class Content:
    """What files state, together.

    Args:
        stated: every observation, in the order of the files.
        variables: by code, in the order first met.
        faults: what is wrong, in the order of the files; empty if all can be used.
        formats: by file, such as ``csv``, ``xlsx`` or ``sdmx-json``.
        recipes: drafts of recipes that came with the data (COINr's iMeta), as JSON documents.
        named: where the name of a unit in a period stands, in files where that is a place of its
            own.
        passed: columns that were not asked for and not looked at, in the order first met.
    """

    stated: tuple[Stated, ...]
    variables: Mapping[str, Variable]
    faults: tuple[Fault, ...] = ()
    formats: Mapping[str, str] = field(default_factory=dict)
    recipes: tuple[Mapping[str, Any], ...] = ()  # Any: JSON values
    named: Mapping[tuple[str, str], str] = field(default_factory=dict)
    passed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Options:
    """What is known of files before they are read; by default nothing.

    Args:
        kinds: what columns hold. Others: numbers if at least half of what is written are.
        only: columns to take; others are not looked at. None takes all.
        unit, period, indicator, value: the column or dimension that tells each, where a file does
            not use the usual names. `indicator` may name several, separated by commas. With
            `indicator` and `value` a table is long.
        decimal: the decimal mark of text files, ``.`` or ``,``.
    """

    kinds: Mapping[str, Kind] = field(default_factory=dict)
    only: frozenset[str] | None = None
    unit: str = ""
    period: str = ""
    indicator: str = ""
    value: str = ""
    decimal: str = "."


class Raw(NamedTuple):
    """An observation before it is known whether its column holds numbers or labels.

    Args:
        written: what the cell holds, trimmed.
        value: the number that is, NaN for missing and for what is none.
        trouble: why it is no number (code and sentence), None if it is one or missing.
        Others as in `Stated`.
    """

    where: str
    unit: str
    period: str
    indicator: str
    written: str
    value: float
    trouble: tuple[str, str] | None = None
    n: int | None = None
    se: float | None = None
    status: str = ""


@dataclass
class Gathered:
    """What one reader gathers from one file; `faults` grows instead of stopping at the first.

    `said` is what the file tells of its variables, `kinds` what it says they hold; `recipes` and
    `named` are as in `Content`; `passed` holds names only.
    """

    format: str
    raws: list[Raw] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    said: dict[str, Variable] = field(default_factory=dict)
    kinds: dict[str, Kind] = field(default_factory=dict)
    recipes: list[Mapping[str, Any]] = field(default_factory=list)  # Any: JSON values
    named: dict[tuple[str, str], str] = field(default_factory=dict)
    passed: dict[str, None] = field(default_factory=dict)

    def wants(self, name: str, options: Options) -> bool:
        """Whether a column is to be taken; the name of one that is passed by is noted."""
        if options.only is None or name in options.only:
            return True
        self.passed[name] = None
        return False
