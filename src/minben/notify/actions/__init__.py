"""The only writers of the outbox."""

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
from minben.notify.registry import Reader

__all__ = [
    "MAX_ATTEMPTS",
    "Reader",
    "begin_mailing",
    "cancel_mailing",
    "enqueue",
    "enqueue_all",
    "enqueue_each",
    "expand_mailings",
    "forget_person",
    "keep_in_sandbox",
    "mute_case",
    "resolve_doubts",
    "resolve_from_file",
    "send_due",
    "settle_doubt",
    "unmute_case",
]
