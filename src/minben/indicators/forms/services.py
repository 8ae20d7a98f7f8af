"""What is typed of a public service."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from minben.indicators.declared.drafts import UnitDraft
from minben.indicators.models import Unit
from minben.indicators.rules import CODE_MAX, NAME_MAX, Relation, UnitKind, code_fault
from minben.indicators.telling.words import RELATIONS

FIELDS: Final = ("name_zh", "name_en", "agency", "relations")


class ServiceForm(forms.Form):
    """What is said of a service."""

    agency = forms.ChoiceField(label=_("Agency that runs it"))
    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=NAME_MAX)
    name_en = forms.CharField(label=_("Name in English"), max_length=NAME_MAX)
    relations = forms.MultipleChoiceField(
        label=_("Whom the service is between"),
        help_text=_("At least one; a service can have several relations."),
        choices=[(one.value, RELATIONS[one]) for one in Relation],
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, agencies: list[tuple[str, Any]], **kwargs: Any) -> None:
        """`agencies`: codes with their names. Any: Django's."""
        super().__init__(*args, **kwargs)
        agency: Any = self.fields["agency"]
        agency.choices = agencies

    def draft(self, code: str) -> UnitDraft:
        """What was typed, as a service of that code."""
        told = {name: self.cleaned_data[name] for name in FIELDS}
        relations = tuple(told.pop("relations"))
        return UnitDraft(code=code, kind=UnitKind.SERVICE, relations=relations, **told)


class NewServiceForm(ServiceForm):
    """A service with its code."""

    code = forms.CharField(
        label=pgettext_lazy("identifier", "Code"),
        help_text=_(
            "Letters, digits, hyphens: short, and for good, such as tax-filing. Tables name the service by it."
        ),
        max_length=CODE_MAX,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    field_order = ("agency", "code")

    def clean_code(self) -> str:
        """The code, if it is one."""
        code = str(self.cleaned_data["code"]).strip()
        if code_fault(code):
            raise forms.ValidationError(
                _("A code has letters, digits, full stop, hyphen and underscore only.")
            )
        return code


def initial_of(service: Unit) -> dict[str, Any]:  # Any: values of fields
    """What the form of a service shows at first."""
    agency = service.agency.code if service.agency else ""
    return {name: getattr(service, name) for name in FIELDS} | {"agency": agency}
