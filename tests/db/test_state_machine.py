"""No sequence of acts leads a proposal where it may not be."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from minben.proposals.rules import State
from tests.db.machine import Life, make_cast
from tests.db.whole_life import walk

ACTS = (
    "file_proposal",
    "take_up_check",
    "release_check",
    "accept_for_endorsement",
    "hide",
    "appeal",
    "decide_appeal",
    "endorse",
    "withdraw",
    "declare_pause",
    "cancel_pause",
    "draft_response",
    "publish_answer",
)


@pytest.mark.django_db
def test_no_sequence_of_acts_reaches_a_forbidden_state() -> None:
    """Longer: ``pytest tests/db/test_state_machine.py --hypothesis-profile=deep``."""
    Life.cast, Life.seen = make_cast(), Counter()
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=max(20, settings().max_examples // 5),
            stateful_step_count=50,
            deadline=None,
            phases=(Phase.generate,),
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    # A machine that never gets anywhere would find nothing. Only what no draw can miss is asked
    # for here (hypothesis draws otherwise when other modules are loaded); the rest stands below.
    missing = {"file_proposal", "accept_for_endorsement", "endorsing", "hidden"} - set(Life.seen)
    print(Life.seen)
    assert not missing, missing


@pytest.mark.django_db
def test_the_machine_can_go_everywhere() -> None:
    """Each rule of the machine, in an order that gets somewhere: every act and every state."""
    Life.cast, Life.seen = make_cast(), Counter()
    walk(Life())
    missing = {*ACTS, *(state.value for state in State)} - set(Life.seen)
    assert not missing, missing
