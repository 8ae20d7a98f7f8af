"""Words for what the record holds of an event (紀錄內容): names of its data, and their values."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from minben.base.presentation import is_chinese, moment_text
from minben.casework.rules import AgencyRole
from minben.desk.words import ADOPTIONS, DEADLINES, OUTCOMES, Words
from minben.kernel.periods import TAIPEI
from minben.kernel.text import excerpt

NAMES: Final[Mapping[str, str | Promise]] = {
    "adoption": _("Adoption"),
    "agencies": _("Agencies"),
    "agency": _("Agency"),
    "basis": pgettext_lazy("datum", "Basis"),
    "campaign": _("Examination of endorsements"),
    "closes_at": _("Endorsing closes"),
    "count": pgettext_lazy("datum", "How many"),
    "due_at": pgettext_lazy("datum", "Due before"),
    "endorsed": _("Endorsements"),
    "ground": pgettext_lazy("datum", "Ground"),
    "kind": pgettext_lazy("datum", "What it is for"),
    "leaves": _("Places in the ledger"),
    "merge_into": _("Advised to join"),
    "number": pgettext_lazy("datum", "Number"),
    "opens_at": _("Endorsing opens"),
    "outcome": pgettext_lazy("datum", "How it ended"),
    "role": pgettext_lazy("datum", "Part in the case"),
    "reason": pgettext_lazy("datum", "Reason"),
    "revision": pgettext_lazy("datum", "Revision"),
    "rule_set": _("Rule set"),
    "side": pgettext_lazy("datum", "Side"),
    "starts_at": pgettext_lazy("datum", "Counts from"),
    "until": pgettext_lazy("datum", "Until"),
}
_PARTS: Final[Words] = {
    AgencyRole.LEAD: pgettext_lazy("desk", "lead"),
    AgencyRole.ASSIST: pgettext_lazy("desk", "assisting"),
}
_CODES: Final = {"adoption": ADOPTIONS, "kind": DEADLINES, "outcome": OUTCOMES, "role": _PARTS}
_TELLING: Final = ("kind", "agency", "agencies", "adoption", "outcome", "reason", "due_at")
_SHORT: Final = 60


def name_of(key: str) -> str:
    """The word for a datum; one without a word keeps its own name."""
    return str(NAMES.get(key, key))


def told(key: str, value: Any) -> str:  # Any: JSON
    """A value as a person reads it: instants in Taiwan's time, codes in words, names in one language."""
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, Mapping) and "zh" in value:
        return str(value["zh"] if is_chinese() or not value.get("en") else value["en"])
    if isinstance(value, list) and value and all(isinstance(one, (str, Mapping)) for one in value):
        return ("、" if is_chinese() else ", ").join(told(key, one) for one in value)
    if isinstance(value, str):
        return str(_CODES.get(key, {}).get(value, "")) or _moment(value) or value
    return json.dumps(value, ensure_ascii=False)


def rows_of(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """All that is recorded of an event: names and values."""
    return [(name_of(key), told(key, value)) for key, value in data.items()]


def detail_of(data: Mapping[str, Any]) -> str:
    """What tells an event from others of its kind, in a line; often nothing."""
    some = [told(key, data[key]) for key in _TELLING if data.get(key) not in (None, "", [])]
    return " · ".join(excerpt(one, _SHORT) for one in some)


def _moment(text: str) -> str:
    if len(text) < len("2026-03-02T00:00") or "T" not in text[:11]:
        return ""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return ""
    return moment_text(at.astimezone(TAIPEI)) if at.tzinfo else ""
