"""How somebody wants letters (通知方式)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

HOURS = [("", _("None")), *((str(hour), f"{hour:02d}:00") for hour in range(24))]


class WishForm(forms.Form):
    """At once or once a day; quiet hours."""

    daily = forms.ChoiceField(
        label=_("How letters come"),
        widget=forms.RadioSelect,
        choices=[
            ("no", _("At once")),
            ("yes", _("One letter a day, at eight in the morning in Taiwan")),
        ],
    )
    quiet_from = forms.ChoiceField(label=_("No letters from"), choices=HOURS, required=False)
    quiet_until = forms.ChoiceField(
        label=_("No letters until"),
        choices=HOURS,
        required=False,
        help_text=_("What waits comes then."),
    )

    @property
    def wish(self) -> dict[str, Any]:
        """What was chosen, as the act takes it."""
        told = self.cleaned_data
        hours = {
            name: int(told[name]) if told[name] else None for name in ("quiet_from", "quiet_until")
        }
        return {"daily": told["daily"] == "yes", **hours}
