"""Closing an account: asked, undone, stopped, done; and the number that stays bound for a while."""

from datetime import timedelta

import pytest

from minben.audit.models import Event
from minben.base import erasing
from minben.kernel.actor import ANONYMOUS, SYSTEM, Role
from minben.kernel.periods import end_of, local_day
from minben.kernel.refusal import Refusal
from minben.ledger.merkle import Frontier
from minben.ledger.models import Leaf, Opening, Tree
from minben.notify.models import Notice
from minben.people import actions, jobs
from minben.people.models import BoundNumber, Closing, RoleGrant, User
from minben.people.numbers import digest_of, digests_of
from minben.proposals.models import Endorsement, Proposal
from minben.proposals.queries.erasing import NUMBER_KEPT
from tests.db.campaigned import LATER, restored
from tests.db.proposals.test_campaign_appeals import appealed, decided, struck
from tests.db.refused import open_one
from tests.factories import DAY, DAY0, actor, count, endorse, file_one, make_person, make_staff

pytestmark = pytest.mark.django_db
DUE = end_of(local_day(DAY0) + timedelta(days=7))
NUMBER = "+886955555555"


def ask(user: User, *, keep_comments: bool = False) -> Closing:
    return actions.close_account(keep_comments=keep_comments, by=actor(user), at=DAY0)


def erase(user: User) -> User:
    ask(user)
    jobs.due(DUE)
    user.refresh_from_db()
    return user


def test_seven_whole_days_lie_between() -> None:
    user = make_person()
    assert ask(user).due_at == DUE
    assert jobs.due(DUE - timedelta(microseconds=1))["accounts_erased"] == 0
    assert jobs.due(DUE)["accounts_erased"] == 1
    assert jobs.due(DUE) == {"accounts_erased": 0, "numbers_released": 0, "sessions_dropped": 0}
    user.refresh_from_db()
    assert (user.erased_at, user.email) == (DUE, f"erased:{user.pk}")
    notice = Notice.objects.get(kind="people.erased")
    assert notice.recipient == f"erased:{user.pk}"


def test_who_keeps_the_account_loses_nothing() -> None:
    user = make_person()
    before = User.objects.filter(pk=user.pk).values().get()
    ask(user)
    actions.keep_account(by=actor(user), at=DAY0 + DAY)
    assert jobs.due(DUE + DAY)["accounts_erased"] == 0
    assert User.objects.filter(pk=user.pk).values().get() == before
    kinds = Event.objects.filter(subject=f"person:{user.pk}").values_list("kind", flat=True)
    assert {"people.closing_asked", "people.account_kept"} <= set(kinds)
    ask(user)  # and may ask again


def test_a_duty_taken_up_meanwhile_stops_it_and_is_told() -> None:
    user, clerk = make_person(), make_staff(Role.ADMINISTRATOR)
    name = User.objects.get(pk=clerk.person_id).nickname
    ask(user)
    actions.grant_role(user_id=user.pk, role=Role.CHECKER, agency_id=None, by=clerk, at=DAY0)
    assert jobs.due(DUE)["accounts_erased"] == 0
    assert not Closing.objects.exists()
    notice = Notice.objects.get(kind="people.closing_stopped")
    assert name in notice.context["why"], "it says whom to ask"
    user.refresh_from_db()
    assert user.erased_at is None


def test_a_proposal_filed_meanwhile_stops_it() -> None:
    user = make_person()
    ask(user)
    file_one(user, at=DAY0 + DAY)
    assert jobs.due(DUE)["accounts_erased"] == 0
    assert "檢核" in Notice.objects.get(kind="people.closing_stopped").context["why"]


def test_a_role_that_ended_stands_in_nobody_s_way() -> None:
    by = make_staff(Role.CHECKER)
    user = User.objects.get(pk=by.person_id)
    grant = RoleGrant.objects.get(user=user)
    actions.end_role(grant_id=grant.pk, by=SYSTEM, at=DAY0)
    actions.close_account(keep_comments=False, by=actor(user), at=DAY0 + timedelta(minutes=1))
    jobs.due(DUE)
    user.refresh_from_db()
    assert user.erased_at == DUE
    assert RoleGrant.objects.get(user=user).role == "checker", "who held an office is on record"


def test_nobody_erases_anybody() -> None:
    user = make_person()
    for by in (actor(user), actor(make_person()), make_staff(Role.ADMINISTRATOR)):
        with pytest.raises(Refusal, match="not_permitted"):
            actions.erase_person(user_id=user.pk, keep_comments=False, by=by, at=DAY0)
    with pytest.raises(Refusal, match="not_permitted"):
        actions.close_account(keep_comments=False, by=ANONYMOUS, at=DAY0)
    with pytest.raises(Refusal, match="person_unknown"):
        actions.erase_person(user_id=0, keep_comments=False, by=SYSTEM, at=DAY0)


def test_what_a_module_forgets_to_do_undoes_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("disk full")

    user = make_person()
    ask(user)
    monkeypatch.setitem(erasing._erasers, "ledger", erasing.Eraser("ledger", broken))
    assert jobs.due(DUE)["accounts_erased"] == 0
    user.refresh_from_db()
    assert (user.erased_at, bool(user.nickname)) == (None, True)
    assert not Event.objects.filter(kind="people.erased").exists()


def test_the_address_is_free_again_and_can_t_be_taken_beforehand() -> None:
    user = make_person()
    address = user.email
    erase(user)
    again = actions.open_account(
        email=address, password=None, language="zh-hant", by=SYSTEM, at=DUE
    )
    assert again.pk != user.pk
    blocker = actions.open_account(
        email=f"erased:{again.pk}@x.org", password=None, language="zh-hant", by=SYSTEM, at=DUE
    )
    assert blocker.canonical_email != f"erased:{again.pk}"


# Numbers --------------------------------------------------------------------------------------


def with_number(at: object = DAY0) -> User:
    user = make_person()
    actions.confirm_phone(user=user, phone=NUMBER, by=actor(user), at=DAY0)
    return user


def test_a_number_that_endorsed_stays_bound_for_a_year_after_the_window() -> None:
    user, proposal = with_number(), open_one()
    endorse(proposal_id=proposal.pk, by=actor(user), at=proposal.opens_at)
    ask(user)
    jobs.due(DUE)
    until = proposal.closes_at + NUMBER_KEPT
    other = make_person(verified=False)
    for at in (DUE, until - timedelta(seconds=1)):
        jobs.due(at)
        with pytest.raises(Refusal, match="phone_in_use"):
            actions.confirm_phone(user=other, phone=NUMBER, by=actor(other), at=at)
    assert jobs.due(until)["numbers_released"] == 2, "that of the sign-up as well"
    actions.confirm_phone(user=other, phone=NUMBER, by=actor(other), at=until)
    assert BoundNumber.objects.get(digest=digest_of(NUMBER)).user == other


def test_the_same_number_never_endorses_twice() -> None:
    user, proposal = with_number(), open_one()
    endorse(proposal_id=proposal.pk, by=actor(user), at=proposal.opens_at)
    actions.erase_person(user_id=user.pk, keep_comments=False, by=SYSTEM, at=proposal.opens_at)
    other = make_person(verified=False)
    with pytest.raises(Refusal, match="phone_in_use"):
        actions.confirm_phone(user=other, phone=NUMBER, by=actor(other), at=proposal.opens_at)
    other.refresh_from_db()
    with pytest.raises(Refusal, match="verification_required"):
        endorse(proposal_id=proposal.pk, by=actor(other), at=proposal.opens_at)
    assert Endorsement.objects.filter(proposal=proposal).count() == 1


def test_a_window_that_moved_holds_the_number_longer() -> None:
    user, proposal = with_number(), open_one()
    endorse(proposal_id=proposal.pk, by=actor(user), at=proposal.opens_at)
    erase(user)
    jobs.due(DUE + timedelta(hours=1))  # the sweep
    later = proposal.closes_at + 30 * DAY
    Proposal.objects.filter(pk=proposal.pk).update(closes_at=later)
    assert jobs.due(proposal.closes_at + NUMBER_KEPT)["numbers_released"] == 0
    assert set(BoundNumber.objects.filter(user=user).values_list("release_at", flat=True)) == {
        later + NUMBER_KEPT
    }


def test_who_endorsed_nothing_leaves_no_number() -> None:
    user = erase(with_number())
    assert BoundNumber.objects.filter(user=user).exists(), "an endorsement may be under way"
    assert jobs.due(DUE + timedelta(minutes=59))["numbers_released"] == 0
    assert jobs.due(DUE + timedelta(hours=1))["numbers_released"] == 2
    assert not BoundNumber.objects.filter(user=user).exists()


def test_an_endorsement_under_way_still_holds_the_number() -> None:
    user, proposal = with_number(), open_one()
    erase(user)
    under_way = Endorsement.objects.create(proposal=proposal, person=user, at=DUE, nickname="舊名")
    Endorsement.objects.filter(pk=under_way.pk).update(number=1)  # the sequencer came by
    for hours in (1, 2, 3):
        jobs.due(DUE + timedelta(hours=hours))
    until = set(BoundNumber.objects.filter(user=user).values_list("release_at", flat=True))
    assert until == {proposal.closes_at + NUMBER_KEPT}
    assert Endorsement.objects.get(person=user).nickname == ""


def test_a_number_is_found_under_a_replaced_secret(settings: object) -> None:
    with_number()
    old = settings.SECRET_KEY  # type: ignore[attr-defined]
    settings.SECRET_KEY = "another-secret-another-secret-another"  # type: ignore[attr-defined]
    other = make_person(verified=False)
    settings.SECRET_KEY_FALLBACKS = [old]  # type: ignore[attr-defined]
    assert len(set(digests_of(NUMBER))) == 2
    with pytest.raises(Refusal, match="phone_in_use"):
        actions.confirm_phone(user=other, phone=NUMBER, by=actor(other), at=DAY0)


# Afterwards -----------------------------------------------------------------------------------


def test_of_an_invalidated_endorsement_the_appeal_goes_and_the_decision_stays() -> None:
    proposal, campaign, by = struck()
    appeal = appealed(proposal, by)
    Endorsement.objects.filter(person_id=by.person_id).update(network=b"0123456789abcdef")
    late = LATER + 3 * DAY
    with pytest.raises(Refusal, match="erase_appealing"):
        actions.close_account(keep_comments=False, by=by, at=late)
    decided(appeal, upheld=False)
    actions.erase_person(user_id=by.person_id or 0, keep_comments=False, by=SYSTEM, at=late)
    appeal.refresh_from_db()
    assert (appeal.text, appeal.upheld) == ("", False)
    given = Endorsement.objects.get(person_id=by.person_id)
    assert (given.network, given.nickname) == (None, "")
    assert given.invalidated_at is not None
    campaign.refresh_from_db()
    restored(campaign)
    given.refresh_from_db()
    assert given.invalidated_at is None, "it counts again with the others"


def test_the_tree_stays_valid_and_the_openings_are_gone() -> None:
    user = make_person()
    proposal = open_one()
    endorse(proposal_id=proposal.pk, by=actor(user), at=proposal.opens_at, reason="我住附近")
    mine = file_one(user)
    count()
    assert Opening.objects.filter(person=f"person:{user.pk}").exists()
    tree = Tree.objects.get()
    Proposal.objects.filter(pk=mine.pk).update(
        state="endorsing", opens_at=DAY0, closes_at=DAY0 + 60 * DAY
    )
    erase(user)
    assert not Opening.objects.filter(person=f"person:{user.pk}").exists()
    frontier = Frontier(0, [])
    for leaf in Leaf.objects.filter(index__lt=tree.size).order_by("index"):
        frontier.append(bytes(leaf.hash))
    assert [peak.hex() for peak in frontier.peaks] == tree.peaks


def test_a_shell_acts_no_more_and_is_told_nothing() -> None:
    user, proposal = make_person(), open_one()
    stale = actor(user)  # a request that began before
    erase(user)
    with pytest.raises((Refusal, User.DoesNotExist)):
        endorse(proposal_id=proposal.pk, by=stale, at=proposal.opens_at + 8 * DAY)
    assert not Endorsement.objects.filter(proposal=proposal).exists()
    Proposal.objects.filter(pk=proposal.pk).update(proposer=user)
    told = Notice.objects.count()
    from minben.proposals.notify_people import tell_proposer

    proposal.refresh_from_db()
    tell_proposer("reached", proposal, by=SYSTEM, at=DUE)
    assert Notice.objects.count() == told
