"""What is typed of a source, and documents that declare one."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from minben.base.fields import TextField
from minben.indicators.declared.drafts import SourceDraft
from minben.indicators.forms.uploading import FileField
from minben.indicators.models import Source
from minben.indicators.rules import CODE_MAX, NAME_MAX, TEXT_MAX, code_fault

PLATFORM: Final = "platform"  # the owner that is no agency
FIELDS: Final = (
    "publisher",
    "title_zh",
    "title_en",
    "published_on",
    "address",
    "licence",
    "open_terms",
    "survey",
    "notes_zh",
    "notes_en",
)


class SourceForm(forms.Form):
    """What is said of a source."""

    title_zh = forms.CharField(label=_("Title in Chinese"), max_length=NAME_MAX)
    title_en = forms.CharField(label=_("Title in English"), max_length=NAME_MAX)
    publisher = forms.CharField(
        label=_("Publisher"), help_text=_("Who answers for the figures."), max_length=NAME_MAX
    )
    published_on = forms.DateField(
        label=_("Published on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    address = forms.URLField(
        label=_("Where it is published"), required=False, max_length=500, assume_scheme="https"
    )
    licence = forms.CharField(
        label=_("Licence"),
        help_text=_("For example OGDL-Taiwan-1.0 or CC BY 4.0; if none is told, say so."),
        max_length=NAME_MAX,
    )
    open_terms = forms.BooleanField(
        label=_("The terms allow everybody to download the values."), required=False
    )
    survey = forms.BooleanField(label=_("The figures come from a sample survey."), required=False)
    notes_zh = TextField(label=_("Notes in Chinese"), required=False, max_length=TEXT_MAX)
    notes_en = TextField(label=_("Notes in English"), required=False, max_length=TEXT_MAX)

    def draft(self, code: str) -> SourceDraft:
        """What was typed, as a source of that code."""
        return SourceDraft(code=code, **{name: self.cleaned_data[name] for name in FIELDS})


class NewSourceForm(SourceForm):
    """A source with its owner and its code."""

    owner = forms.ChoiceField(label=_("Whose source it is"))
    code = forms.CharField(
        label=pgettext_lazy("identifier", "Code"),
        help_text=_(
            "Letters, digits, hyphens: short, and for good, such as un-egdi. It stands in addresses."
        ),
        max_length=CODE_MAX,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    field_order = ("owner", "code")

    def __init__(self, *args: Any, owners: list[tuple[str, Any]], **kwargs: Any) -> None:
        """`owners`: ids of agencies, or `PLATFORM`, with their names. Any: Django's."""
        super().__init__(*args, **kwargs)
        owner: Any = self.fields["owner"]
        owner.choices = owners

    def clean_code(self) -> str:
        """The code, if it is one."""
        code = str(self.cleaned_data["code"]).strip()
        if code_fault(code):
            raise forms.ValidationError(
                _("A code has letters, digits, full stop, hyphen and underscore only.")
            )
        return code

    @property
    def agency_id(self) -> int | None:
        """The agency chosen; None for the platform."""
        return agency_of(self.cleaned_data["owner"])


def agency_of(owner: str) -> int | None:
    """The agency an owner chosen stands for; None for the platform."""
    return None if owner == PLATFORM else int(owner)


def initial_of(source: Source) -> dict[str, Any]:  # Any: values of fields
    """What the form of a source shows at first."""
    return {name: getattr(source, name) for name in FIELDS}


class DocumentForm(forms.Form):
    """A JSON document that declares a source with its units and indicators."""

    owner = forms.ChoiceField(label=_("Whose source it is"))
    document = FileField(
        label=_("Source document"),
        help_text=_("JSON of the form minben-source-1."),
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
    )

    def __init__(self, *args: Any, owners: list[tuple[str, Any]], **kwargs: Any) -> None:
        """`owners`: as of `NewSourceForm`. Any: Django's."""
        super().__init__(*args, **kwargs)
        owner: Any = self.fields["owner"]
        owner.choices = owners


class DeclareForm(forms.Form):
    """A table or document that declares indicators."""

    sheet = FileField(
        label=_("Table of indicators"),
        help_text=_("CSV in UTF-8, a workbook (.xlsx) or JSON; one indicator a line."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.json"}),
    )
