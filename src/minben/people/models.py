import secrets
from importlib import import_module
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Q

from minben.base.models import Recorded
from minben.kernel.actor import AGENCY_ROLES, Role
from minben.people.rules import (
    AgencyKind,
    ConfirmedBy,
    DelegationKind,
    Residency,
    Step,
    missing_steps,
)


class Jurisdiction(models.Model):
    """A government that takes proposals (管轄): the Executive Yuan, or a municipality."""

    code = models.SlugField(max_length=20, unique=True)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "code")

    def __str__(self) -> str:
        return self.name_zh


class Agency(models.Model):
    """An agency (機關). Former names are aliases, so that old documents find their successor."""

    code = models.SlugField(max_length=60, unique=True)
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="agencies")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=160, blank=True)
    aliases = models.JSONField(default=list)
    topics = models.JSONField(default=list)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    official_code = models.CharField(max_length=30, blank=True, db_default="")  # 機關代碼
    mailbox = models.CharField(max_length=254, blank=True, db_default="")  # 機關信箱
    kind = models.CharField(
        max_length=12,
        db_default=AgencyKind.AGENCY.value,
        choices=[(kind.value, kind.value) for kind in AgencyKind],
    )

    class Meta:
        ordering = ("jurisdiction__position", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=list(AgencyKind)), name="people_agency_kind"
            ),
            models.UniqueConstraint(
                fields=("jurisdiction", "official_code"),
                condition=~Q(official_code=""),
                name="people_agency_official_code",
            ),
            models.CheckConstraint(
                condition=Q(successor=None) | Q(valid_until__isnull=False),
                name="people_agency_succeeded",
            ),
            models.UniqueConstraint(fields=("jurisdiction", "name_zh"), name="people_agency_name"),
            models.CheckConstraint(
                condition=Q(valid_from=None)
                | Q(valid_until=None)
                | Q(valid_from__lt=F("valid_until")),
                name="people_agency_validity",
            ),
        )

    def __str__(self) -> str:
        return self.name_zh


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


def new_secret() -> bytes:
    """32 random bytes."""
    return secrets.token_bytes(32)


class User(AbstractBaseUser, PermissionsMixin):
    """An account. One mobile number binds one account; the database enforces it."""

    email = models.EmailField(unique=True)
    canonical_email = models.CharField(max_length=254, unique=True)
    phone = models.CharField(max_length=16, unique=True, null=True, blank=True)
    phone_verified_at = models.DateTimeField(null=True)
    email_verified_at = models.DateTimeField(null=True)
    residency = models.CharField(
        max_length=16, blank=True, choices=[(r.value, r.value) for r in Residency]
    )
    residency_declared_at = models.DateTimeField(null=True)
    confirmed_by = models.CharField(
        max_length=8, blank=True, choices=[(c.value, c.value) for c in ConfirmedBy]
    )
    confirmed_at = models.DateTimeField(null=True)
    nickname = models.CharField(max_length=20, blank=True)
    county = models.CharField(max_length=12, blank=True)
    township = models.CharField(max_length=12, blank=True)
    language = models.CharField(max_length=10, default="zh-hant")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    is_official = models.BooleanField(default=False)
    joined_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)  # since then an empty shell, for good
    # What the tags of a person's acts in the public ledger are made from; destroyed with them.
    ledger_secret = models.BinaryField(max_length=32, default=new_secret, null=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(residency__in=["", *Residency]), name="people_user_residency"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__in=["", *ConfirmedBy]), name="people_user_confirmed_by"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by="", confirmed_at=None)
                | Q(~Q(confirmed_by=""), confirmed_at__isnull=False),
                name="people_user_confirmed_pair",
            ),
            models.CheckConstraint(
                condition=Q(residency="", residency_declared_at=None)
                | Q(~Q(residency=""), residency_declared_at__isnull=False),
                name="people_user_residency_pair",
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None)
                | Q(
                    phone=None,
                    email_verified_at=None,
                    confirmed_by="",
                    residency="",
                    nickname="",
                    county="",
                    township="",
                    ledger_secret=None,
                    is_active=False,
                    is_official=False,
                ),
                name="people_user_erased_is_empty",
            ),
        )

    def __str__(self) -> str:
        return self.public_name

    @property
    def public_name(self) -> str:
        """Nickname · county township, as everybody sees it."""
        place = f"{self.county}{self.township}"
        return f"{self.nickname}（{place}）" if place else self.nickname

    @property
    def is_verified(self) -> bool:
        """Everything that proposing and endorsing ask for is there."""
        return not self.missing

    @property
    def missing(self) -> tuple[Step, ...]:
        """What proposing and endorsing ask for and is not there yet, in order."""
        return missing_steps(
            email=self.email_verified_at is not None,
            person=self.confirmed_at is not None,
            declared=bool(self.residency and self.nickname and self.county),
        )


class AccountSession(AbstractBaseSession):
    """A browser's session (登入階段), which knows whose it is: one statement finds both."""

    account = models.ForeignKey(User, models.CASCADE, null=True, related_name="sessions")

    @classmethod
    def get_session_store_class(cls) -> type[Any]:  # Any: an engine of the framework
        """The engine that writes these rows."""
        return import_module(settings.SESSION_ENGINE).SessionStore  # type: ignore[no-any-return]


class BoundNumber(Recorded):
    """A mobile number that confirmed an account; it stays bound to it, so it confirms no other.

    Only a keyed hash of it is kept (`people.numbers`), also after the account was erased: then
    until `release_at`.
    """

    digest = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(User, models.CASCADE, related_name="bound_numbers")
    at = models.DateTimeField()
    release_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(
                fields=("release_at",),
                condition=Q(release_at__isnull=False),
                name="people_number_release",
            ),
        )

    def __str__(self) -> str:
        return f"number of {self.user_id}"


class RoleGrant(Recorded):
    """A staff role somebody holds, from one instant to another (or open)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="role_grants")
    role = models.CharField(max_length=16, choices=[(r.value, r.value) for r in Role])
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="role_grants")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    granted_by = models.CharField(max_length=80)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(role__in=list(Role)), name="people_grant_role"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")), name="people_grant_period"
            ),
            models.CheckConstraint(
                condition=Q(role__in=sorted(AGENCY_ROLES), agency__isnull=False)
                | Q(~Q(role__in=sorted(AGENCY_ROLES)), agency=None),
                name="people_grant_agency",
            ),
            models.UniqueConstraint(
                fields=("user", "role", "agency"),
                condition=Q(until=None),
                name="people_grant_once",
            ),
            # Without an agency the one above compares nothing with nothing, which are not equal.
            models.UniqueConstraint(
                fields=("user", "role"),
                condition=Q(until=None, agency=None),
                name="people_grant_once_everywhere",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"


class Delegation(Recorded):
    """Somebody represents the holder of a role for a time (職務代理). Why is nobody's business."""

    grant = models.ForeignKey(RoleGrant, models.CASCADE, related_name="delegations")
    delegate = models.ForeignKey(User, models.CASCADE, related_name="delegations_held")
    kind = models.CharField(
        max_length=10, choices=[(kind.value, kind.value) for kind in DelegationKind]
    )
    since = models.DateTimeField()
    until = models.DateTimeField()
    declared_by = models.CharField(max_length=80)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=("delegate", "since"),
                condition=Q(ended_at=None),
                name="people_delegation_running",
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=list(DelegationKind)), name="people_delegation_kind"
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("since")), name="people_delegation_period"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by="")
                | Q(~Q(ended_by=""), ended_at__isnull=False),
                name="people_delegation_ended_pair",
            ),
        )

    def __str__(self) -> str:
        return f"{self.delegate_id} for grant {self.grant_id}"


class CounterConfirmation(Recorded):
    """A clerk confirmed a person without a mobile at a counter (臨櫃確認). Audited."""

    user = models.OneToOneField(User, models.CASCADE, related_name="counter_confirmation")
    clerk = models.ForeignKey(User, models.PROTECT, related_name="confirmations_given")
    at = models.DateTimeField()
    counter = models.CharField(max_length=80)
    document = models.CharField(max_length=20)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(user=F("clerk")), name="people_counter_not_oneself"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} at {self.counter}"


class Closing(Recorded):
    """Somebody asked to close their account (註銷帳號): what was said, and when it is done.

    The row stays a little after the erasing, until what requests under way wrote is erased too.
    """

    user = models.OneToOneField(User, models.CASCADE, related_name="closing")
    keep_comments = models.BooleanField()
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(due_at__gt=F("asked_at")), name="people_closing_waits"
            ),
        )

    def __str__(self) -> str:
        return f"closing of {self.user_id}"
