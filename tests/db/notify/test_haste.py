"""Which letters wait for nobody's wish: every kind whose day or right would pass meanwhile."""

import pytest

from minben.notify.registry import Haste, kind_of

SINGLE = (
    "casework.due_today",
    "casework.overdue",
    "meetings.cancelled",
    "meetings.endorsers_invited",
    "meetings.moved",
    "meetings.moved_up",
    "proceedings.window_opened",
    "proposals.appeal_rejected",
    "proposals.hidden",
    "proposals.invalidated",
    "proposals.reached_agency",
)
AT_ONCE = ("people.closing_asked", "people.counter_confirmed", "people.erased", "notify.prove")


@pytest.mark.parametrize("code", SINGLE)
def test_what_cannot_wait_for_tomorrow_is_a_letter_of_its_own(code: str) -> None:
    assert kind_of(code).haste is Haste.SINGLE


@pytest.mark.parametrize("code", AT_ONCE)
def test_what_is_about_the_safety_of_an_account_waits_for_nothing(code: str) -> None:
    assert kind_of(code).haste is Haste.AT_ONCE


def test_an_answer_may_stand_in_the_letter_of_the_day() -> None:
    assert kind_of("proposals.answered").haste is Haste.COLLECTED
