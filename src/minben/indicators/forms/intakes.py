"""What is typed for an import."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from minben.base.fields import TextField
from minben.indicators.declared.drafts import Layout
from minben.indicators.forms.uploading import FilesField, ManyFiles
from minben.indicators.rules import TEXT_MAX, period_fault


class UploadForm(forms.Form):
    """Files of a source, and how they are to be read where they use other names."""

    uploads = FilesField(
        label=_("Files"),
        help_text=_(
            "CSV in UTF-8, workbooks (.xlsx), SDMX-CSV or SDMX-JSON, JSON-stat, data packages; at most 20 files of 20 MB each."
        ),
        widget=ManyFiles(attrs={"accept": ".csv,.tsv,.xlsx,.json,.zip"}),
    )
    default_period = forms.CharField(
        label=_("Period of lines that name none"),
        help_text=_("Such as 2024, 2024-Q3 or 2024-07."),
        required=False,
        max_length=10,
    )
    unit = forms.CharField(
        label=_("Column of the units"),
        help_text=_("Only if it is not called unit."),
        required=False,
    )
    period = forms.CharField(
        label=_("Column of the periods"),
        help_text=_("Only if it is not called period."),
        required=False,
    )
    columns = TextField(
        label=_("Columns that are called otherwise than their indicator"),
        help_text=_("One in a line: name of the column = code of the indicator."),
        required=False,
        max_length=TEXT_MAX,
    )
    leave_out = TextField(
        label=_("Columns to leave out"),
        help_text=_("One in a line. Columns of text are left out in any case."),
        required=False,
        max_length=TEXT_MAX,
    )
    decimal = forms.ChoiceField(
        label=_("Decimal mark of text files"),
        choices=((".", _("point: 84.9")), (",", _("comma: 84,9"))),
        initial=".",
        required=False,
    )

    def clean_default_period(self) -> str:
        """A period, or nothing."""
        told = str(self.cleaned_data["default_period"]).strip()
        if told and period_fault(told):
            raise forms.ValidationError(_("Write a period as 2024, 2024-Q3 or 2024-07."))
        return told

    def clean_columns(self) -> dict[str, str]:
        """Columns by code of indicator."""
        found: dict[str, str] = {}
        for line in _lines(self.cleaned_data["columns"]):
            column, mark, code = (part.strip() for part in line.rpartition("="))
            if not mark or not column or not code:
                raise forms.ValidationError(
                    _("“%(line)s”: write the column, an equals sign, the code."),
                    params={"line": line[:60]},
                )
            found[code] = column
        return found

    def layout(self) -> Layout:
        """How the files are to be read."""
        told: dict[str, Any] = self.cleaned_data
        return Layout(
            unit=told["unit"].strip(),
            period=told["period"].strip(),
            decimal=told["decimal"] or ".",
            columns=told["columns"],
            leave_out=frozenset(_lines(told["leave_out"])),
            default_period=told["default_period"],
        )


def _lines(text: str) -> list[str]:
    return [line.strip() for line in re.split(r"\n", text) if line.strip()]


class ConfirmForm(forms.Form):
    """That the remarks were seen; `seal` says which."""

    seal = forms.CharField(required=False, widget=forms.HiddenInput)
    seen = forms.BooleanField(
        label=_("I have looked at the remarks; the figures are to be imported as they are."),
        error_messages={"required": _("Look at the remarks, and tick that they may stand.")},
    )

    def __init__(self, *args: Any, remarks: int, **kwargs: Any) -> None:
        """`remarks`: how many there are; without any nothing needs to be confirmed. Any: Django's."""
        super().__init__(*args, **kwargs)
        if not remarks:
            del self.fields["seen"]


class WithdrawForm(forms.Form):
    """Why an import counts no more."""

    reason = TextField(
        label=_("Reason"),
        help_text=_("Everybody can read it."),
        max_length=TEXT_MAX,
    )
