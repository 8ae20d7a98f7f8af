"""Mobile numbers (行動電話): one spelling for each, so that one number is one account."""

from typing import Any

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from minben.base.refusals import sentence
from minben.kernel.refusal import Refusal

_HOME = "TW"
# North America does not tell mobile from fixed numbers; the typed code decides there.
_MOBILE = frozenset(
    {phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE}
)


def mobile(text: str) -> str:
    """Return the number in E.164: ``0912 345 678`` → ``+886912345678``.

    Without a country code it is a Taiwanese number. Raises Refusal ``phone_not_mobile`` for
    what is no number, and for landlines.
    """
    try:
        number = phonenumbers.parse(text, _HOME)
    except phonenumbers.NumberParseException:
        raise Refusal("phone_not_mobile", field="phone") from None
    valid = phonenumbers.is_valid_number(number)
    if not valid or phonenumbers.number_type(number) not in _MOBILE:
        raise Refusal("phone_not_mobile", field="phone")
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def shown(number: str) -> str:
    """A number as people write it: ``0912 345 678``, or ``+44 7400 123456`` from elsewhere."""
    parsed = phonenumbers.parse(number, _HOME)
    home = phonenumbers.region_code_for_number(parsed) == _HOME
    style = phonenumbers.PhoneNumberFormat
    return str(phonenumbers.format_number(parsed, style.NATIONAL if home else style.INTERNATIONAL))


class MobileField(forms.CharField):
    """A mobile number in any usual spelling; cleans to E.164."""

    def __init__(self, **kwargs: Any) -> None:  # Any: Django's field arguments
        kwargs.setdefault("label", _("Mobile number"))
        kwargs.setdefault("widget", forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        """Return E.164, or an empty string when the field is empty and may be."""
        text = str(super().clean(value) or "")
        if not text:
            return ""
        try:
            return mobile(text)
        except Refusal as refusal:
            raise ValidationError(sentence(refusal), code=refusal.code) from None
