"""What the sign-in library asks of us (帳號介接): codes by mail and SMS, our own account model.

Order of sign-up: the e-mail code first, then the SMS code. Nobody who tries an address learns
whether it has an account, because what differs is sent to that address and shown to nobody; and
no SMS is paid for before an address was proved.
"""

from datetime import datetime
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core import context, ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.db import transaction
from django.forms import BaseForm, Field
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from minben.kernel.periods import last_day
from minben.kernel.refusal import Refusal
from minben.notify import channels
from minben.people import account_messages, actions, confirmations, queries
from minben.people.models import User
from minben.people.phones import MobileField, mobile

_EMAIL_STAGE = "allauth.account.stages.EmailVerificationStage"
_PHONE_STAGE = "allauth.account.stages.PhoneVerificationStage"


class AccountAdapter(DefaultAccountAdapter):
    """Codes by mail and SMS; addresses and numbers on our own account model."""

    error_messages = {**DefaultAccountAdapter.error_messages, **account_messages.ACCOUNT}

    # Accounts -------------------------------------------------------------------------------

    def save_user(
        self, request: HttpRequest, user: User, form: BaseForm, commit: bool = True
    ) -> User:
        """Open the account from the sign-up form. Raises Refusal ``email_in_use``."""
        super().save_user(request, user, form, commit=False)
        actions.join(
            user=user,
            language=translation.get_language() or "zh-hant",
            by=request.actor,  # type: ignore[attr-defined]
            at=request.at,  # type: ignore[attr-defined]
        )
        if phone := form.cleaned_data.get("phone"):
            self.set_phone(user, phone, verified=False)
        return user

    def get_login_stages(self) -> list[str]:
        """The library's stages, with the e-mail code before the SMS code."""
        stages = [stage for stage in super().get_login_stages() if stage != _PHONE_STAGE]
        stages.insert(stages.index(_EMAIL_STAGE) + 1, _PHONE_STAGE)
        return stages

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Staff at the desk, citizens at what the account still lacks or at their own page."""
        if request.user.is_official:  # type: ignore[union-attr]
            return reverse("desk:home")
        if not request.user.is_verified:  # type: ignore[union-attr]
            return reverse("people:finish")
        return str(super().get_login_redirect_url(request))

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Address and number of a finished account change only after the password, once more."""
        if app == "allauth.account" and not context.request.user.is_verified:
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # The library counts all tries by phone as one; then anyone could lock out everyone.
        login = credentials.get("email") or credentials.get("phone") or ""
        return f"{request.get_host()}:{login.lower()}"

    # E-mail ---------------------------------------------------------------------------------

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Mark an address as proved; our own account follows in the same transaction."""
        try:
            with transaction.atomic():
                return bool(super().confirm_email(request, email_address))
        except Refusal:
            messages.error(request, self.error_messages["email_taken"])
            return False

    def send_account_already_exists_mail(self, email: str) -> None:
        """Tell the owner of the mailbox, and nobody else, that an account exists already."""
        owner = queries.user_by_mailbox(email)
        if owner is None or not ratelimit.consume(
            context.request, action="account_exists", key=owner.canonical_email
        ):
            return
        with translation.override(owner.language):
            urls = {
                "login_url": context.request.build_absolute_uri(reverse("account_login")),
                "password_reset_url": context.request.build_absolute_uri(
                    reverse("account_reset_password")
                ),
            }
            self.send_mail("account/email/account_already_exists", owner.email, urls)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send at once, for codes can't wait. Raises Refusal ``mail_not_sent``."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as error:  # every failure of SMTP is one
            raise Refusal("mail_not_sent") from error

    # Mobile numbers -------------------------------------------------------------------------

    def phone_form_field(self, **kwargs: Any) -> Field:
        """The field for mobile numbers, which cleans to E.164."""
        return MobileField(**kwargs)

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        """The account's number and whether it was proved; else the one noted in this session."""
        if user.phone and user.phone_verified_at:
            return user.phone, True
        noted = context.request.session.get(confirmations.NOTED_PHONE, {})
        number = noted.get("phone") if noted.get("user") == user.pk else user.phone
        return (number, False) if number else None

    def set_phone(self, user: User, phone: str, verified: bool) -> None:
        """Note a number that is to be proved; a claim alone binds no number."""
        if verified:
            self.set_phone_verified(user, phone)
        elif user.pk:
            context.request.session[confirmations.NOTED_PHONE] = {"user": user.pk, "phone": phone}

    def set_phone_verified(self, user: User, phone: str) -> None:
        """The typed code was right. Raises Refusal ``phone_in_use``."""
        confirmations.phone_confirmed(context.request, user, phone)
        context.request.session.pop(confirmations.NOTED_PHONE, None)

    def get_user_by_phone(self, phone: str) -> User | None:
        """The account that proved this number, in whatever spelling it is given."""
        try:
            return queries.user_by_phone(mobile(phone))
        except Refusal:
            return None

    def send_verification_code_sms(self, user: User, phone: str, code: str, **_kw: Any) -> None:
        """Send the code; or, if another account has the number, say so to its owner alone."""
        bound = queries.bound_number(phone)
        if bound and bound.user_id != user.pk:
            if bound.user.erased_at:
                _send_sms(phone, _of_an_erased_account(bound.release_at))
            else:
                self.send_account_already_exists_sms(phone)
            return
        text = _("Minben: your code is %(code)s, valid for 15 minutes. Give it to nobody.")
        _send_sms(phone, text % {"code": code})

    def send_account_already_exists_sms(self, phone: str) -> None:
        """Tell the holder of a number, and nobody else, that it is bound to an account."""
        text = _(
            "Minben: this number is bound to an account; you can sign in with it. If the account "
            "is not yours, a counter can confirm you."
        )
        _send_sms(phone, text)

    def send_unknown_account_sms(self, phone: str, **_kw: Any) -> None:
        """Tell a number that it has no account."""
        _send_sms(phone, _("Minben: this number has no account. Ignore this if it wasn't you."))


def _of_an_erased_account(release_at: datetime | None) -> str:
    """Why a number confirms nothing for a while: it endorsed, and its account was erased."""
    text = _(
        "Minben: this number confirmed an account that was erased. It can confirm another one "
        "after %(until)s; until then a counter can confirm you."
    )
    return text % {"until": last_day(release_at).isoformat() if release_at else "—"}


def _send_sms(phone: str, text: str) -> None:
    try:
        channels.send_sms(phone, text)
    except OSError as error:
        raise Refusal("sms_not_sent") from error


class SecondFactorAdapter(DefaultMFAAdapter):
    """Authenticator apps and security keys, in our words."""

    error_messages = {**DefaultMFAAdapter.error_messages, **account_messages.SECOND_FACTOR}

    def generate_authenticator_name(self, user: User, type: Any) -> str:
        """A name to start from: ``Key 2``."""
        number = queries.count_of_keys(user) + 1
        return _("Key %(number)s") % {"number": number}
