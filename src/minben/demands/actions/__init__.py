"""The acts on demands; the only writers of this module."""

from minben.demands.actions.correcting import agree_to_split, answer_correction, propose_correction
from minben.demands.actions.disposing import (
    correct_disposition,
    dispose,
    publish_dispositions,
    take_back,
)
from minben.demands.actions.drafting import clear_draft, hand_in, save_draft
from minben.demands.actions.erasing import forget_person
from minben.demands.actions.leaving_out import drop_demand, merge_demand, restore_demand
from minben.demands.actions.splitting import (
    add_demand,
    assign_demand,
    move_demand,
    publish_split,
    reword_demand,
)

__all__ = [
    "add_demand",
    "agree_to_split",
    "answer_correction",
    "assign_demand",
    "clear_draft",
    "correct_disposition",
    "dispose",
    "drop_demand",
    "forget_person",
    "hand_in",
    "merge_demand",
    "move_demand",
    "propose_correction",
    "publish_dispositions",
    "publish_split",
    "restore_demand",
    "reword_demand",
    "save_draft",
    "take_back",
]
