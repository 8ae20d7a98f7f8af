"""What is handed in to have a receipt checked (收據查核)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from minben.ledger.receipts import SIZE_MAX, ReceiptFault
from minben.portal.ledger_words import NOT_A_RECEIPT


class ReceiptForm(forms.Form):
    """A file, or a text; the file wins."""

    file = forms.FileField(label=_("Receipt file"), required=False)
    text = forms.CharField(
        label=_("Or paste its text, or the address from its QR code"),
        required=False,
        widget=forms.Textarea,
        strip=False,
    )

    def clean(self) -> dict[str, Any]:  # Any: cleaned values
        """What was given, as bytes."""
        cleaned = super().clean() or {}
        file, text = cleaned.get("file"), cleaned.get("text", "")
        if file is not None and file.size > SIZE_MAX:
            self.add_error("file", NOT_A_RECEIPT["too_big"])
        elif file is not None:
            cleaned["given"] = file.read()
        elif text.strip():
            cleaned["given"] = text.encode("utf-8", "surrogatepass")
        elif not self.errors:
            self.add_error("file", _("Choose the file of a receipt, or paste its text."))
        return cleaned

    def blame(self, fault: ReceiptFault) -> None:
        """Put a fault beside the field it came from."""
        words = NOT_A_RECEIPT[fault.code] % {"field": fault.where}
        self.add_error("file" if self.cleaned_data.get("file") else "text", words)
