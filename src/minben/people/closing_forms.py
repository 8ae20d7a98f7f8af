"""The form that closes an account (註銷帳號)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from minben.people import account_messages
from minben.people.models import User
from minben.people.profile_forms import RefusingForm


class ClosingForm(RefusingForm):
    """What becomes of one's comments, and that it is really the holder who asks.

    An account without a password, as the sandbox has them, types its address instead.
    """

    limited = False
    comments = forms.ChoiceField(
        label=_("What becomes of your comments?"),
        widget=forms.RadioSelect,
        initial="remove",
        choices=[
            ("remove", _("Remove their text. “Removed by its author” stands in its place.")),
            ("keep", _("Leave their text, without your name.")),
        ],
        error_messages={
            "required": _("Choose what becomes of your comments."),
            "invalid_choice": _("Choose what becomes of your comments."),
        },
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Type your password, so that nobody else can do this.")},
    )
    address = forms.CharField(
        label=_("Your e-mail address"),
        help_text=_("Type it to confirm that you mean this account."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Type the address of this account.")},
    )
    understood = forms.BooleanField(
        label=_("I have read what is erased and what stays, and that it can't be brought back."),
        error_messages={"required": _("Tick that you have read what is erased and what stays.")},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:  # Any: Django's
        super().__init__(*args, **kwargs)
        self.user = user
        del self.fields["address" if user.has_usable_password() else "password"]

    def clean_password(self) -> str:
        """The account's password. Too many tries in a minute are not looked at."""
        given: str = self.cleaned_data["password"]
        if self.limited:
            raise forms.ValidationError(
                str(account_messages.ACCOUNT["rate_limited"]), code="limited"
            )
        if not self.user.check_password(given):
            wrong = str(account_messages.ACCOUNT["incorrect_password"])
            raise forms.ValidationError(wrong, code="incorrect_password")
        return given

    def clean_address(self) -> str:
        """The account's very address, in capitals or not."""
        given: str = self.cleaned_data["address"]
        if given.strip().lower() != self.user.email:
            wrong = _("This is not the address of this account.")
            raise forms.ValidationError(wrong, code="address_wrong")
        return given
