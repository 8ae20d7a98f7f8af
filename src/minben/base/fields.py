"""Fields of forms that several modules need (表單欄位)."""

from typing import Any

from django import forms


class TextField(forms.CharField):
    """Several lines. Browsers send CRLF, which would count twice."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:  # Any: Django's signature
        return str(super().to_python(value) or "").replace("\r\n", "\n")


class DraftField(TextField):
    """A text that is needed in the end, and may be missing from a draft."""

    def validate(self, value: Any) -> None:  # Any: Django's signature
        """Nothing is missing from a draft."""


class DraftChoice(forms.ChoiceField):
    """A choice that is needed in the end, and may be missing from a draft."""

    def validate(self, value: Any) -> None:  # Any: Django's signature
        """Nothing is missing from a draft, but what is chosen must be on the list."""
        if value:
            super().validate(value)
