"""Reads of people and agencies."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Substr

from minben.base import erasing
from minben.kernel.actor import ANONYMOUS, Actor, ActorKind, Grant, Role
from minben.kernel.periods import local_day
from minben.kernel.refusal import Refusal
from minben.people.models import (
    Agency,
    BoundNumber,
    Closing,
    Delegation,
    Jurisdiction,
    RoleGrant,
    User,
)
from minben.people.numbers import digests_of
from minben.people.rules import LIST_BASIS, canonical_email, drawn, exists_on


def actor_of(user: Any, at: datetime, *, strong: bool = False) -> Actor:  # Any: request.user
    """The actor behind an account; one query for staff, none for citizens.

    Staff hold their own roles, and for as long as they are somebody's deputy, that role of theirs.
    """
    if not getattr(user, "is_authenticated", False) or not isinstance(user, User):
        return ANONYMOUS
    grants: frozenset[Grant] = frozenset()
    if user.is_official:
        deputy = Q(
            delegations__delegate=user,
            delegations__since__lte=at,
            delegations__until__gt=at,
            delegations__ended_at=None,
        )
        rows = RoleGrant.objects.filter(Q(user=user) | deputy, since__lte=at)
        grants = frozenset(
            Grant(Role(row.role), row.agency_id, None if row.user_id == user.pk else row.user_id)
            for row in rows.filter(Q(until=None) | Q(until__gt=at))
        )
    return Actor(ActorKind.PERSON, str(user.pk), user.is_verified, grants, strong, user)


def user_of(actor: Actor) -> User:
    """The account of a person: as the request read it, else by one query.

    Raises User.DoesNotExist for what is no person, or was erased.
    """
    if isinstance(actor.account, User):
        return actor.account
    return User.objects.get(pk=actor.person_id or 0, erased_at=None)


def user_by_id(pk: int) -> User:
    """One account. Raises User.DoesNotExist."""
    return User.objects.get(pk=pk)


def jurisdictions() -> Sequence[Jurisdiction]:
    """All governments that take proposals. One query."""
    return list(Jurisdiction.objects.all())


def hold_government(pk: int) -> None:
    """Lock a government's row until the transaction ends. One query.

    Whoever opens endorsing windows or moves them holds it first, before any other row: so a
    window that opens while a pause is being declared can't miss that pause, and the two can't
    wait for each other.
    """
    Jurisdiction.objects.select_for_update(no_key=True).get(pk=pk)


def agencies_of(jurisdiction_code: str, at: datetime) -> Sequence[Agency]:
    """The agencies of one government that exist at `at`. One query."""
    day = local_day(at)
    return list(
        Agency.objects.filter(
            Q(valid_from=None) | Q(valid_from__lte=day),
            Q(valid_until=None) | Q(valid_until__gt=day),
            jurisdiction__code=jurisdiction_code,
        )
    )


def agencies_ever(jurisdiction_code: str) -> Sequence[Agency]:
    """All agencies a government has or had, those that ended included. One query."""
    return list(Agency.objects.filter(jurisdiction__code=jurisdiction_code))


def agencies_by_id(ids: Sequence[int], jurisdiction_id: int) -> dict[int, Agency]:
    """Those of `ids` that belong to the government, by id. One query."""
    return Agency.objects.filter(pk__in=ids, jurisdiction_id=jurisdiction_id).in_bulk()


def officers_of(agency_id: int, at: datetime) -> Sequence[User]:
    """Officers and leads of an agency and their deputies, who are told of its duties. One query."""
    held = _grants_at(at).filter(agency_id=agency_id, role__in=(Role.OFFICER, Role.LEAD))
    deputies = running_delegations(at).filter(grant__in=held).values("delegate")
    return list(
        User.objects.filter(
            Q(pk__in=held.values("user")) | Q(pk__in=deputies), is_active=True
        ).order_by("pk")
    )


def _grants_at(at: datetime) -> QuerySet[RoleGrant]:
    """Roles in force at `at`."""
    return RoleGrant.objects.filter(Q(until=None) | Q(until__gt=at), since__lte=at)


def running_delegations(at: datetime) -> QuerySet[Delegation]:
    """Deputies at `at`, of whomever."""
    return Delegation.objects.filter(since__lte=at, until__gt=at, ended_at=None)


def delegations_of(by: Actor, at: datetime) -> Sequence[Delegation]:
    """Running and coming: who represents one, whom one represents, and for leads all of their
    agency's; the earliest first. One query.
    """
    led = [grant.agency_id for grant in by.grants if grant.role is Role.LEAD and grant.of is None]
    rows = Delegation.objects.filter(
        Q(grant__user_id=by.person_id) | Q(delegate_id=by.person_id) | Q(grant__agency_id__in=led),
        until__gt=at,
        ended_at=None,
    )
    return list(rows.select_related("grant__user", "grant__agency", "delegate").order_by("since"))


def grants_to_cover(by: Actor, at: datetime) -> Sequence[RoleGrant]:
    """Roles one may name a deputy for: one's own in an agency, and as a lead the agency's. One query."""
    led = [grant.agency_id for grant in by.grants if grant.role is Role.LEAD and grant.of is None]
    rows = _grants_at(at).filter(agency__isnull=False)
    rows = rows.filter(Q(user_id=by.person_id) | Q(agency_id__in=led))
    return list(rows.select_related("user", "agency").order_by("agency_id", "role", "pk"))


def colleagues(agency_ids: Collection[int], at: datetime) -> Sequence[User]:
    """Everybody with a role in one of these agencies. One query."""
    held = _grants_at(at).filter(agency_id__in=agency_ids)
    return list(User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("pk"))


def represented_by(by: Actor, at: datetime) -> Sequence[Delegation]:
    """Whom one represents now. No query for who is nobody's deputy, else one."""
    if not by.represents:
        return ()
    rows = running_delegations(at).filter(delegate_id=by.person_id)
    return list(rows.select_related("grant__user", "grant__agency").order_by("until"))


def participation_officers(agency_ids: Collection[int], at: datetime) -> Sequence[User]:
    """The participation officers (開放政府聯絡人) of these agencies. One query.

    Basis: 行政院及所屬各機關開放政府聯絡人實施要點.
    """
    return list(
        User.objects.filter(
            Q(role_grants__until=None) | Q(role_grants__until__gt=at),
            role_grants__agency_id__in=agency_ids,
            role_grants__role=Role.PARTICIPATION,
            role_grants__since__lte=at,
            is_active=True,
        ).distinct()
    )


def has_participation_officer(agency_id: int, at: datetime) -> bool:
    """Whether somebody is named; who it is, the public is not told. One query."""
    rows = RoleGrant.objects.filter(Q(until=None) | Q(until__gt=at), since__lte=at)
    return rows.filter(agency_id=agency_id, role=Role.PARTICIPATION).exists()


@dataclass(frozen=True, slots=True)
class County:
    """A county or city with its townships, in the official order."""

    name_zh: str
    name_en: str
    townships: tuple[str, ...]
    townships_en: tuple[str, ...] = ()


@cache
def counties() -> tuple[County, ...]:
    """The counties and townships people live in, from the shipped list."""
    text = files("minben.people").joinpath("data/places.json").read_text(encoding="utf-8")
    return tuple(
        County(
            row["name_zh"],
            row["name_en"],
            tuple(town["zh"] for town in row["townships"]),
            tuple(town["en"] for town in row["townships"]),
        )
        for row in json.loads(text)
    )


def user_by_email(email: str) -> User | None:
    """The account with that address, if any. One query."""
    return User.objects.filter(email__iexact=email.strip()).first()


def user_by_mailbox(address: str) -> User | None:
    """The account that reaches the same mailbox, however its address is spelled. One query."""
    return User.objects.filter(canonical_email=canonical_email(address)).first()


def user_by_phone(number: str) -> User | None:
    """The account that proved this mobile number (E.164), if any. One query."""
    return User.objects.filter(phone=number, phone_verified_at__isnull=False).first()


def bound_number(number: str) -> BoundNumber | None:
    """What binds a mobile number (E.164) to an account, erased ones included. One query."""
    rows = BoundNumber.objects.filter(digest__in=digests_of(number))
    return rows.select_related("user").order_by("at").first()


def holder_of_number(number: str) -> User | None:
    """The account a mobile number (E.164) is bound to, also after a change of number. One query."""
    bound = bound_number(number)
    return bound.user if bound else None


def closing_of(actor: Actor) -> Closing | None:
    """What somebody asked for when they closed their account, until it is erased. One query."""
    return Closing.objects.filter(user_id=actor.person_id or 0, done_at=None).first()


def closing_hindrance(user: User, at: datetime) -> Refusal | None:
    """Why an account can't be closed yet: staff duties, or what a module knows. Few queries."""
    held = RoleGrant.objects.filter(Q(until=None) | Q(until__gt=at), user=user)
    if held.exists():
        return Refusal("erase_role", who=_administrators_but(user, at))
    return erasing.hindrance(user.pk, at)


def _administrators_but(user: User, at: datetime) -> str:
    """Who can end a role: administrators by nickname, or whoever runs the platform."""
    others = User.objects.exclude(pk=user.pk).filter(
        Q(role_grants__until=None) | Q(role_grants__until__gt=at),
        role_grants__role=Role.ADMINISTRATOR,
        role_grants__since__lte=at,
        is_active=True,
    )
    names = others.exclude(nickname="").order_by("pk").values_list("nickname", flat=True)
    known = "、".join(dict.fromkeys(names[:3])) or settings.OPERATOR_CONTACT
    return known or settings.OPERATOR_NAME or settings.SITE_URL


def person_at_counter(address: str, *, by: Actor) -> User:
    """The account a clerk may confirm. Raises Refusal with the reason why it is not one."""
    person = user_by_mailbox(address)
    if person is None:
        raise Refusal("person_unknown", field="email")
    if person.pk == by.person_id:
        raise Refusal("counter_oneself", field="email")
    if person.confirmed_at:
        raise Refusal("confirmed_already", field="email")
    return person


def count_of_keys(user: User) -> int:
    """How many security keys and passkeys an account has. One query."""
    keys = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.WEBAUTHN)
    return int(keys.count())


def agency_by_code(code: str) -> Agency | None:
    """The agency with that code, if any. One query."""
    return Agency.objects.filter(code=code).first()


def agency_page(code: str) -> Agency | None:
    """The agency with that code, its government, parent and successor, if any. One query."""
    rows = Agency.objects.select_related("jurisdiction", "parent", "successor")
    return rows.filter(code=code).first()


def find_agency(code: str, at: datetime, *, jurisdiction_code: str = "") -> Agency:
    """The agency somebody names at `at`: by code, official code, name or a former name.

    A former name finds the agency that bears it now. Two queries at most.

    Raises:
        Refusal: ``agency_code_unknown``, which names the rule; ``agency_not_valid`` for one that
            does not exist at `at`, which names its successor.
    """
    wanted = code.strip()
    rows = Agency.objects.select_related("successor")
    if jurisdiction_code:
        rows = rows.filter(jurisdiction__code=jurisdiction_code)
    agency = rows.filter(code=wanted).first() or _bearing(list(rows), wanted, at)
    if agency is None:
        raise Refusal("agency_code_unknown", basis=LIST_BASIS, field="agencies", given=wanted)
    day = local_day(at)
    if not exists_on(agency.valid_from, agency.valid_until, day):
        heir = agency.successor
        raise Refusal(
            "agency_not_valid",
            basis=LIST_BASIS,
            field="agencies",
            name=agency.name_zh,
            day=day.isoformat(),
            successor=f"{heir.name_zh} ({heir.code})" if heir else "—",
        )
    return agency


def _bearing(agencies: Sequence[Agency], name: str, at: datetime) -> Agency | None:
    """Who bears `name` or bore it; those that exist at `at` before those that do not."""
    day = local_day(at)
    found = [row for row in agencies if name in (row.official_code, row.name_zh, *row.aliases)]
    found.sort(key=lambda row: not exists_on(row.valid_from, row.valid_until, day))
    return found[0] if found and name else None


def agency_at(code: str, at: datetime) -> Agency | None:
    """The agency with that code, or whoever succeeded it by `at`; a query for each step."""
    agency, day = agency_page(code), local_day(at)
    while agency is not None and agency.successor and not exists_on(None, agency.valid_until, day):
        agency = agency_page(agency.successor.code)
    return agency


@dataclass(frozen=True, slots=True)
class AgencyNode:
    """An agency in the tree of its government, and how deep it stands."""

    agency: Agency
    depth: int
    exists: bool


def agency_tree(jurisdiction_code: str, at: datetime) -> tuple[AgencyNode, ...]:
    """All agencies a government has or had, each below the one it belongs to. One query."""
    rows = Agency.objects.filter(jurisdiction__code=jurisdiction_code).select_related("successor")
    by_id = {row.pk: row for row in rows.order_by("id")}
    day = local_day(at)
    return tuple(
        AgencyNode(row, depth, exists_on(row.valid_from, row.valid_until, day))
        for pk, depth in drawn({row.pk: row.parent_id for row in by_id.values()})
        for row in (by_id[pk],)
    )


def agencies_matching(words: str) -> QuerySet[Agency]:
    """Agencies of all governments whose code or name holds `words`; former names count as well."""
    rows = Agency.objects.select_related("jurisdiction", "parent", "successor")
    if not words:
        return rows
    named = [pk for pk, aliases in Agency.objects.order_by().values_list("pk", "aliases")
             if any(words in alias for alias in aliases)]  # fmt: skip
    return rows.filter(
        Q(code__icontains=words)
        | Q(official_code=words)
        | Q(name_zh__icontains=words)
        | Q(name_en__icontains=words)
        | Q(pk__in=named)
    )


def agency_names(codes: Collection[str]) -> dict[str, tuple[str, str]]:
    """Chinese and English names of agencies by code; unknown codes are left out. One query."""
    rows = Agency.objects.filter(code__in=codes).order_by()
    return {code: (zh, en) for code, zh, en in rows.values_list("code", "name_zh", "name_en")}


def agency_names_by_id(ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """Chinese and English names of agencies by id. One query."""
    rows = Agency.objects.filter(pk__in=ids).order_by()
    return {pk: (zh, en) for pk, zh, en in rows.values_list("pk", "name_zh", "name_en")}


def all_agencies(at: datetime) -> Sequence[Agency]:
    """Every agency that exists at `at`, with government, parent and successor. One query."""
    day = local_day(at)
    rows = Agency.objects.filter(
        Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_until=None) | Q(valid_until__gt=day)
    )
    return list(rows.select_related("jurisdiction", "parent", "successor"))


def jurisdiction_names(codes: Collection[str]) -> dict[str, tuple[str, str]]:
    """Chinese and English names of governments by code; unknown ones are left out. One query."""
    rows = Jurisdiction.objects.filter(code__in=codes).order_by()
    return {code: (zh, en) for code, zh, en in rows.values_list("code", "name_zh", "name_en")}


def roles_in_force(at: datetime) -> Sequence[RoleGrant]:
    """Staff roles held at `at`, with person and agency. One query."""
    rows = RoleGrant.objects.filter(Q(until=None) | Q(until__gt=at), since__lte=at)
    return list(rows.select_related("user", "agency").order_by("role", "user__email"))


def sandbox_accounts() -> Sequence[User]:
    """Accounts of the demo that can be tried: staff first, then citizens. One query more for roles.

    All of them: agencies of the demo have more officers than are named, and who proposed may be
    any of its citizens.
    """
    rows = User.objects.filter(Q(is_official=True) | Q(email__startswith="citizen-"))
    return list(
        rows.filter(email__endswith="@example.org")
        .prefetch_related("role_grants__agency")
        .order_by("-is_official", "pk")[:200]
    )


def names_of(actor_ids: Collection[str]) -> dict[str, str]:
    """Nicknames of the people behind actor ids such as ``person:12``. One query.

    Ids of what is no person, and people without a nickname, are left out.
    """
    pks = [
        int(name) for kind, _, name in (pk.partition(":") for pk in actor_ids) if kind == "person"
    ]
    rows = User.objects.filter(pk__in=pks).exclude(nickname="")
    return {f"person:{pk}": nickname for pk, nickname in rows.values_list("pk", "nickname")}


def nickname_behind(actor_field: str) -> Case:
    """The nickname behind a column of actor ids, as an expression; empty for what is no person."""
    number = Cast(Substr(OuterRef(actor_field), len("person:") + 1), BigIntegerField())
    names = User.objects.filter(pk=number).values("nickname")
    is_person = When(**{f"{actor_field}__startswith": "person:"}, then=Subquery(names))
    return Case(is_person, default=Value(""), output_field=CharField())


def holders_of(role: Role, at: datetime) -> Sequence[User]:
    """Who holds a role of the whole platform, such as its administrators. One query."""
    held = _grants_at(at).filter(role=role, agency=None)
    return list(User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("pk"))
