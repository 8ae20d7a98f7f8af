"""The demo's citizens and staff (示範帳號)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from minben.kernel.actor import AGENCY_ROLES, SYSTEM, Actor, ActorKind, Grant, Role
from minben.people import actions, queries

if TYPE_CHECKING:
    from minben.people.models import User


PASSWORD = "minben-demo-2026"  # noqa: S105  published on purpose: only sandboxes have it
WITH_PASSWORD = 3  # so many citizens can be signed in to by hand


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody in the demo, by key."""

    citizens: Mapping[str, Actor]
    staff: Mapping[str, Actor]
    officers: dict[str, Actor]  # by agency code; those appointed later as well
    since: datetime  # everybody's accounts


def add_people(document: dict[str, Any], at: datetime) -> Cast:
    """Open all accounts, confirmed, with their roles."""
    domain = document["email_domain"]
    citizens = {}
    for position, row in enumerate(document["citizens"], start=1):
        password = PASSWORD if position <= WITH_PASSWORD else None
        user = _account(f"citizen-{position}@{domain}", password, position, row, at)
        citizens[row["key"]] = _actor(user)
    staff: dict[str, Actor] = {}
    officers: dict[str, Actor] = {}
    for position, row in enumerate(document["staff"], start=500):
        profile = {"nickname": row["name_zh"], "county": "臺北市", "township": "中正區"}
        email = f"{row['email_local']}@{domain}"
        user = _account(email, PASSWORD, position, profile, at)
        role = Role(row["role"])
        agency = queries.agency_by_code(row["agency"])
        agency_id = agency.pk if agency and role in AGENCY_ROLES else None
        actions.grant_role(user_id=user.pk, role=role, agency_id=agency_id, by=SYSTEM, at=at)
        staff[row["key"]] = _actor(user, Grant(role, agency_id))
        if role is Role.OFFICER:
            officers[row["agency"]] = staff[row["key"]]
    return Cast(citizens, staff, officers, at)


def officer_for(cast: Cast, code: str) -> Actor:
    """An officer of that agency; one is appointed where the demo names none."""
    if code not in cast.officers:
        agency = queries.agency_by_code(code)
        number, agency_id = (700 + agency.pk, agency.pk) if agency else (700, None)
        profile = {"nickname": "承辦人", "county": "臺北市", "township": "中正區"}
        user = _account(f"officer-{code}@example.org", None, number, profile, cast.since)
        actions.grant_role(
            user_id=user.pk, role=Role.OFFICER, agency_id=agency_id, by=SYSTEM, at=cast.since
        )
        cast.officers[code] = _actor(user, Grant(Role.OFFICER, agency_id))
    return cast.officers[code]


def stranger(number: int, profile: Mapping[str, str], at: datetime) -> Actor:
    """Somebody nobody signs in as."""
    return _actor(_account(f"stranger-{number + 1}@example.org", None, 900 + number, profile, at))


def _account(
    email: str, password: str | None, number: int, profile: Mapping[str, str], at: datetime
) -> User:
    if existing := queries.user_by_email(email):
        return existing
    user = actions.open_account(
        email=email, password=password, language="zh-hant", by=SYSTEM, at=at
    )
    actions.confirm_email(user=user, by=SYSTEM, at=at)
    actions.set_phone(user=user, phone=f"+886900{number:06d}", by=SYSTEM, at=at)
    actions.confirm_phone(user=user, by=SYSTEM, at=at)
    actions.declare(
        user=user,
        nickname=profile["nickname"],
        county=profile["county"],
        township=profile["township"],
        residency="national",
        by=SYSTEM,
        at=at,
    )
    return user


def _actor(user: User, *grants: Grant) -> Actor:
    return Actor(ActorKind.PERSON, str(user.pk), user.is_verified, frozenset(grants), strong=True)
