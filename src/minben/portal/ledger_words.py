"""The ledger in words (帳本用語): fields of an entry, and what can be wrong with a receipt."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

NOT_A_RECEIPT = {
    "too_big": _("This file is too large to be a receipt."),
    "not_json": _("This is no receipt. Choose the file you downloaded, unchanged."),
    "not_a_receipt": _("This is no receipt. Choose the file you downloaded, unchanged."),
    "other_format": _("This kind of receipt is not known here. A newer version may know it."),
    "broken_field": _("This receipt is damaged: the part “%(field)s” cannot be read."),
    "too_many": _("At most a thousand receipts can be checked at once."),
    "too_many_unplaced": _(
        "At most fifty receipts without a place in the ledger can be looked for at once. Download"
        " them again: most will have their place now."
    ),
    "too_often": _(
        "Many receipts were checked from your network within a short time. Nothing is lost; please"
        " try again in a minute."
    ),
    "no_ledger": _("This installation has no key of its own ledger, so it cannot compare."),
}
FAULT_WORDS = {
    "other_log": _("It is the receipt of another ledger."),
    "key_mismatch": _("The keys it names are not those of this ledger."),
    "entry_false": _("Its entry was changed, or is none."),
    "commitment_false": _(
        "The personal part (such as nickname and reason) does not fit the entry."
    ),
    "promise_false": _("The signature under its promise is false."),
    "checkpoint_false": _("The checkpoint on it was not signed by this ledger."),
    "proof_false": _("Its proof does not lead from the entry to the checkpoint."),
    "proves_nothing": _("It carries neither a place nor a promise."),
    "two_faces": _(
        "Its checkpoint and the newest one are both signed and contradict each other. That is grave:"
        " keep the receipt and show it to a witness."
    ),
    "other_checkpoint_false": _("The newest checkpoint of this ledger could not be verified."),
    "not_at_index": _("Another entry stands at that place of the ledger."),
}
_FIELDS: dict[str, tuple[str | Promise, str | Promise]] = {
    "kind": (pgettext_lazy("ledger", "Kind"), _("what was done, as a code")),
    "at": (_("Time"), _("when it took effect; in UTC, which is eight hours behind Taiwan")),
    "case": (pgettext_lazy("ledger", "Case"), _("the case in this platform's own count")),
    "subject": (pgettext_lazy("ledger", "Subject"), _("what was acted on")),
    "by": (pgettext_lazy("ledger", "By"), _("whose act; citizens are never named")),
    "commit": (
        pgettext_lazy("ledger", "Commitment"),
        _("stands for what is not public; only a receipt can open it, and it can be erased"),
    ),
    "who": (
        pgettext_lazy("ledger", "Person's tag"),
        _("the same if one person acted twice on this case, and meaningless anywhere else"),
    ),
}


@dataclass(frozen=True, slots=True)
class FieldWords:
    """One field of an entry: its name, what it says, and what that means."""

    label: str | Promise
    value: str
    meaning: str | Promise


def field_words(told: Mapping[str, Any]) -> list[FieldWords]:  # Any: JSON values
    """The fields of an entry that are single values, explained."""
    return [
        FieldWords(label, str(told[name]), meaning)
        for name, (label, meaning) in _FIELDS.items()
        if name in told
    ]
