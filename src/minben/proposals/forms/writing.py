"""Forms of writing a proposal (撰寫提議): the texts, how it begins, and helping each other."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from minben.proposals.forms.agencies import AgenciesForm
from minben.proposals.forms.evidence import EvidenceForm
from minben.proposals.forms.steps import WritingForm, WrittenField

SUBJECT_STORED, TEXT_STORED = 200, 20_000
"""Characters that can be saved, far beyond what may be submitted, so that nothing typed is cut."""


class SubjectForm(WritingForm):
    """What it is about, in one line; similar proposals appear while it is typed."""

    step = "subject"
    subject = WrittenField(
        label=_("Subject"),
        max_length=SUBJECT_STORED,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_(
            "One sentence that says what should change, such as “Let trains carry folding bikes”."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: as WritingForm
        super().__init__(*args, **kwargs)
        self.fields["subject"].widget.attrs |= {
            "data-hx-post": reverse("proposals:similar"),
            "data-hx-trigger": "input changed delay:600ms",
            "data-hx-target": "#similar",
            "data-hx-sync": "this:replace",
        }

    def clean_subject(self) -> str:
        """A subject is one line, whatever was pasted."""
        return " ".join(str(self.cleaned_data["subject"]).split())


class ContentForm(WritingForm):
    """What is wrong, and what is suggested."""

    step = "content"
    content = WrittenField(
        label=_("Content or suggestion"),
        max_length=TEXT_STORED,
        help_text=_("How is it now, what is the problem, and what do you suggest instead?"),
    )


class BenefitsForm(WritingForm):
    """Who gains, and what it may cost."""

    step = "benefits"
    benefits = WrittenField(
        label=_("Benefits and impact"),
        max_length=TEXT_STORED,
        help_text=_("Who would be better off, and how? Who might be worse off, or have to pay?"),
    )


STEPS: Mapping[str, type[WritingForm]] = {
    form.step: form for form in (SubjectForm, ContentForm, BenefitsForm, EvidenceForm, AgenciesForm)
}


class StartForm(forms.Form):
    """Which government is asked."""

    government = forms.ChoiceField(
        label=_("Which government should answer?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose the government you propose to."),
            "invalid_choice": _("Choose the government you propose to."),
        },
    )


class CodraftForm(forms.Form):
    """For how long a draft is open."""

    days = forms.IntegerField(
        label=_("For how many days?"),
        initial=14,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 4}),
        error_messages={"invalid": _("Give a whole number of days.")},
    )


class SuggestionForm(forms.Form):
    """A suggestion on the wording of somebody's draft."""

    body = WrittenField(
        label=_("Your suggestion"),
        help_text=_("Everybody can read it, with your nickname, county and township."),
    )
