"""What is typed of units and their names."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from minben.indicators.forms.uploading import FileField
from minben.indicators.rules import NAME_MAX

DAY = {"type": "date"}


class UnitsForm(forms.Form):
    """A table of units."""

    sheet = FileField(
        label=_("Table of units"),
        help_text=_("CSV in UTF-8 or a workbook (.xlsx); one unit a line."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )


class AliasForm(forms.Form):
    """Another name of a unit."""

    name = forms.CharField(label=_("Other name"), max_length=NAME_MAX)
    valid_from = forms.DateField(
        label=_("Held from"),
        help_text=_("Empty: always."),
        required=False,
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
    )
    valid_until = forms.DateField(
        label=_("First day it no longer held"),
        help_text=_("Empty: it still holds."),
        required=False,
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
    )


class FindForm(forms.Form):
    """Looking for units. Any: values of fields."""

    q = forms.CharField(label=_("Code or name"), required=False, max_length=NAME_MAX)

    @property
    def words(self) -> str:
        """What is looked for."""
        told: dict[str, Any] = self.cleaned_data if self.is_valid() else {}
        return str(told.get("q", ""))

    @property
    def query(self) -> str:
        """What stands in the address before the page."""
        return f"{urlencode({'q': self.words})}&" if self.words else ""
