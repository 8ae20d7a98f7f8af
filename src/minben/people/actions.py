"""The acts on people and agencies; their only writers."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from minben.audit.actions import record
from minben.kernel.actor import Actor, ActorKind, Role
from minben.kernel.refusal import Refusal
from minben.people.models import Agency, CounterConfirmation, Jurisdiction, RoleGrant, User
from minben.people.queries import counties
from minben.people.rules import ConfirmedBy, Residency, canonical_email, nickname_fault


def _require(by: Actor, *roles: Role) -> None:
    if by.kind in (ActorKind.SYSTEM, ActorKind.ARCHIVE):
        return
    if not any(by.has(role) for role in roles):
        raise Refusal("not_permitted")


@transaction.atomic
def open_account(
    *, email: str, password: str | None, language: str, by: Actor, at: datetime
) -> User:
    """Open an account from the command line or the demo; its address is not confirmed yet."""
    canonical = canonical_email(email)
    if User.objects.filter(canonical_email=canonical).exists():
        raise Refusal("email_in_use", field="email")
    user = User(
        email=email.strip().lower(), canonical_email=canonical, language=language, joined_at=at
    )
    if password is None:
        user.set_unusable_password()
    else:
        user.set_password(password)
    user.save()
    record("people.joined", by=by, at=at, subject=f"person:{user.pk}")
    return user


@transaction.atomic
def confirm_email(*, user: User, by: Actor, at: datetime) -> None:
    """The typed code proved the address."""
    if User.objects.filter(pk=user.pk, email_verified_at=None).update(email_verified_at=at):
        user.email_verified_at = at
        record("people.email_confirmed", by=by, at=at, subject=f"person:{user.pk}")


@transaction.atomic
def set_phone(*, user: User, phone: str, by: Actor, at: datetime) -> None:
    """Bind a mobile number (E.164), not confirmed yet. One number binds one account."""
    if User.objects.filter(phone=phone).exclude(pk=user.pk).exists():
        raise Refusal("phone_in_use", field="phone")
    user.phone, user.phone_verified_at = phone or None, None
    user.save(update_fields=["phone", "phone_verified_at"])


@transaction.atomic
def confirm_phone(*, user: User, by: Actor, at: datetime) -> None:
    """The typed code proved the number; that confirms the person."""
    user.phone_verified_at = at
    if not user.confirmed_by:
        user.confirmed_by, user.confirmed_at = ConfirmedBy.MOBILE, at
    user.save(update_fields=["phone_verified_at", "confirmed_by", "confirmed_at"])
    record("people.phone_confirmed", by=by, at=at, subject=f"person:{user.pk}")


@transaction.atomic
def declare(
    *,
    user: User,
    nickname: str,
    county: str,
    township: str,
    residency: str,
    by: Actor,
    at: datetime,
) -> User:
    """Declare the public name, the place and nationality or residence permit."""
    if code := nickname_fault(nickname):
        raise Refusal(code, field="nickname")
    places = {place.name_zh: place.townships for place in counties()}
    if county not in places:
        raise Refusal("county_unknown", field="county")
    if township not in places[county]:
        raise Refusal("township_unknown", field="township")
    if residency not in {item.value for item in Residency}:
        raise Refusal("residency_missing", field="residency")
    user.nickname, user.county, user.township = nickname.strip(), county, township
    if user.residency != residency:
        user.residency, user.residency_declared_at = residency, at
    user.save(
        update_fields=["nickname", "county", "township", "residency", "residency_declared_at"]
    )
    record("people.profile_changed", by=by, at=at, subject=f"person:{user.pk}")
    return user


@transaction.atomic
def confirm_at_counter(
    *, user_id: int, counter: str, document: str, by: Actor, at: datetime
) -> CounterConfirmation:
    """A clerk confirms a person without a mobile (臨櫃確認), once, and never oneself."""
    _require(by, Role.CLERK)
    user = User.objects.select_for_update().filter(pk=user_id).first()
    if user is None:
        raise Refusal("person_unknown", field="email")
    if user.pk == by.person_id:
        raise Refusal("counter_oneself")
    if user.confirmed_at:
        raise Refusal("confirmed_already")
    if not counter.strip():
        raise Refusal("counter_missing", field="counter")
    user.confirmed_by, user.confirmed_at = ConfirmedBy.COUNTER, at
    user.save(update_fields=["confirmed_by", "confirmed_at"])
    confirmation = CounterConfirmation.objects.create(
        user=user, clerk_id=by.person_id or 0, at=at, counter=counter.strip(), document=document
    )
    record(
        "people.counter_confirmed",
        by=by,
        at=at,
        subject=f"person:{user.pk}",
        private={"counter": confirmation.counter, "document": document},
    )
    return confirmation


@transaction.atomic
def grant_role(
    *, user_id: int, role: Role, agency_id: int | None, by: Actor, at: datetime
) -> RoleGrant:
    """Grant a staff role; officers and leads hold it in an agency, the others do not."""
    _require(by, Role.ADMINISTRATOR)
    user = User.objects.select_for_update().filter(pk=user_id).first()
    if user is None:
        raise Refusal("person_unknown", field="email")
    _refuse_agency(role, agency_id)
    if RoleGrant.objects.filter(user=user, role=role, agency=agency_id, until=None).exists():
        raise Refusal("role_held_already", field="role")
    grant = RoleGrant.objects.create(
        user=user, role=role, agency_id=agency_id, since=at, granted_by=by.id
    )
    User.objects.filter(pk=user.pk).update(is_official=True)
    record(
        "people.role_granted",
        by=by,
        at=at,
        subject=f"person:{user.pk}",
        data={"role": role, "agency": agency_id},
    )
    return grant


def _refuse_agency(role: Role, agency_id: int | None) -> None:
    needed = role in (Role.OFFICER, Role.LEAD)
    known = agency_id is None or Agency.objects.filter(pk=agency_id).exists()
    if needed != (agency_id is not None) or not known:
        raise Refusal("role_agency", field="agency")


@transaction.atomic
def end_role(*, grant_id: int, by: Actor, at: datetime) -> None:
    """End a staff role; ending one's own administrator role is refused."""
    _require(by, Role.ADMINISTRATOR)
    grant = RoleGrant.objects.select_for_update().filter(pk=grant_id, until=None).first()
    if grant is None:
        raise Refusal("role_not_held")
    if grant.user_id == by.person_id and grant.role == Role.ADMINISTRATOR:
        raise Refusal("role_own")
    grant.until = at
    grant.save(update_fields=["until"])
    if not RoleGrant.objects.filter(user_id=grant.user_id, until=None).exists():
        User.objects.filter(pk=grant.user_id).update(is_official=False)
    record(
        "people.role_ended",
        by=by,
        at=at,
        subject=f"person:{grant.user_id}",
        data={"role": grant.role, "agency": grant.agency_id},
    )


@transaction.atomic
def add_jurisdiction(
    *, code: str, name_zh: str, name_en: str, position: int, by: Actor, at: datetime
) -> Jurisdiction:
    """Add a government that takes proposals; the same code again changes nothing."""
    _require(by, Role.ADMINISTRATOR)
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
) -> tuple[Agency, bool]:
    """Add an agency; returns it and whether it is new. The same code again changes nothing."""
    _require(by, Role.ADMINISTRATOR)
    existing = Agency.objects.filter(code=code).first()
    if existing:
        return existing, False
    agency = Agency.objects.create(
        code=code,
        jurisdiction=Jurisdiction.objects.get(code=jurisdiction_code),
        parent=Agency.objects.get(code=parent_code) if parent_code else None,
        name_zh=name_zh,
        name_en=name_en,
        aliases=list(aliases),
        topics=list(topics),
        valid_from=valid_from,
        valid_until=valid_until,
    )
    record("people.agency_added", by=by, at=at, subject=f"agency:{agency.pk}", data={"code": code})
    return agency, True
