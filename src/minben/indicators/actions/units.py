"""Registering what is observed (登錄單位): countries, counties, agencies, services, with names."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from minben.audit.actions import record
from minben.indicators.actions.owners import Owners, may_change, owner_fault, owners_of
from minben.indicators.actions.shared import one_by_one, require_keeping_units, require_whole
from minben.indicators.declared.drafts import AliasDraft, GroupDraft, MemberDraft, UnitDraft
from minben.indicators.engine.faults import Fault
from minben.indicators.models import Membership, Unit, UnitAlias, UnitGroup
from minben.indicators.permissions import may_change_units
from minben.indicators.rules import NAME_MAX, folded, in_order
from minben.kernel.actor import Actor, ActorKind
from minben.kernel.refusal import Refusal

GroupKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Registered:
    """What a registration did: codes of units, ``family:code`` of groups."""

    created: tuple[str, ...]
    changed: tuple[str, ...]
    groups: tuple[str, ...]


@transaction.atomic
def register_units(
    *, units: Sequence[UnitDraft], groups: Sequence[GroupDraft] = (), by: Actor, at: datetime
) -> Registered:
    """Register units and groups; what is there gets what is new of names, aliases and groups.

    Nothing is taken away: an alias that held no longer gets its last day. The same again changes
    nothing. A service is its agency's: that agency's officers and leads register and change it.

    Raises:
        Faulty: a code twice, a name that another unit bears, a group nobody declared, a unit that
            is there and not the actor's to change, an agency that is none or not the actor's.
        Refusal: ``indicators_units_not_yours``.
    """
    require_keeping_units(by)
    one_by_one("units")
    known = {
        one.code: one
        for one in Unit.objects.select_for_update()
        .filter(code__in=[draft.code for draft in units])
        .order_by("code")
    }
    fresh_groups = _new_groups(groups)
    owners = owners_of(units, at)
    require_whole(
        _unit_faults(units, known, owners, by)
        + _group_faults(units, fresh_groups)
        + _name_faults(units)
    )
    for group in fresh_groups.values():
        group.save(force_insert=True)
    all_groups = _groups({(one.family, one.code) for draft in units for one in draft.groups})
    created, changed = [], []
    for draft in units:
        there = known.get(draft.code)
        told = _told_of(draft, owners)
        unit = there or Unit.objects.create(code=draft.code, **told)
        differs = there is not None and _retold(there, told)
        differs |= _aliased(unit, draft.aliases)
        differs |= _joined(unit, draft.groups, all_groups)
        if there is None:
            created.append(draft.code)
        elif differs:
            changed.append(draft.code)
    new_groups = tuple(f"{family}:{code}" for family, code in fresh_groups)
    done = Registered(tuple(created), tuple(changed), new_groups)
    if created or changed or new_groups:
        data = {"created": created, "changed": changed, "groups": list(new_groups)}
        record("indicators.units_registered", by=by, at=at, subject="units", data=data)
    return done


@transaction.atomic
def add_alias(
    *,
    unit_code: str,
    name: str,
    valid_from: date | None,
    valid_until: date | None,
    by: Actor,
    at: datetime,
) -> UnitAlias:
    """Another name of a unit, from `valid_from` on and until the day before `valid_until`.

    Raises:
        Refusal: ``indicators_units_not_yours``, ``indicators_unit_unknown``,
            ``indicators_alias_name``, ``indicators_alias_span``, ``indicators_alias_there``,
            ``indicators_alias_taken``.
    """
    one_by_one("units")
    unit = _held(unit_code, by)
    bare = " ".join(name.split())
    if not bare or len(bare) > NAME_MAX:
        raise Refusal("indicators_alias_name", field="name")
    if valid_from and valid_until and valid_until <= valid_from:
        raise Refusal("indicators_alias_span", field="valid_until")
    draft = AliasDraft(bare, valid_from, valid_until)
    if unit.aliases.filter(folded=folded(bare)).exists():
        raise Refusal("indicators_alias_there", field="name", name=bare)
    if taken := _bearers([(unit_code, draft)]):
        raise Refusal("indicators_alias_taken", field="name", name=bare, unit=taken[0][1])
    _aliased(unit, (draft,))
    data = {
        "unit": unit_code,
        "name": bare,
        "valid_from": _told(valid_from),
        "valid_until": _told(valid_until),
    }
    record("indicators.alias_added", by=by, at=at, subject=f"unit:{unit.pk}", data=data)
    return unit.aliases.get(folded=folded(bare))


@transaction.atomic
def remove_alias(*, unit_code: str, alias_id: int, by: Actor, at: datetime) -> None:
    """Take a name back that was never one; the record keeps it.

    Raises:
        Refusal: ``indicators_units_not_yours``, ``indicators_unit_unknown``,
            ``indicators_alias_unknown``.
    """
    unit = _held(unit_code, by)
    alias = unit.aliases.filter(pk=alias_id).first()
    if alias is None:
        raise Refusal("indicators_alias_unknown")
    data = {"unit": unit_code, "name": alias.name}
    alias.delete()
    record("indicators.alias_removed", by=by, at=at, subject=f"unit:{unit.pk}", data=data)


def _held(code: str, by: Actor) -> Unit:
    if by.kind is not ActorKind.SYSTEM and not may_change_units(by):
        raise Refusal("indicators_units_not_yours")
    unit = Unit.objects.select_for_update().filter(code=code).first()
    if unit is None:
        raise Refusal("indicators_unit_unknown", field="unit", unit=code)
    return unit


def _told(day: date | None) -> str:
    return day.isoformat() if day else ""


def _new_groups(groups: Sequence[GroupDraft]) -> dict[GroupKey, UnitGroup]:
    there = _groups({(one.family, one.code) for one in groups})
    return {
        (one.family, one.code): UnitGroup(
            family=one.family, code=one.code, name_zh=one.name_zh, name_en=one.name_en
        )
        for one in groups
        if (one.family, one.code) not in there
    }


def _groups(keys: Collection[GroupKey]) -> dict[GroupKey, UnitGroup]:
    rows = UnitGroup.objects.filter(family__in={family for family, _ in keys})
    return {(one.family, one.code): one for one in rows if (one.family, one.code) in keys}


def _unit_faults(
    units: Sequence[UnitDraft], known: Mapping[str, Unit], owners: Owners, by: Actor
) -> list[Fault]:
    faults = []
    seen: set[str] = set()
    for draft in units:
        there = known.get(draft.code)
        if draft.code in seen:
            faults.append(Fault(draft.where, "stands_twice", f"'{draft.code}' stands twice"))
        elif there is None or _differs(there, draft, owners):
            if there is not None and not may_change(there, draft, by):
                text = f"'{draft.code}' is there already; administrators change it"
                faults.append(Fault(draft.where, "unit_not_yours", text))
            elif fault := owner_fault(draft, owners, by):
                faults.append(fault)
        seen.add(draft.code)
    return faults


def _group_faults(units: Sequence[UnitDraft], fresh: Collection[GroupKey]) -> list[Fault]:
    there = _groups({(one.family, one.code) for draft in units for one in draft.groups})
    return [
        Fault(draft.where, "group_unknown", f"nobody declared '{one.family}:{one.code}'")
        for draft in units
        for one in draft.groups
        if (one.family, one.code) not in there and (one.family, one.code) not in fresh
    ]


def _name_faults(units: Sequence[UnitDraft]) -> list[Fault]:
    where = {draft.code: draft.where for draft in units}
    named = [
        (draft.code, alias)
        for draft in units
        for alias in (AliasDraft(draft.name_zh), AliasDraft(draft.name_en), *draft.aliases)
    ]
    return [
        Fault(where[code], "name_taken", f"'{name}' is a name of '{other}' too")
        for code, other, name in _bearers(named)
    ]


def _bearers(named: Sequence[tuple[str, AliasDraft]]) -> list[tuple[str, str, str]]:
    """Units, and the other units that bear a name of theirs at the same time, and the name."""
    spans: dict[str, list[tuple[str, AliasDraft]]] = {}
    for code, alias in named:
        spans.setdefault(folded(alias.name), []).append((code, alias))
    rows = UnitAlias.objects.filter(folded__in=list(spans)).order_by("pk")
    for code, name, start, end in rows.values_list(
        "unit__code", "folded", "valid_from", "valid_until"
    ):
        spans[name].append((code, AliasDraft(name, start, end)))
    # Names of units are few; folding is Python's, so the database cannot compare them.
    for code, zh, en in Unit.objects.order_by("code").values_list("code", "name_zh", "name_en"):
        for name in {folded(zh), folded(en), folded(code)} & spans.keys():
            spans[name].append((code, AliasDraft(name)))
    return [
        (code, other, alias.name)
        for code, alias in named
        for other, theirs in spans[folded(alias.name)]
        if other != code and _meet(alias, theirs)
    ]


def _meet(one: AliasDraft, other: AliasDraft) -> bool:
    starts = max(one.valid_from or date.min, other.valid_from or date.min)
    return starts < min(one.valid_until or date.max, other.valid_until or date.max)


def _differs(there: Unit, draft: UnitDraft, owners: Owners) -> bool:
    """Whether a draft says something else of a unit, or more."""
    aliases = {(one.folded, one.valid_from, one.valid_until) for one in there.aliases.all()}
    rows = there.memberships.select_related("group")
    groups = {(one.group.family, one.group.code, one.valid_from, one.valid_until) for one in rows}
    return (
        any(getattr(there, name) != told for name, told in _told_of(draft, owners).items())
        or any(
            (folded(one.name), one.valid_from, one.valid_until) not in aliases
            for one in draft.aliases
        )
        or any(
            (one.family, one.code, one.valid_from, one.valid_until) not in groups
            for one in draft.groups
        )
    )


def _told_of(draft: UnitDraft, owners: Owners) -> dict[str, Any]:
    """What a draft says of a unit itself. Any: values of columns."""
    return {
        "kind": draft.kind,
        "name_zh": draft.name_zh,
        "name_en": draft.name_en,
        "agency_id": owners.get(draft.agency),
        "relations": in_order(draft.relations),
    }


def _retold(there: Unit, told: Mapping[str, Any]) -> bool:
    changed = [name for name, value in told.items() if getattr(there, name) != value]
    for name in changed:
        setattr(there, name, told[name])
    if changed:
        there.save(update_fields=changed)
    return bool(changed)


def _aliased(unit: Unit, aliases: Iterable[AliasDraft]) -> bool:
    """Write the aliases that are new or held at other times; whether there were any."""
    there = {one.folded: one for one in unit.aliases.all()}
    differs = False
    for draft in aliases:
        alias = there.get(folded(draft.name)) or UnitAlias(unit=unit, folded=folded(draft.name))
        span = (draft.valid_from, draft.valid_until)
        if alias.pk is None or (alias.valid_from, alias.valid_until) != span:
            alias.name, (alias.valid_from, alias.valid_until) = draft.name, span
            alias.save()
            there[alias.folded] = alias
            differs = True
    return differs


def _joined(
    unit: Unit, members: Iterable[MemberDraft], groups: Mapping[GroupKey, UnitGroup]
) -> bool:
    """Write memberships that are new or end otherwise; whether there were any."""
    there = {(one.group_id, one.valid_from): one for one in unit.memberships.all()}
    differs = False
    for draft in members:
        group = groups[draft.family, draft.code]
        row = there.get((group.pk, draft.valid_from)) or Membership(
            unit=unit, group=group, valid_from=draft.valid_from
        )
        if row.pk is None or row.valid_until != draft.valid_until:
            row.valid_until = draft.valid_until
            row.save()
            there[group.pk, draft.valid_from] = row
            differs = True
    return differs
