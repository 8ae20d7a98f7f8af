"""The form of the desk about participation: facts and reasons; the rung follows from them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from minben.base.fields import TextField
from minben.ladder import rules
from minben.ladder.actions import Telling
from minben.ladder.models import Statement
from minben.ladder.rules import QUESTION_OF, Fact, Kind, Question
from minben.ladder.words import FACTS, KINDS, QUESTIONS


def _facts(question: Question) -> forms.MultipleChoiceField:
    label: Any = QUESTIONS[question]
    return forms.MultipleChoiceField(
        label=label,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(fact.value, FACTS[fact]) for fact in Fact if QUESTION_OF[fact] is question],
        help_text=_("Tick only what is true of this process."),
    )


def _why(label: Any, help_text: Any) -> forms.CharField:  # Any: lazy texts
    return TextField(label=label, max_length=rules.TEXT_MAX, help_text=help_text)


class TellingForm(forms.Form):
    """Facts and one text for each of the three questions."""

    facts_influence = _facts(Question.INFLUENCE)
    influence = _why(
        _("The influence, in your own words"), _("What was open, what was not, and why.")
    )
    facts_decided = _facts(Question.DECIDED)
    decided = _why(
        _("The decision, in your own words"), _("Who decided in the end, and by which rules.")
    )
    facts_outcome = _facts(Question.OUTCOME)
    outcome = _why(
        _("The outcome, in your own words"),
        _("What was adopted or carried out, what was not, and where it can be read."),
    )

    @property
    def told(self) -> Telling:
        """What was typed, for the acts."""
        given = self.cleaned_data
        ticked = [code for one in Question for code in given[f"facts_{one.value}"]]
        return Telling(
            facts=[Fact(code) for code in ticked],
            influence=given["influence"],
            decided=given["decided"],
            outcome=given["outcome"],
        )


class ProcessForm(TellingForm):
    """The same, of a process nothing was stated of yet."""

    kind = forms.ChoiceField(
        label=_("What kind of process was it?"),
        widget=forms.RadioSelect,
        choices=[(kind.value, KINDS[kind]) for kind in Kind],
    )
    title = forms.CharField(
        label=_("What it was called"),
        max_length=rules.TITLE_MAX,
        help_text=_("Such as: second workshop on the tax software."),
    )
    held_on = forms.DateField(
        label=_("Its day"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("Of several days the last one."),
    )


def initial_of(statement: Statement) -> dict[str, Any]:  # Any: values of fields
    """The initial values of `TellingForm`."""
    facts = [Fact(code) for code in statement.facts]
    ticked = {
        f"facts_{one.value}": [fact.value for fact in facts if QUESTION_OF[fact] is one]
        for one in Question
    }
    return {
        **ticked,
        "influence": statement.influence,
        "decided": statement.decided,
        "outcome": statement.outcome,
    }
