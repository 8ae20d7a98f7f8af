"""Forms of the question wall and of concept sheets."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from minben.base.fields import TextField
from minben.proceedings import labels
from minben.proceedings.rules.concepts import GROUPS_MOST, LIMITS


class AskForm(forms.Form):
    """A question."""

    text = TextField(
        label=_("Your question"),
        help_text=_("Everybody reads it, without your name."),
        max_length=2_000,
    )


class AnswerForm(forms.Form):
    """That a question was answered."""

    answer = TextField(
        label=_("The answer in a few words"),
        help_text=_("May be left empty when it was answered at the meeting."),
        max_length=2_000,
        required=False,
    )


class HideForm(forms.Form):
    """Why a question is hidden."""

    ground = forms.ChoiceField(
        label=pgettext_lazy("redaction", "Ground"),
        choices=[(key.value, text) for key, text in labels.GROUNDS.items()],
    )
    reason = forms.CharField(
        label=pgettext_lazy("redaction", "Reason"),
        help_text=_("It is shown in place of the question."),
        max_length=1_000,
    )


class ConceptForm(forms.Form):
    """A concept sheet."""

    group = forms.IntegerField(label=_("Group"), min_value=1, max_value=GROUPS_MOST)
    title = forms.CharField(label=pgettext_lazy("concept", "Title"), max_length=300)
    problem = TextField(label=_("Which problem"), max_length=4_000)
    idea = TextField(label=_("The idea"), max_length=4_000)
    who = TextField(label=_("Who is needed for it"), max_length=4_000, required=False)
    first_step = TextField(label=_("The first step"), max_length=4_000, required=False)
    open_questions = TextField(label=_("What is still open"), max_length=4_000, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def texts(self) -> dict[str, str]:
        """What was typed, by field."""
        return {name: str(self.cleaned_data[name]) for name in LIMITS}

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: Django's form signature
        super().__init__(*args, **kwargs)
        for name in ("who", "first_step", "open_questions"):
            self.fields[name].help_text = _("May be left empty.")
