"""What came of a meeting (會議結果、列管事項). Pure.

Basis: practice of the participation officers (2017-05-08): a meeting decides nothing; its results
are reported, and what was agreed is followed every month until it is released (解除列管).
"""

from datetime import timedelta
from enum import StrEnum
from typing import Final

from minben.kernel.machine import Machine

REPORT_MIN, REPORT_MAX = 20, 6000  # characters
ACTION_MIN, ACTION_MAX = 5, 300
UPDATE_MIN, UPDATE_MAX = 5, 1000
ACTIONS_MOST: Final = 30
REPORT_EVERY: Final = timedelta(days=31)  # 每月回報


class ActionState(StrEnum):
    """Where an agreed action stands."""

    OPEN = "open"  # 待辦
    DOING = "doing"  # 辦理中
    RELEASED = "released"  # 解除列管
    DROPPED = "dropped"  # 不再辦理


ENDED: Final = frozenset({ActionState.RELEASED, ActionState.DROPPED})
STEPS: Final = Machine(
    {
        (ActionState.OPEN, ActionState.DOING): ActionState.DOING,
        (ActionState.OPEN, ActionState.RELEASED): ActionState.RELEASED,
        (ActionState.OPEN, ActionState.DROPPED): ActionState.DROPPED,
        (ActionState.DOING, ActionState.DOING): ActionState.DOING,
        (ActionState.DOING, ActionState.RELEASED): ActionState.RELEASED,
        (ActionState.DOING, ActionState.DROPPED): ActionState.DROPPED,
    }
)
