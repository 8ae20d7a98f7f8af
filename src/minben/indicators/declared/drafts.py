"""Sources, units and indicators before they are registered (草稿)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from minben.indicators.declared.statements import ClaimDraft
from minben.indicators.rules import Domain


@dataclass(frozen=True, slots=True)
class SourceDraft:
    """Who publishes figures, and on what terms; fields as in `models.Source`."""

    code: str
    publisher: str
    title_zh: str
    title_en: str
    licence: str
    published_on: date | None = None
    address: str = ""
    open_terms: bool = False
    survey: bool = False
    notes_zh: str = ""
    notes_en: str = ""


@dataclass(frozen=True, slots=True)
class AliasDraft:
    """Another name of a unit, and from when until when it held; the last day is not in it."""

    name: str
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class MemberDraft:
    """A group a unit is in, by its family and code, and when."""

    family: str
    code: str
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class GroupDraft:
    """Units that are compared with each other; fields as in `models.UnitGroup`."""

    family: str
    code: str
    name_zh: str
    name_en: str


@dataclass(frozen=True, slots=True)
class UnitDraft:
    """What is observed, with its other names and its groups.

    Args of note: `agency` (its code or name) and `relations` are of a service, which needs both.
    """

    code: str
    kind: str
    name_zh: str
    name_en: str
    aliases: tuple[AliasDraft, ...] = ()
    groups: tuple[MemberDraft, ...] = ()
    agency: str = ""
    relations: tuple[str, ...] = ()
    where: str = ""


@dataclass(frozen=True, slots=True)
class BreakDraft:
    """From `period` on an indicator is measured otherwise."""

    period: str
    note_zh: str
    note_en: str


@dataclass(frozen=True, slots=True)
class IndicatorDraft:
    """A measure; fields as in `models.Indicator`, which has no `where`: the place it was read at."""

    code: str
    title_zh: str
    title_en: str
    scale: str
    definition_zh: str = ""
    definition_en: str = ""
    unit_zh: str = ""
    unit_en: str = ""
    direction: int = 0
    domain: str = Domain.NONE
    dimension_zh: str = ""
    dimension_en: str = ""
    base_zh: str = ""
    base_en: str = ""
    decimals: int | None = None
    low: float | None = None
    high: float | None = None
    relations: tuple[str, ...] = ()
    order: int | None = None
    breaks: tuple[BreakDraft, ...] = ()
    where: str = ""


@dataclass(frozen=True)
class Layout:
    """How files of a source are read, where they do not use the usual names of columns.

    Args:
        unit, period, indicator, value, decimal: as in `reading.stated.Options`.
        columns: name of a column in the files by code of the indicator it is.
        leave_out: columns that are not taken.
        default_period: of rows that name none.
    """

    unit: str = ""
    period: str = ""
    indicator: str = ""
    value: str = ""
    decimal: str = "."
    columns: Mapping[str, str] = field(default_factory=dict)
    leave_out: frozenset[str] = frozenset()
    default_period: str = ""


@dataclass(frozen=True)
class Framework:
    """One document: a source with its units, groups, indicators and what is said of its figures."""

    source: SourceDraft
    agency: str = ""
    units: tuple[UnitDraft, ...] = ()
    groups: tuple[GroupDraft, ...] = ()
    indicators: tuple[IndicatorDraft, ...] = ()
    claims: tuple[ClaimDraft, ...] = ()
    layout: Layout = field(default_factory=Layout)
