"""What is typed of methods."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from minben.indicators.forms.uploading import FileField


class MethodForm(forms.Form):
    """A recipe that is declared."""

    owner = forms.ChoiceField(label=_("Whose method it is"))
    file = FileField(
        label=_("Recipe"),
        help_text=_(
            "JSON of the form minben-recipe-1. The same code again is a new version of it."
        ),
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
    )

    def __init__(self, *args: Any, owners: list[tuple[str, Any]], **kwargs: Any) -> None:
        """`owners`: ids of agencies, or the platform, with their names. Any: Django's."""
        super().__init__(*args, **kwargs)
        owner: Any = self.fields["owner"]
        owner.choices = owners
