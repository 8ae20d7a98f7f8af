"""Filters for looking into endorsements (附議查核): words for states, grounds and conditions."""

from collections.abc import Mapping
from datetime import datetime

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from minben.base.presentation import is_chinese, moment_text
from minben.kernel.periods import TAIPEI
from minben.proposals.invalidation import CampaignState, reason_of

register = template.Library()
STATES: dict[str, tuple[str | Promise, str]] = {
    CampaignState.DRAFT: (pgettext_lazy("campaign", "proposed"), "neutral"),
    CampaignState.COUNTED: (_("counted, awaits approval"), "warning"),
    CampaignState.APPROVED: (_("approved, not begun"), "warning"),
    CampaignState.RUNNING: (pgettext_lazy("campaign", "in progress"), "info"),
    CampaignState.RUN: (pgettext_lazy("campaign", "done"), "success"),
    CampaignState.REJECTED: (_("not approved"), "neutral"),
    CampaignState.RESTORING: (_("being taken back"), "info"),
    CampaignState.RESTORED: (pgettext_lazy("campaign", "taken back"), "neutral"),
}
CONDITIONS: dict[str, str | Promise] = {
    "nickname": _("Pattern of the nickname"),
    "reason": _("Pattern of the written reason"),
    "county": _("County or city"),
    "since": _("From this time on"),
    "until": _("Before this time"),
    "network": _("Network"),
}


@register.filter
def campaign_state(code: str) -> str | Promise:
    """Where a campaign stands, in words."""
    return STATES[code][0]


@register.filter
def campaign_color(code: str) -> str:
    """The colour of the tag beside those words."""
    return STATES[code][1]


@register.filter
def campaign_reason(code: str) -> str:
    """A catalogued ground in the reader's language."""
    found = reason_of(code)
    if found is None:
        return code
    return found.zh if is_chinese() else found.en


@register.filter
def told_conditions(conditions: Mapping[str, str]) -> list[tuple[str | Promise, str]]:
    """Conditions as they were given, each with its name; times in Taiwan's."""
    return [(CONDITIONS.get(name, name), _told(value, name)) for name, value in conditions.items()]


def _told(value: str, name: str) -> str:
    if name not in ("since", "until"):
        return value
    return moment_text(datetime.fromisoformat(value).astimezone(TAIPEI))
