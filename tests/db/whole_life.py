"""One fixed walk through the machine: every act and every state, whatever random draws miss."""

from collections.abc import Callable
from datetime import timedelta

from tests.db.machine import Life

SOON = timedelta(0)
STEPS: tuple[Callable[[Life], object], ...] = (
    lambda life: life.file(0, None),
    lambda life: life.take_up(0, 0),
    lambda life: life.release(0, 0),
    lambda life: life.accept(0, 0, True),
    lambda life: life.everybody_endorses(0, SOON),
    lambda life: life.draft_response(0, False, "adopted"),
    lambda life: life.publish(0, True),
    lambda life: life.file(1, None),
    lambda life: life.hide(0, 0, True, None),
    lambda life: life.appeal(0, 0, True),
    lambda life: life.decide(0, 1, True, False),
    lambda life: life.declare_pause(timedelta(hours=1), 48, SOON),
    lambda life: life.cancel_pause(0),
    lambda life: life.file_and_check(2, True),
    lambda life: life.withdraw(8, 2, True),
    lambda life: life.file_and_check(3, True),
    lambda life: life.time_passes(12 * 24),
    lambda life: life.time_passes(12 * 24),
    lambda life: life.tick(),
)


def walk(life: Life) -> None:
    """Play the steps; everything that must hold is looked at after each."""
    try:
        for step in STEPS:
            step(life)
            for invariant in life.invariants:
                invariant.function(life)
    finally:
        life.teardown()
