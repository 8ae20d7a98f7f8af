"""The only writers of the outbox."""

from minben.notify.actions.bouncing import Bounce, ask_for_proof, note_bounce, prove_address
from minben.notify.actions.doubts import resolve_doubts, resolve_from_file, settle_doubt
from minben.notify.actions.mailings import begin_mailing, cancel_mailing, expand_mailings
from minben.notify.actions.muting import mute_case, unmute_case
from minben.notify.actions.outbox import (
    enqueue,
    enqueue_all,
    enqueue_each,
    forget_person,
    keep_in_sandbox,
)
from minben.notify.actions.sending import MAX_ATTEMPTS, send_due
from minben.notify.actions.wishing import wish_for_letters
from minben.notify.registry import Reader

__all__ = [
    "MAX_ATTEMPTS",
    "Bounce",
    "Reader",
    "ask_for_proof",
    "begin_mailing",
    "cancel_mailing",
    "enqueue",
    "enqueue_all",
    "enqueue_each",
    "expand_mailings",
    "forget_person",
    "keep_in_sandbox",
    "mute_case",
    "note_bounce",
    "prove_address",
    "resolve_doubts",
    "resolve_from_file",
    "send_due",
    "settle_doubt",
    "unmute_case",
    "wish_for_letters",
]
