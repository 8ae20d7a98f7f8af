"""Forms of looking into endorsements (附議查核): what may be typed, in Taiwan's time."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from minben.base.fields import TextField
from minben.desk.forms import REASON_MAX, Choices
from minben.proposals.conditions import PATTERN_MAX, Conditions
from minben.proposals.invalidation import REASONS

_MINUTES = "%Y-%m-%dT%H:%M"
_TIMES = ("since", "until")


def _pattern(label: Any, help_text: Any) -> forms.CharField:
    """A pattern. Any: lazy texts, whose type Django's stubs keep to themselves."""
    return forms.CharField(label=label, help_text=help_text, max_length=PATTERN_MAX, required=False)


class CampaignForm(forms.Form):
    """Which endorsements are concerned, on what ground, and what everybody will read."""

    nickname = _pattern(
        _("Pattern of the nickname"),
        _(
            "* stands for anything, ? for one character; such as bot*. Case and width do not matter."
        ),
    )
    reason = _pattern(
        _("Pattern of the written reason"), _("As above; *…* finds words in the middle.")
    )
    county = forms.ChoiceField(label=_("County or city"), required=False)
    since = forms.DateTimeField(label=_("From this time on"), required=False)
    until = forms.DateTimeField(
        label=_("Before this time"), required=False, help_text=_("Times are Taiwan's.")
    )
    network = forms.CharField(
        label=_("Network"),
        max_length=50,
        required=False,
        help_text=_(
            "In CIDR notation, from /16 to /24 (IPv4) or /32 to /48 (IPv6). "
            "Addresses themselves are never kept."
        ),
    )
    reason_code = forms.ChoiceField(label=_("Ground"), widget=forms.RadioSelect)
    explanation_zh = TextField(
        label=_("Explanation in Chinese"),
        max_length=1000,
        widget=forms.Textarea,
        help_text=_("Everybody reads it. Tell what was found and how; name no person."),
    )
    explanation_en = TextField(
        label=_("Explanation in English"), max_length=2000, required=False, widget=forms.Textarea
    )

    def __init__(self, *args: Any, counties: Choices, zh: bool, **kwargs: Any) -> None:
        # Any: Django's form signature
        super().__init__(*args, **kwargs)
        choices: Any = self.fields
        choices["county"].choices = [("", pgettext_lazy("desk", "Any")), *counties]
        choices["reason_code"].choices = [(one.code, one.zh if zh else one.en) for one in REASONS]
        for name in _TIMES:
            self.fields[name].widget = forms.DateTimeInput(
                format=_MINUTES, attrs={"type": "datetime-local"}
            )

    @property
    def conditions(self) -> Conditions:
        """What was asked, once the form is valid."""
        data = self.cleaned_data
        return Conditions(
            nickname=data["nickname"],
            reason=data["reason"],
            county=data["county"],
            since=data["since"],
            until=data["until"],
            network=data["network"].strip(),
        )


class WhyForm(forms.Form):
    """A reason, where nothing else is asked."""

    reason = TextField(label=_("Reason"), max_length=REASON_MAX, widget=forms.Textarea)


class JudgeForm(forms.Form):
    """How an endorser's appeal is decided."""

    upheld = forms.ChoiceField(
        label=_("Decision"),
        widget=forms.RadioSelect,
        choices=[
            ("yes", _("Upheld: the endorsement counts again at once")),
            ("no", _("Rejected: it stays off the count")),
        ],
    )
    reason = TextField(
        label=_("Reason"),
        max_length=REASON_MAX,
        widget=forms.Textarea,
        help_text=_("The endorser is told it."),
    )
