"""Who acts (行為人): a plain value that actions, permissions and the audit record understand.

The record stores `Actor.id` as text and never a foreign key, so that it outlives accounts.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """A staff role; citizens have none."""

    CHECKER = "checker"  # 檢核人員
    OFFICER = "officer"  # 機關承辦人
    LEAD = "lead"  # 機關主管
    ADMINISTRATOR = "administrator"  # 平臺管理者
    CLERK = "clerk"  # 臨櫃人員
    PARTICIPATION = "participation"  # 開放政府聯絡人


# Held in an agency; the others for the whole platform.
AGENCY_ROLES = frozenset({Role.OFFICER, Role.LEAD, Role.PARTICIPATION})


class ActorKind(StrEnum):
    """What kind of actor it is."""

    PERSON = "person"
    SYSTEM = "system"
    ARCHIVE = "archive"
    ANONYMOUS = "anonymous"


@dataclass(frozen=True, slots=True)
class Grant:
    """A role, and the agency it is held in (``None``: for the whole platform).

    `of` is the account of whoever holds it, if the actor only represents them (職務代理).
    """

    role: Role
    agency_id: int | None = None
    of: int | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody or something that acts.

    Args:
        kind: person, system, archive or anonymous.
        name: what follows the kind in the id: the account's number, or the job's name.
        verified: e-mail, mobile (or counter) and residency are all confirmed.
        grants: staff roles in force now.
        strong: signed in with a second factor or passkey in this session.
        account: the row all this was read from, for whoever would read it again at once.
    """

    kind: ActorKind
    name: str
    verified: bool = False
    grants: frozenset[Grant] = field(default_factory=frozenset)
    strong: bool = False
    account: object = field(default=None, compare=False, repr=False)

    @property
    def id(self) -> str:
        """Text id for the record, such as ``person:12`` or ``system:tick``."""
        return f"{self.kind.value}:{self.name}"

    @property
    def person_id(self) -> int | None:
        """The account's number, or ``None`` for what is no person."""
        return int(self.name) if self.kind is ActorKind.PERSON else None

    def has(self, role: Role, agency_id: int | None = None) -> bool:
        """Say whether `role` is held, for `agency_id` if one is given."""
        return any(
            grant.role is role and (agency_id is None or grant.agency_id in (None, agency_id))
            for grant in self.grants
        )

    @property
    def agency_ids(self) -> frozenset[int]:
        """Agencies the actor speaks for as officer or lead."""
        return frozenset(
            grant.agency_id
            for grant in self.grants
            if grant.agency_id is not None and grant.role in (Role.OFFICER, Role.LEAD)
        )

    @property
    def represents(self) -> tuple[int, ...]:
        """Whose deputy the actor is now, by number of account."""
        return tuple(sorted({grant.of for grant in self.grants if grant.of is not None}))

    @property
    def participates_for(self) -> frozenset[int]:
        """Agencies whose participation officer the actor is; that alone answers nothing."""
        return frozenset(
            grant.agency_id
            for grant in self.grants
            if grant.agency_id is not None and grant.role is Role.PARTICIPATION
        )


ANONYMOUS = Actor(ActorKind.ANONYMOUS, "anyone")
SYSTEM = Actor(ActorKind.SYSTEM, "tick", verified=True)
ARCHIVE = Actor(ActorKind.ARCHIVE, "join", verified=True)
