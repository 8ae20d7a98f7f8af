"""Forms of the list of agencies (機關清單): what may be typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from minben.desk.forms import LATEST, Choices
from minben.people.rules import AGENCY_NAME_MAX


def _day_field(label: Any, help_text: Any = "", *, required: bool = False) -> forms.DateField:
    """A day. Any: lazy texts, whose type Django's stubs keep to themselves."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


class AgencyForm(forms.Form):
    """What the list says of an agency."""

    name_zh = forms.CharField(
        label=_("Chinese name"),
        max_length=AGENCY_NAME_MAX,
        help_text=_("A former name stays as an alias, so that old documents find the agency."),
    )
    name_en = forms.CharField(label=_("English name"), max_length=160, required=False)
    aliases = forms.CharField(
        label=_("Also called"),
        required=False,
        help_text=_("Former and short names, with 、 between them."),
    )
    parent = forms.CharField(
        label=_("Belongs to"), required=False, help_text=_("Code of the agency above it.")
    )
    official_code = forms.CharField(label=_("Official code"), max_length=30, required=False)
    mailbox = forms.EmailField(
        label=_("Mailbox"), required=False, help_text=_("Public address of the office.")
    )
    valid_from = _day_field(_("First day"), _("The day its organic law took force."))

    @property
    def changes(self) -> dict[str, Any]:  # Any: values of fields, by name
        """What was typed, as the act wants it."""
        names = self.cleaned_data["aliases"].replace(",", "、").split("、")
        aliases = [name.strip() for name in names if name.strip()]
        return self.cleaned_data | {"aliases": aliases}


class NewAgencyForm(AgencyForm):
    """An agency that was not on the list."""

    code = forms.SlugField(
        label=_("Code"), max_length=60, help_text=_("Lower case, for addresses; it never changes.")
    )
    government = forms.ChoiceField(label=_("Government"))
    field_order = ("code", "government", "name_zh")

    def __init__(self, *args: Any, governments: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["government"].choices = governments  # type: ignore[attr-defined]


class EndAgencyForm(forms.Form):
    """When an agency ends, and who goes on in its place (裁撤與承接)."""

    valid_until = _day_field(
        _("First day without it"), _("The day its successor begins."), required=True
    )
    successor = forms.CharField(
        label=_("Successor"), required=False, help_text=_("Code of the agency that goes on.")
    )

    def clean_valid_until(self) -> Any:  # Any: a date, as Django's forms give it
        day = self.cleaned_data["valid_until"]
        if day > LATEST:
            raise forms.ValidationError(_("Check the year."))
        return day
