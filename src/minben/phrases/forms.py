"""What is typed of a template."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from minben.base.fields import TextField
from minben.phrases.rules import TEXT_MAX, TITLE_MAX, Kind
from minben.phrases.words import KINDS

PLATFORM: Final = "platform"  # the owner that is no agency
PLACES = _(
    "{number}, {subject}, {agency} and {due} are filled in from the case. Other words in braces stay, for whoever inserts it to replace."
)


class ChangeForm(forms.Form):
    """New words of a template."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    title = forms.CharField(
        label=pgettext_lazy("template", "Title"),
        help_text=_("How colleagues find it in the list."),
        max_length=TITLE_MAX,
    )
    text = TextField(
        label=pgettext_lazy("template", "Text"),
        help_text=PLACES,
        max_length=TEXT_MAX,
        widget=forms.Textarea,
    )


class NewForm(ChangeForm):
    """A template with its owner and what it is for."""

    owner = forms.ChoiceField(label=_("Whose template it is"))
    kind = forms.ChoiceField(
        label=pgettext_lazy("template", "What it is for"),
        choices=[(kind.value, KINDS[kind]) for kind in Kind],
    )
    field_order = ("owner", "kind", "title", "text")

    def __init__(self, *args: Any, owners: list[tuple[str, Any]], **kwargs: Any) -> None:
        """`owners`: ids of agencies, or the empty text for the platform, with their names."""
        super().__init__(*args, **kwargs)
        del self.fields["revision"]
        owner: Any = self.fields["owner"]
        owner.choices = owners

    @property
    def agency_id(self) -> int | None:
        """The agency chosen; None for the platform."""
        chosen = self.cleaned_data["owner"]
        return None if chosen == PLATFORM else int(chosen)
