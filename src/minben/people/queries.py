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
from django.db.models import Q

from minben.base import erasing
from minben.kernel.actor import ANONYMOUS, Actor, ActorKind, Grant, Role
from minben.kernel.periods import local_day
from minben.kernel.refusal import Refusal
from minben.people.models import Agency, BoundNumber, Closing, Jurisdiction, RoleGrant, User
from minben.people.numbers import digests_of
from minben.people.rules import canonical_email


def actor_of(user: Any, at: datetime, *, strong: bool = False) -> Actor:  # Any: request.user
    """The actor behind an account; one query for staff, none for citizens."""
    if not getattr(user, "is_authenticated", False) or not isinstance(user, User):
        return ANONYMOUS
    grants: frozenset[Grant] = frozenset()
    if user.is_official:
        rows = RoleGrant.objects.filter(user=user, since__lte=at)
        grants = frozenset(
            Grant(Role(row.role), row.agency_id)
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
    """Officers and leads of an agency, who are told of its duties. One query."""
    return list(
        User.objects.filter(
            Q(role_grants__until=None) | Q(role_grants__until__gt=at),
            role_grants__agency_id=agency_id,
            role_grants__since__lte=at,
            is_active=True,
        ).distinct()
    )


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


def agency_names(codes: Collection[str]) -> dict[str, tuple[str, str]]:
    """Chinese and English names of agencies by code; unknown codes are left out. One query."""
    rows = Agency.objects.filter(code__in=codes).order_by()
    return {code: (zh, en) for code, zh, en in rows.values_list("code", "name_zh", "name_en")}


def agency_names_by_id(ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """Chinese and English names of agencies by id. One query."""
    rows = Agency.objects.filter(pk__in=ids).order_by()
    return {pk: (zh, en) for pk, zh, en in rows.values_list("pk", "name_zh", "name_en")}


def all_agencies(at: datetime) -> Sequence[Agency]:
    """Every agency that exists at `at`, with its government and parent. One query."""
    day = local_day(at)
    rows = Agency.objects.filter(
        Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_until=None) | Q(valid_until__gt=day)
    )
    return list(rows.select_related("jurisdiction", "parent"))


def jurisdiction_names(codes: Collection[str]) -> dict[str, tuple[str, str]]:
    """Chinese and English names of governments by code; unknown ones are left out. One query."""
    rows = Jurisdiction.objects.filter(code__in=codes).order_by()
    return {code: (zh, en) for code, zh, en in rows.values_list("code", "name_zh", "name_en")}


def roles_in_force(at: datetime) -> Sequence[RoleGrant]:
    """Staff roles held at `at`, with person and agency. One query."""
    rows = RoleGrant.objects.filter(Q(until=None) | Q(until__gt=at), since__lte=at)
    return list(rows.select_related("user", "agency").order_by("role", "user__email"))


def sandbox_accounts() -> Sequence[User]:
    """Accounts of the demo that can be tried: staff first, then citizens. One query more for roles."""
    rows = User.objects.filter(Q(is_official=True) | Q(email__startswith="citizen-"))
    return list(
        rows.filter(email__endswith="@example.org")
        .prefetch_related("role_grants__agency")
        .order_by("-is_official", "pk")[:40]
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
