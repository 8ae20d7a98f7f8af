"""Drafts from the fields of a declaration (由欄位組成草稿)."""

from collections.abc import Mapping, Sequence
from dataclasses import fields

from minben.indicators.declared.drafts import (
    AliasDraft,
    BreakDraft,
    GroupDraft,
    IndicatorDraft,
    MemberDraft,
    SourceDraft,
    UnitDraft,
)
from minben.indicators.declared.fields import Entry
from minben.indicators.rules import (
    TEXT_MAX,
    Direction,
    Domain,
    Relation,
    Scale,
    UnitKind,
    in_order,
)


def _fields(draft: type) -> frozenset[str]:
    """What may be declared of one; `where` is no field of it."""
    return frozenset(one.name for one in fields(draft)) - {"where"}


SOURCE = _fields(SourceDraft) | {"agency"}
UNIT, GROUP, ALIAS = _fields(UnitDraft), _fields(GroupDraft), _fields(AliasDraft)
MEMBER, BREAK, INDICATOR = _fields(MemberDraft), _fields(BreakDraft), _fields(IndicatorDraft)
UNIT_WORD_MAX = 40
ADDRESS_MAX = 500
UNREAD = frozenset({"no_text", "no_list"})  # something stands there, and is wrong already


def source_of(entry: Entry) -> SourceDraft:
    """A source; `agency` is left to the caller."""
    entry.refuse_others(SOURCE)
    address = entry.text("address", ADDRESS_MAX)
    if address and not address.startswith(("https://", "http://")):
        entry.fault("address", "no_address", "is no web address: begin with https://")
    return SourceDraft(
        code=entry.code("code"),
        publisher=entry.text("publisher", needed=True),
        title_zh=entry.text("title_zh", needed=True),
        title_en=entry.text("title_en", needed=True),
        licence=entry.text("licence", needed=True),
        published_on=entry.day("published_on"),
        address=address,
        open_terms=entry.truth("open_terms"),
        survey=entry.truth("survey"),
        notes_zh=entry.text("notes_zh", TEXT_MAX),
        notes_en=entry.text("notes_en", TEXT_MAX),
    )


def unit_of(
    entry: Entry, aliases: Sequence[Entry], groups: Sequence[Entry], relations: Sequence[str]
) -> UnitDraft:
    """A unit with its aliases and the groups it is in; a service with whom it is between."""
    entry.refuse_others(UNIT)
    kind = entry.choice("kind", UnitKind)
    agency = entry.text("agency")
    if kind:
        _of_services(entry, {"agency": agency, "relations": relations}, kind == UnitKind.SERVICE)
    return UnitDraft(
        code=entry.code("code"),
        kind=kind,
        name_zh=entry.text("name_zh", needed=True),
        name_en=entry.text("name_en", needed=True),
        aliases=tuple(alias_of(one) for one in aliases),
        groups=tuple(member_of(one) for one in groups),
        agency=agency,
        relations=_relations(entry, relations),
        where=entry.place("code"),
    )


def _of_services(entry: Entry, told: Mapping[str, Sequence[str]], is_service: bool) -> None:
    """A service needs its agency and its relations; whatever is none has neither."""
    unread = {one.where for one in entry.faults if one.code in UNREAD}
    for name, value in told.items():
        if is_service and not value and entry.place(name) not in unread:
            entry.fault(name, "field_missing", "is needed for a service")
        elif value and not is_service:
            entry.fault(name, "no_service", "belongs to a service, and this is none")


def alias_of(entry: Entry) -> AliasDraft:
    """Another name."""
    entry.refuse_others(ALIAS)
    return AliasDraft(entry.text("name", needed=True), *entry.span("valid_from", "valid_until"))


def member_of(entry: Entry) -> MemberDraft:
    """A group a unit is in."""
    entry.refuse_others(MEMBER)
    span = entry.span("valid_from", "valid_until")
    return MemberDraft(entry.code("family"), entry.code("code"), *span)


def group_of(entry: Entry) -> GroupDraft:
    """A group."""
    entry.refuse_others(GROUP)
    return GroupDraft(
        entry.code("family"),
        entry.code("code"),
        entry.text("name_zh", needed=True),
        entry.text("name_en", needed=True),
    )


def break_of(entry: Entry) -> BreakDraft:
    """A break in a series."""
    entry.refuse_others(BREAK)
    return BreakDraft(
        entry.period("period"),
        entry.text("note_zh", needed=True),
        entry.text("note_en", needed=True),
    )


def indicator_of(entry: Entry, relations: Sequence[str], breaks: Sequence[Entry]) -> IndicatorDraft:
    """An indicator."""
    entry.refuse_others(INDICATOR)
    low, high = entry.number("low"), entry.number("high")
    if low is not None and high is not None and low >= high:
        entry.fault("high", "no_span", "is not above low")
    return IndicatorDraft(
        code=entry.code("code"),
        title_zh=entry.text("title_zh", needed=True),
        title_en=entry.text("title_en", needed=True),
        scale=entry.choice("scale", Scale),
        definition_zh=entry.text("definition_zh", TEXT_MAX),
        definition_en=entry.text("definition_en", TEXT_MAX),
        unit_zh=entry.text("unit_zh", UNIT_WORD_MAX),
        unit_en=entry.text("unit_en", UNIT_WORD_MAX),
        direction=entry.whole("direction", Direction.LESS_IS_BETTER, 1) or 0,
        domain=entry.choice("domain", Domain, Domain.NONE),
        dimension_zh=entry.text("dimension_zh"),
        dimension_en=entry.text("dimension_en"),
        base_zh=entry.text("base_zh"),
        base_en=entry.text("base_en"),
        decimals=entry.whole("decimals", 0, 12),
        low=low,
        high=high,
        relations=_relations(entry, relations),
        order=entry.whole("order", 0, 2_000_000_000),
        breaks=_breaks(entry, breaks),
        where=entry.place("code"),
    )


def _relations(entry: Entry, told: Sequence[str]) -> tuple[str, ...]:
    known = tuple(str(one) for one in Relation)
    for one in told:
        if one not in known:
            entry.fault("relations", "no_choice", f"'{one}' is none of {', '.join(known)}")
    return tuple(in_order(told))


def _breaks(entry: Entry, told: Sequence[Entry]) -> tuple[BreakDraft, ...]:
    found = tuple(break_of(one) for one in told)
    periods = [one.period for one in found]
    if len(set(periods)) < len(periods):
        entry.fault("breaks", "stands_twice", "names a period twice")
    return tuple(sorted(found, key=lambda one: one.period))
