"""The only writers of this module."""

from minben.assigning.actions.answering import accept_offer, dispute_offer
from minben.assigning.actions.deciding import decide_dispute, escalate_dispute, force_assignment
from minben.assigning.actions.offering import assign_and_offer, offer_named
from minben.assigning.actions.precedents import (
    PastCase,
    forget_precedent,
    keep_precedents,
    tell_suggestion,
)

__all__ = [
    "PastCase",
    "accept_offer",
    "assign_and_offer",
    "decide_dispute",
    "dispute_offer",
    "escalate_dispute",
    "force_assignment",
    "forget_precedent",
    "keep_precedents",
    "offer_named",
    "tell_suggestion",
]
