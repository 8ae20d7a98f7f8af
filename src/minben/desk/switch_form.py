"""The form behind a switch (服務開關): the reason, and the tick that shows it is meant."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from minben.operations.rules import REASON_MAX


class SwitchForm(forms.Form):
    """Why a service is stopped, or goes on."""

    reason_zh = forms.CharField(
        label=_("Reason in Chinese"),
        max_length=REASON_MAX,
        help_text=_("Everybody reads it, and it enters the public ledger. Name no person."),
    )
    reason_en = forms.CharField(
        label=_("Reason in English"),
        max_length=REASON_MAX,
        required=False,
        help_text=_("Without it, English pages show the Chinese one."),
    )
    confirmed = forms.BooleanField(
        error_messages={"required": _("Tick the box to confirm.")},
    )

    def __init__(self, *args: Any, stop: bool, **kwargs: Any) -> None:  # Any: Django's signature
        super().__init__(*args, **kwargs)
        self.fields["confirmed"].label = (
            _("I stop this service for everybody, at once")
            if stop
            else _("I let this service go on, at once")
        )
