"""Sentences of the account pages that replace the library's (帳號頁面訊息).

One sentence for a wrong address, a wrong number and a wrong password: who guesses learns nothing.
"""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_MISMATCH: Final = _("The address or number and the password don't belong together.")
_WRONG_CODE: Final = _("This code is not right. Look at it again, or ask for a new one.")
_WRONG_PASSWORD: Final = _("This is not your password.")

ACCOUNT: Final[dict[str, Promise]] = {
    "email_password_mismatch": _MISMATCH,
    "phone_password_mismatch": _MISMATCH,
    "username_password_mismatch": _MISMATCH,
    "invalid_login": _MISMATCH,
    "incorrect_code": _WRONG_CODE,
    "incorrect_password": _WRONG_PASSWORD,
    "enter_current_password": _WRONG_PASSWORD,
    "too_many_login_attempts": _(
        "Too many wrong tries. Please wait a few minutes and sign in again; if a code is "
        "needed, you get a new one."
    ),
    "rate_limited": _("That was too quick. Please wait a minute and try again."),
    "email_taken": _("This address belongs to another account."),
    "duplicate_email": _("This is your address already."),
    "phone_taken": _("This mobile number is bound to another account."),
    "same_as_current": _("This is stored already. Give another one."),
    "account_inactive": _("This account is closed."),
}

SECOND_FACTOR: Final[dict[str, Promise]] = {
    "incorrect_code": _WRONG_CODE,
    "unverified_email": _("Please confirm your e-mail address before you set up a second factor."),
    "cannot_delete_authenticator": _("This second factor can't be removed."),
    "cannot_generate_recovery_codes": _(
        "Recovery codes need an authenticator app or a security key first."
    ),
}
