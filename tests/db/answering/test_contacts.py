"""The log of contacts: minutes wait for the proposer's word, attempts do not end the clock."""

from datetime import UTC, datetime, timedelta

import pytest

from minben.answering import actions, personal, queries
from minben.answering.models import Contact
from minben.answering.rules import ContactState
from minben.audit.models import Event
from minben.base.erasing import Erasing
from minben.casework.models import Deadline
from minben.kernel.actor import SYSTEM
from minben.kernel.refusal import Refusal
from minben.notify.models import Notice
from minben.proposals.models import Proposal
from tests.db.answering.scenes import AGREED, AT, MINUTES, contact, officer, reached_one
from tests.factories import DAY, actor, make_person

pytestmark = pytest.mark.django_db
OVER = datetime(2026, 3, 12, 16, tzinfo=UTC)  # seven days after the next day begins, in Taipei


def clock(case_id: int) -> Deadline:
    return Deadline.objects.get(case_id=case_id, kind="contact")


def say(found: Contact, verdict: str, statement: str = "", at: datetime = AT + DAY) -> Contact:
    by = actor(Proposal.objects.get(case_id=found.case_id).proposer)
    return actions.answer_contact(
        contact_id=found.pk, verdict=verdict, statement=statement, by=by, at=at
    )


def shown(found: Contact, at: datetime) -> tuple[ContactState, str, str]:
    [line] = queries.contacts_of(found.case_id, at)
    return line.state, line.discussed, line.statement


def test_the_first_contact_ends_the_clock_and_asks_the_proposer() -> None:
    proposal, by = reached_one(), officer()
    found = contact(proposal, by)
    assert clock(proposal.case_id).outcome == "met"
    assert found.answer_until == OVER
    [letter] = Notice.objects.filter(kind="answering.contact_logged")
    assert letter.recipient == f"person:{proposal.proposer_id}"
    assert letter.context["until"] == "2026-03-12"
    [event] = Event.objects.filter(kind="answering.contacted")
    assert (event.data["channel"], event.data["reached"]) == ("phone", True)
    assert MINUTES not in str(event.data)


def test_an_attempt_is_logged_and_the_clock_runs_on() -> None:
    proposal, by = reached_one(), officer()
    found = contact(proposal, by, reached=False)
    assert clock(proposal.case_id).outcome == "open"
    assert not Notice.objects.filter(kind="answering.contact_logged").exists()
    assert shown(found, AT)[0] is ContactState.ATTEMPT
    contact(proposal, by, AT + DAY)
    assert clock(proposal.case_id).outcome == "met"


def test_without_a_word_the_minutes_are_public_when_the_period_ends() -> None:
    found = contact(reached_one(), officer())
    assert shown(found, OVER - timedelta(microseconds=1)) == (ContactState.WAITING, "", "")
    assert shown(found, OVER) == (ContactState.PUBLIC, MINUTES, "")


def test_confirmed_or_corrected_they_are_public_at_once() -> None:
    found = contact(reached_one(), officer())
    say(found, "confirmed", "不會留下")
    assert shown(found, AT + DAY) == (ContactState.PUBLIC, MINUTES, "")
    say(found, "corrected", "另外談到無障礙。")
    assert shown(found, AT + DAY) == (ContactState.PUBLIC, MINUTES, "另外談到無障礙。")


def test_objected_they_never_are_and_the_reason_stays_private() -> None:
    found = contact(reached_one(), officer())
    say(found, "objected", "涉及家庭狀況。")
    for at in (AT + DAY, OVER, OVER + 400 * DAY):
        assert shown(found, at) == (ContactState.OBJECTED, "", "")


def test_after_the_period_only_an_objection_is_heard() -> None:
    found = contact(reached_one(), officer())
    with pytest.raises(Refusal, match="contact_period_over"):
        say(found, "corrected", "太晚了。", OVER)
    say(found, "objected", "", OVER)
    assert shown(found, OVER)[0] is ContactState.OBJECTED


def test_nobody_else_says_a_word_on_them() -> None:
    found = contact(reached_one(), officer())
    for by in (actor(make_person()), officer()):
        with pytest.raises(Refusal, match="contact_not_yours"):
            actions.answer_contact(
                contact_id=found.pk, verdict="confirmed", statement="", by=by, at=AT
            )


def test_a_case_without_a_citizen_says_so() -> None:
    proposal, by = reached_one(), officer()
    Proposal.objects.filter(pk=proposal.pk).update(proposer=None)
    with pytest.raises(Refusal, match="contact_nobody"):
        contact(proposal, by)


@pytest.mark.parametrize("word", ["", "corrected", "objected"])
def test_erasing_takes_what_is_not_public_and_the_persons_own_words(word: str) -> None:
    proposal = reached_one()
    found = contact(proposal, officer())
    if word:
        say(found, word, "我的話。")
    person = proposal.proposer_id or 0
    assert personal.held_about(person)["contacts"][0]["agreed"] == AGREED
    actions.forget_person(person_id=person, by=SYSTEM, at=AT + DAY)
    actions.forget_person(person_id=person, by=SYSTEM, at=AT + DAY)
    found.refresh_from_db()
    assert (found.statement, found.petitioner_id) == ("", None)
    assert found.discussed == (MINUTES if word == "corrected" else "")
    assert personal.held_about(person)["contacts"] == []


def test_an_account_that_is_erased_takes_this_module_along() -> None:
    from minben.base.erasing import erasers

    proposal = reached_one()
    contact(proposal, officer())
    [eraser] = [one for one in erasers() if one.module == "answering"]
    eraser.erase(Erasing(person_id=proposal.proposer_id or 0), SYSTEM, AT + DAY)
    assert Contact.objects.get().petitioner_id is None
