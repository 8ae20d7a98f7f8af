"""Forms of the sign-in library, in our words and with our checks (帳號表單)."""

from typing import TYPE_CHECKING, Any, ClassVar

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from minben.kernel.refusal import Refusal
from minben.people import queries
from minben.people.models import User
from minben.people.phones import mobile

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Words = dict[str, tuple["StrOrPromise", "StrOrPromise"]]
_PASSWORD_HINT = _("At least 10 characters. A sentence is easy to remember and hard to guess.")
_NEW_PASSWORD: Words = {
    "password1": (_("New password"), _PASSWORD_HINT),
    "password2": (_("New password, once more"), ""),
}


class Worded:
    """Labels and hints of our own; no placeholder repeats a label, for it vanishes on typing."""

    words: ClassVar[Words] = {}
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: the library's arguments
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in self.words:
                field.label, field.help_text = self.words[name]
            if name == "code":
                field.widget.attrs |= {"inputmode": "numeric", "autocapitalize": "off"}


class SignupForm(Worded, account.SignupForm):
    """Sign-up with e-mail and mobile number; who has no mobile says so."""

    words: ClassVar[Words] = {
        "email": (_("E-mail address"), _("We send a code to it. It is never shown to anyone.")),
        "phone": (
            _("Mobile number"),
            _("For example 0912 345 678. We send a code by SMS. It is never shown to anyone."),
        ),
        "password1": (_("Password"), _PASSWORD_HINT),
        "password2": (_("Password, once more"), ""),
    }
    account_already_exists: bool
    field_order = ("email", "phone", "no_phone", "password1", "password2")
    no_phone = forms.BooleanField(
        required=False, label=_("I have no mobile number and will go to a counter instead")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: the library's arguments
        super().__init__(*args, **kwargs)
        phone = self.fields["phone"]
        phone.required = "no_phone" not in self.data
        phone.error_messages["required"] = _("Give your mobile number, or tick that you have none.")

    def _clean_phone(self) -> None:
        """A number that has an account is found out at the SMS code, by its owner alone."""

    def validate_unique_email(self, value: str) -> str:
        """Another spelling of a mailbox with an account is treated like the very address."""
        email: str = super().validate_unique_email(value)
        self.account_already_exists |= queries.user_by_mailbox(email) is not None
        return email

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """Open the account; if there is one, show the same page and take the same time."""
        if not self.account_already_exists:
            try:
                with transaction.atomic():
                    return super().try_save(request)  # type: ignore[no-any-return]
            except Refusal:  # the same person pressed twice, or somebody was faster
                self.account_already_exists = True
        if begun := self._begun_before():
            get_adapter().set_phone(begun, self.cleaned_data["phone"], verified=False)
            return begun, None
        return super().try_save(request)  # type: ignore[no-any-return]

    def _begun_before(self) -> User | None:
        """The account, if the same person opened it before and never typed the first code."""
        owner = queries.user_by_mailbox(self.cleaned_data["email"])
        password = self.cleaned_data["password1"]
        if owner is None or owner.email != self.cleaned_data["email"]:
            make_password(password)
            return None
        right = owner.check_password(password)
        return owner if right and owner.email_verified_at is None else None


class LoginForm(Worded, account.LoginForm):
    """Sign-in with e-mail address or mobile number."""

    words: ClassVar[Words] = {
        "login": (_("E-mail address or mobile number"), ""),
        "password": (_("Password"), ""),
    }

    def clean_login(self) -> str:
        """A mobile number in its one spelling; everything else as typed."""
        login = str(super().clean_login())
        try:
            return login if "@" in login else mobile(login)
        except Refusal:
            return login


class AddEmailForm(Worded, account.AddEmailForm):
    """A new address; it replaces the old one when its code was typed."""

    words: ClassVar[Words] = {
        "email": (
            _("New e-mail address"),
            _("We send a code to it. The old address stays until you have typed that code."),
        )
    }


class ConfirmEmailForm(Worded, account.ConfirmEmailVerificationCodeForm):
    """The code from the mail."""

    words: ClassVar[Words] = {"code": (_("Code from the e-mail"), _("6 digits"))}

    def clean_code(self) -> str:
        """Refuse the right code too, when the mailbox became another account's meanwhile."""
        if self.user is None:  # nobody's code: the page is shown to hide that there is no account
            raise get_adapter().validation_error("incorrect_code")
        code: str = super().clean_code()
        owner = queries.user_by_mailbox(self.email)
        if owner is not None and owner.pk != self.user.pk:
            raise get_adapter().validation_error("email_taken")
        return code


class ConfirmPhoneForm(Worded, account.VerifyPhoneForm):
    """The code from the SMS."""

    words: ClassVar[Words] = {"code": (_("Code from the SMS"), _("6 digits"))}

    def clean_code(self) -> str:
        """Refuse the right code too, when the number was bound to another account before."""
        code: str = super().clean_code()
        owner = queries.holder_of_number(self.phone)
        if owner is not None and (self.user is None or owner.pk != self.user.pk):
            raise get_adapter().validation_error("phone_taken")
        return code


class ChangePhoneForm(Worded, account.ChangePhoneForm):
    """A new mobile number; it replaces the old one when its code was typed."""

    words: ClassVar[Words] = {
        "phone": (_("New mobile number"), _("For example 0912 345 678. We send a code by SMS."))
    }


class ResetPasswordForm(Worded, account.ResetPasswordForm):
    """Where to send the code for a new password."""

    words: ClassVar[Words] = {"email": (_("E-mail address of your account"), "")}


class ConfirmResetForm(Worded, account.ConfirmPasswordResetCodeForm):
    """The code for a new password."""

    words: ClassVar[Words] = {"code": (_("Code from the e-mail"), _("6 digits"))}


class NewPasswordForm(Worded, account.ResetPasswordKeyForm):
    """A new password after the code."""

    words: ClassVar[Words] = _NEW_PASSWORD


class SetPasswordForm(Worded, account.SetPasswordForm):
    """A first password."""

    words: ClassVar[Words] = _NEW_PASSWORD


class ChangePasswordForm(Worded, account.ChangePasswordForm):
    """A new password for the old one."""

    words: ClassVar[Words] = {"oldpassword": (_("Current password"), ""), **_NEW_PASSWORD}


class ReauthenticateForm(Worded, account.ReauthenticateForm):
    """The password, once more."""

    words: ClassVar[Words] = {"password": (_("Password"), "")}


_APP_CODE = (_("Code from your authenticator app"), _("6 digits, or one of your recovery codes"))


class SecondFactorForm(Worded, mfa.AuthenticateForm):
    """The second factor at sign-in."""

    words: ClassVar[Words] = {"code": _APP_CODE}


class SecondFactorAgainForm(Worded, mfa.ReauthenticateForm):
    """The second factor, once more."""

    words: ClassVar[Words] = {"code": _APP_CODE}


class ActivateAppForm(Worded, totp.ActivateTOTPForm):
    """The first code of a new authenticator app."""

    words: ClassVar[Words] = {"code": (_("Code that the app shows now"), _("6 digits"))}


class AddKeyForm(Worded, webauthn.AddWebAuthnForm):
    """A new security key or passkey."""

    words: ClassVar[Words] = {
        "name": (
            _("Name of the key"),
            _("So that you recognise it later, such as “office phone”."),
        ),
        "passwordless": (
            _("Let this key sign me in without a password"),
            _("The device then asks for your fingerprint, face or PIN."),
        ),
    }


class RenameKeyForm(Worded, webauthn.EditWebAuthnForm):
    """A new name for a key."""

    words: ClassVar[Words] = {"name": (_("Name of the key"), "")}
