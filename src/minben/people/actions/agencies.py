"""The acts on governments and agencies (政府與機關)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from minben.audit.actions import record
from minben.kernel.actor import Actor, Role
from minben.kernel.refusal import Refusal
from minben.people.models import Agency, Jurisdiction
from minben.people.permissions import require_role
from minben.people.rules import AGENCY_NAME_MAX, LIST_BASIS, AgencyKind, chain_of, exists_on

Values = dict[str, Any]  # Any: values of fields, by name


@transaction.atomic
def add_jurisdiction(
    *, code: str, name_zh: str, name_en: str, position: int, by: Actor, at: datetime
) -> Jurisdiction:
    """Add a government that takes proposals; the same code again changes nothing."""
    require_role(by, Role.ADMINISTRATOR)
    government, fresh = Jurisdiction.objects.get_or_create(
        code=code, defaults={"name_zh": name_zh, "name_en": name_en, "position": position}
    )
    if fresh:
        record("people.jurisdiction_added", by=by, at=at, subject=f"jurisdiction:{code}")
    return government


@transaction.atomic
def add_agency(
    *,
    code: str,
    jurisdiction_code: str,
    name_zh: str,
    name_en: str,
    by: Actor,
    at: datetime,
    parent_code: str | None = None,
    aliases: Sequence[str] = (),
    topics: Sequence[str] = (),
    valid_from: date | None = None,
    valid_until: date | None = None,
    successor_code: str | None = None,
    official_code: str = "",
    mailbox: str = "",
    kind: str = AgencyKind.AGENCY,
) -> tuple[Agency, bool]:
    """Add an agency; returns it and whether it is new. The same code again changes nothing.

    Raises:
        Refusal: ``agency_code_unknown`` (parent or successor), ``agency_name``,
            ``agency_code_taken``, ``agency_ends_before``.
    """
    require_role(by, Role.ADMINISTRATOR)
    existing = Agency.objects.filter(code=code).first()
    if existing:
        return existing, False
    agency = Agency(
        code=code,
        jurisdiction=Jurisdiction.objects.get(code=jurisdiction_code),
        name_zh=name_zh,
        name_en=name_en,
        aliases=list(aliases),
        topics=list(topics),
        valid_from=valid_from,
        valid_until=valid_until,
        official_code=official_code,
        mailbox=mailbox,
        kind=kind,
    )
    agency.parent = _other(agency, parent_code, "parent")
    agency.successor = _other(agency, successor_code, "successor")
    _refuse_names(agency)
    _refuse_days(agency)
    agency.save(force_insert=True)
    record("people.agency_added", by=by, at=at, subject=f"agency:{agency.pk}", data={"code": code})
    return agency, True


@transaction.atomic
def change_agency(
    *, code: str, changes: Values, by: Actor, at: datetime
) -> tuple[Agency, tuple[str, ...]]:
    """Change what the list says of an agency; returns it and the names of what changed.

    `changes`: any of name_zh, name_en, aliases, topics, official_code, mailbox, valid_from and
    parent (a code, or empty for none). A former name stays an alias, so that old documents
    find the agency. What was published keeps the name it was published with. Nothing new
    changes nothing.

    Raises:
        Refusal: ``agency_code_unknown``, ``agency_name``, ``agency_code_taken``,
            ``agency_circle``, ``agency_ends_before``.
    """
    require_role(by, Role.ADMINISTRATOR)
    agency = _held(code)
    before = {name: getattr(agency, name) for name in (*_CHANGEABLE, "parent_id")}
    for name in _CHANGEABLE & changes.keys():
        setattr(agency, name, changes[name])
    if "parent" in changes:
        agency.parent = _other(agency, changes["parent"], "parent")
        _refuse_circle(agency)
    if before["name_zh"] != agency.name_zh and before["name_zh"] not in agency.aliases:
        agency.aliases = [*agency.aliases, before["name_zh"]]
    changed = tuple(sorted(name for name in before if getattr(agency, name) != before[name]))
    if not changed:
        return agency, ()
    _refuse_names(agency)
    _refuse_days(agency)
    agency.save(update_fields=changed)
    record(
        "people.agency_changed",
        by=by,
        at=at,
        subject=f"agency:{agency.pk}",
        data={
            "code": code,
            "name": agency.name_zh,
            "parent": agency.parent.code if agency.parent else "",
            "official_code": agency.official_code,
            "valid_from": agency.valid_from.isoformat() if agency.valid_from else "",
            "changed": list(changed),
        },
    )
    return agency, changed


_CHANGEABLE = frozenset(
    {"name_zh", "name_en", "aliases", "topics", "official_code", "mailbox", "valid_from"}
)


@transaction.atomic
def end_agency(
    *, code: str, on: date, successor_code: str | None, by: Actor, at: datetime
) -> Agency:
    """End an agency: from the day `on` it can't be named any more, and its successor is known.

    Its cases, roles and answers stay as they are: what it signed, it signed. Ending it again
    corrects day and successor.

    Raises:
        Refusal: ``agency_code_unknown``, ``agency_circle``, ``agency_not_valid`` (a successor that
            does not exist on that day), ``agency_ends_before``.
    """
    require_role(by, Role.ADMINISTRATOR)
    agency = _held(code)
    successor = _other(agency, successor_code, "successor")
    if (agency.valid_until, agency.successor) == (on, successor):
        return agency
    agency.valid_until, agency.successor = on, successor
    _refuse_days(agency)
    if successor is not None:
        _refuse_succession(agency, successor, on)
    agency.save(update_fields=["valid_until", "successor"])
    record(
        "people.agency_ended",
        by=by,
        at=at,
        subject=f"agency:{agency.pk}",
        data={
            "code": code,
            "valid_until": on.isoformat(),
            "successor": successor.code if successor else "",
        },
    )
    return agency


def _held(code: str) -> Agency:
    agency = (
        Agency.objects.select_for_update(of=("self",))
        .select_related("parent", "successor", "jurisdiction")
        .filter(code=code)
        .first()
    )
    if agency is None:
        raise Refusal("agency_code_unknown", basis=LIST_BASIS, field="code", given=code)
    return agency


def _other(agency: Agency, code: str | None, field: str) -> Agency | None:
    """The agency with that code in the same government, or none without a code."""
    if not code:
        return None
    other = Agency.objects.filter(code=code, jurisdiction=agency.jurisdiction).first()
    if other is None:
        raise Refusal("agency_code_unknown", basis=LIST_BASIS, field=field, given=code)
    return other


def _refuse_names(agency: Agency) -> None:
    agency.name_zh = agency.name_zh.strip()
    others = Agency.objects.filter(jurisdiction=agency.jurisdiction).exclude(pk=agency.pk)
    named = 0 < len(agency.name_zh) <= AGENCY_NAME_MAX
    if not named or others.filter(name_zh=agency.name_zh).exists():
        raise Refusal("agency_name", field="name_zh")
    code = agency.official_code
    if code and others.filter(official_code=code).exists():
        raise Refusal("agency_code_taken", field="official_code", given=code)


def _refuse_days(agency: Agency) -> None:
    began, ended = agency.valid_from, agency.valid_until
    if began is not None and ended is not None and ended <= began:
        raise Refusal("agency_ends_before", field="valid_until")


def _refuse_circle(agency: Agency) -> None:
    parents = dict(Agency.objects.exclude(pk=agency.pk).order_by().values_list("pk", "parent_id"))
    if agency.parent_id is not None and agency.pk in chain_of(agency.parent_id, parents):
        raise Refusal("agency_circle", field="parent")


def _refuse_succession(agency: Agency, successor: Agency, on: date) -> None:
    followed = dict(
        Agency.objects.exclude(pk=agency.pk).order_by().values_list("pk", "successor_id")
    )
    if agency.pk in chain_of(successor.pk, followed):
        raise Refusal("agency_circle", field="successor")
    if not exists_on(successor.valid_from, successor.valid_until, on):
        raise Refusal(
            "agency_not_valid",
            basis=LIST_BASIS,
            field="successor",
            name=successor.name_zh,
            day=on.isoformat(),
            successor="—",
        )
