"""Makes what tests need, through the platform's own actions wherever there is one."""

from datetime import UTC, datetime, timedelta
from itertools import count

from minben.casework.shipped import add_shipped_rule_sets
from minben.kernel.actor import SYSTEM, Actor, ActorKind, Grant, Role
from minben.ledger import actions as ledger
from minben.people import actions as people
from minben.people.models import Agency, User
from minben.proposals import actions as proposals
from minben.proposals.models import Endorsement, Proposal

DAY0 = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)  # Monday 10:00 in Taipei
DAY = timedelta(days=1)
PASSWORD = "correct horse battery"
_numbers = count(1)

__all__ = ["DAY", "DAY0", "PASSWORD", "add_shipped_rule_sets"]


def make_person(name: str = "", *, verified: bool = True, at: datetime = DAY0) -> User:
    """An account; confirmed in every respect unless told otherwise."""
    n = next(_numbers)
    user = people.open_account(
        email=f"p{n}@example.org", password=None, language="zh-hant", by=SYSTEM, at=at
    )
    if verified:
        people.confirm_email(user=user, by=SYSTEM, at=at)
        people.set_phone(user=user, phone=f"+8869{n:08d}", by=SYSTEM, at=at)
        people.confirm_phone(user=user, by=SYSTEM, at=at)
        people.declare(
            user=user,
            nickname=name or f"市民{n}",
            county="臺北市",
            township="中正區",
            residency="national",
            by=SYSTEM,
            at=at,
        )
    return user


def actor(user: User, *grants: Grant, strong: bool = True) -> Actor:
    """The actor behind an account, with grants as given."""
    return Actor(ActorKind.PERSON, str(user.pk), user.is_verified, frozenset(grants), strong)


def make_staff(role: Role, agency: Agency | None = None, at: datetime = DAY0) -> Actor:
    """Somebody with a staff role, as an actor signed in with a second factor."""
    user = make_person(at=at)
    agency_id = agency.pk if agency else None
    people.grant_role(user_id=user.pk, role=role, agency_id=agency_id, by=SYSTEM, at=at)
    return actor(user, Grant(role, agency_id))


def make_agency(name: str = "財政部", code: str = "mof", jurisdiction: str = "ey") -> Agency:
    """An agency; the same code twice is the same agency."""
    return people.add_agency(
        code=code,
        jurisdiction_code=jurisdiction,
        name_zh=name,
        name_en=code.upper(),
        by=SYSTEM,
        at=DAY0,
    )[0]


def file_one(
    proposer: User | None = None,
    *,
    subject: str = "",
    at: datetime = DAY0,
    jurisdiction: str = "ey",
    agencies: tuple[Agency, ...] = (),
) -> Proposal:
    """A proposal that waits for its check."""
    by = actor(proposer or make_person(at=at))
    draft = proposals.begin_draft(jurisdiction_code=jurisdiction, by=by, at=at)
    proposals.save_draft(
        draft_id=draft.pk,
        changes={
            "subject": subject or f"第 {next(_numbers)} 號路口請增設行人庇護島",
            "content": "路口太寬，長者一次綠燈走不完，請設置庇護島並延長秒數，讓行人安全通過。",
            "benefits": "減少行人傷亡，長者與孩童都能安心過馬路。",
            "topic": "transport",
            "agency_ids": [agency.pk for agency in agencies],
        },
        by=by,
        at=at,
    )
    return proposals.file_proposal(draft_id=draft.pk, by=by, at=at)


def accept_one(proposal: Proposal, at: datetime = DAY0 + timedelta(hours=1)) -> Proposal:
    """The same proposal after its check: endorsing opens on the next day."""
    checker = make_staff(Role.CHECKER)
    proposals.take_up_check(proposal_id=proposal.pk, by=checker, at=at)
    proposals.accept_for_endorsement(proposal_id=proposal.pk, by=checker, at=at)
    proposal.refresh_from_db()
    return proposal


def count(at: datetime = DAY0) -> int:
    """Enter what waits into the ledger, which counts endorsements; returns how many acts."""
    return ledger.sequence_all(by=SYSTEM, at=at)


def endorse(*, proposal_id: int, by: Actor, at: datetime, reason: str = "") -> Endorsement:
    """An endorsement, counted at once."""
    given = proposals.endorse(proposal_id=proposal_id, by=by, at=at, reason=reason)
    count(at)
    return Endorsement.objects.get(pk=given.pk)
