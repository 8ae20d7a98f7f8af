"""Refusals of the acts on accounts, counters, roles and comments."""

from datetime import date, datetime
from typing import Any

from minben.discussion import actions as discussion
from minben.discussion.models import Comment
from minben.discussion.rules import HideGround, Side
from minben.kernel.actor import SYSTEM, Grant, Role
from minben.people import actions as people
from minben.people import queries
from minben.people.models import Delegation, RoleGrant, User
from minben.people.phones import mobile
from minben.people.rules import DelegationKind
from tests.db.refused import REASON, admin, answered, checker, citizen
from tests.factories import DAY, DAY0, actor, make_agency, make_person, make_staff

PHONE = "+886912345678"


def declare(**changes: str) -> User:
    user = make_person()
    words = {"nickname": "小民", "county": "臺北市", "township": "中正區", "residency": "national"}
    return people.declare(user=user, **(words | changes), by=actor(user), at=DAY0)


@answered(422, field="nickname")
def nickname_empty() -> None:
    declare(nickname=" ")


@answered(422, field="nickname")
def nickname_too_long() -> None:
    declare(nickname="長" * 21)


@answered(422, field="nickname")
def nickname_not_allowed() -> None:
    declare(nickname="=1+1")


@answered(422, field="county")
def county_unknown() -> None:
    declare(county="火星")


@answered(422, field="township")
def township_unknown() -> None:
    declare(township="板橋區")


@answered(422, field="residency")
def residency_missing() -> None:
    declare(residency="")


@answered(422, field="language")
def language_unknown() -> None:
    people.choose_language(user=make_person(), language="tlh", by=SYSTEM, at=DAY0)


@answered(409, field="email")
def email_in_use() -> None:
    for address in ("two.dots@gmail.com", "TwoDots+x@googlemail.com"):
        people.open_account(email=address, password=None, language="en", by=SYSTEM, at=DAY0)


@answered(422, field="phone")
def phone_not_mobile() -> None:
    mobile("02 2356 5000")


@answered(409, field="phone")
def phone_in_use() -> None:
    """Also when the first account has moved on to another number."""
    first, second = make_person(verified=False), make_person(verified=False)
    people.confirm_phone(user=first, phone=PHONE, by=SYSTEM, at=DAY0)
    people.confirm_phone(user=first, phone="+886987654321", by=SYSTEM, at=DAY0)
    people.confirm_phone(user=second, phone=PHONE, by=SYSTEM, at=DAY0)


@answered(409, field="phone")
def phone_proved() -> None:
    people.set_phone(user=make_person(), phone=PHONE, by=SYSTEM, at=DAY0)


def at_counter(user_id: int, by: Any = None, **changes: str) -> None:
    words = {"counter": "中正區公所", "document": "passport"} | changes
    clerk = by or make_staff(Role.CLERK)
    people.confirm_at_counter(user_id=user_id, **words, by=clerk, at=DAY0)


def unconfirmed() -> int:
    return make_person(verified=False).pk


@answered(422, field="email")
def person_unknown() -> None:
    at_counter(987_654)


@answered(403, field="email")
def counter_oneself() -> None:
    user = make_person(verified=False)
    at_counter(user.pk, actor(user, Grant(Role.CLERK)))


@answered(409, field="email")
def confirmed_already() -> None:
    at_counter(make_person().pk)


@answered(422, field="counter")
def counter_missing() -> None:
    at_counter(unconfirmed(), counter="  ")


@answered(422, field="counter")
def counter_too_long() -> None:
    at_counter(unconfirmed(), counter="長" * 81)


@answered(422, field="document")
def document_unknown() -> None:
    at_counter(unconfirmed(), document="A123456789")


def grant(
    role: Role, agency_id: int | None = None, user: User | None = None, by: Any = None
) -> Any:
    return people.grant_role(
        user_id=(user or make_person()).pk,
        role=role,
        agency_id=agency_id,
        by=by or admin(),
        at=DAY0,
    )


@answered(422, field="agency")
def role_agency() -> None:
    grant(Role.CHECKER, make_agency().pk)


@answered(409, field="role")
def role_held_already() -> None:
    user = make_person()
    grant(Role.CLERK, user=user)
    grant(Role.CLERK, user=user)


@answered(409)
def role_not_held() -> None:
    held = grant(Role.CLERK)
    for _ in range(2):
        people.end_role(grant_id=held.pk, by=admin(), at=DAY0)


@answered(403)
def role_own() -> None:
    user = make_person()
    held = grant(Role.ADMINISTRATOR, user=user)
    people.end_role(grant_id=held.pk, by=actor(user, Grant(Role.ADMINISTRATOR)), at=DAY0)


def change(code: str, by: Any = None, **changes: Any) -> None:
    people.change_agency(code=code, changes=changes, by=by or admin(), at=DAY0)


def end(code: str, on: date, successor: str = "") -> None:
    people.end_agency(code=code, on=on, successor_code=successor, by=admin(), at=DAY0)


@answered(422, field="agencies", basis=True)
def agency_code_unknown() -> None:
    make_agency()
    queries.find_agency("no-such", DAY0)


@answered(422, field="agencies", basis=True)
def agency_not_valid() -> None:
    make_agency()
    make_agency("環境部", "moenv")
    end("mof", date(2026, 3, 1), "moenv")
    queries.find_agency("mof", DAY0)


@answered(409, field="official_code")
def agency_code_taken() -> None:
    for name, code in (("財政部", "mof"), ("環境部", "moenv")):
        make_agency(name, code)
        change(code, official_code="A01")


@answered(422, field="name_zh")
def agency_name() -> None:
    make_agency("財政部", "mof")
    make_agency("環境部", "moenv")
    change("moenv", name_zh=" 財政部 ")


@answered(422, field="parent")
def agency_circle() -> None:
    make_agency("財政部", "mof")
    make_agency("財政部賦稅署", "mof-tax")
    change("mof-tax", parent="mof")
    change("mof", parent="mof-tax")


@answered(422, field="valid_until")
def agency_ends_before() -> None:
    make_agency()
    change("mof", valid_from=date(2026, 1, 2))
    end("mof", date(2026, 1, 2))


def cover(
    by: Any = None,
    delegate: Any = None,
    grant: RoleGrant | None = None,
    since: datetime = DAY0,
    until: datetime = DAY0 + DAY,
) -> Delegation:
    """A deputy for an officer of the ministry, named by that officer unless told otherwise."""
    agency = make_agency()
    if grant is None:
        holder = make_staff(Role.OFFICER, agency)
        grant, by = RoleGrant.objects.get(user_id=holder.person_id), by or holder
    deputy = delegate or make_staff(Role.OFFICER, agency)
    return people.delegate_role(
        grant_id=grant.pk,
        delegate_id=deputy.person_id,
        kind=DelegationKind.LEAVE,
        since=since,
        until=until,
        by=by,
        at=DAY0,
    )


@answered(422, field="delegate")
def delegation_oneself() -> None:
    holder = make_staff(Role.LEAD, make_agency())
    cover(holder, holder, RoleGrant.objects.get(user_id=holder.person_id))


@answered(422, field="delegate", basis=True)
def delegation_stranger() -> None:
    cover(delegate=make_staff(Role.OFFICER, make_agency("交通部", "motc")))


@answered(403, basis=True)
def delegation_not_yours() -> None:
    cover(by=make_staff(Role.LEAD, make_agency("交通部", "motc")))


@answered(422, field="until")
def delegation_period() -> None:
    cover(until=DAY0)


@answered(422, field="until")
def delegation_too_long() -> None:
    cover(until=DAY0 + 367 * DAY)


@answered(403, basis=True)
def delegation_chain() -> None:
    made = cover()
    deputy = queries.actor_of(made.delegate, DAY0)
    cover(deputy, make_staff(Role.OFFICER, make_agency()), made.grant)


@answered(409)
def delegation_over() -> None:
    made = cover()
    for _ in range(2):
        people.end_delegation(delegation_id=made.pk, by=admin(), at=DAY0)


def say(body: str = "贊成。", by: Any = None, closed: bool = False) -> Comment:
    thread = discussion.open_thread(by=SYSTEM, at=DAY0)
    if closed:
        thread.closed_at = DAY0
        thread.save()
    return discussion.comment(
        thread_id=thread.pk, side=Side.PRO, body=body, by=by or citizen(), at=DAY0
    )


def hide(comment: Comment, by: Any = None, **given: Any) -> None:
    whole: dict[str, Any] = {"ground": HideGround.ABUSE, "reason": REASON}
    discussion.hide_comment(comment_id=comment.pk, by=by or checker(), at=DAY0, **whole | given)


@answered(409)
def thread_closed() -> None:
    say(closed=True)


@answered(422, field="body")
def comment_empty() -> None:
    say(" ")


@answered(422, field="body")
def comment_too_long() -> None:
    say("長" * 1001)


@answered(409)
def comment_hidden_already() -> None:
    comment = say()
    hide(comment)
    hide(comment)


@answered(409)
def comment_not_hidden() -> None:
    discussion.restore_comment(comment_id=say().pk, by=checker(), at=DAY0)


@answered(422, field="reason")
def comment_reason_too_short() -> None:
    hide(say(), reason="壞")


@answered(422, field="reason")
def comment_reason_too_long() -> None:
    hide(say(), reason="長" * 501)


@answered(422, field="ground")
def comment_ground_unknown() -> None:
    hide(say(), ground="dislike")


@answered(403)
def comment_own() -> None:
    by = actor(make_person(), Grant(Role.CHECKER))
    hide(say(by=by), by)


def report(comment: Comment, by: Any, reason: str = REASON) -> None:
    discussion.report_comment(comment_id=comment.pk, reason=reason, by=by, at=DAY0)


@answered(422, field="reason")
def report_reason() -> None:
    report(say(), citizen(), "")


@answered(409)
def reported_already() -> None:
    comment, by = say(), citizen()
    report(comment, by)
    report(comment, by)
