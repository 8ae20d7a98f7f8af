"""What is typed about demands; what is lawful is decided by the actions."""

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from minben.base.fields import DraftChoice, DraftField, TextField
from minben.demands import words
from minben.demands.rules import (
    CorrectionKind,
    Outcome,
)

# Longer than any text may be, so that what is too long comes back whole with the rule beside it.
TYPED_MAX: Final = 20_000
REVISION_MAX: Final = 1_000_000


def _area(label: Any, help_text: Any = "", *, required: bool = True) -> forms.CharField:
    """Any: lazy texts, whose type Django's stubs keep to themselves."""
    return TextField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=TYPED_MAX,
        widget=forms.Textarea,
    )


def _revision() -> forms.IntegerField:
    return forms.IntegerField(min_value=0, max_value=REVISION_MAX, widget=forms.HiddenInput)


class WordsForm(forms.Form):
    """What is asked for, and the place of the proposal that says so."""

    revision = forms.IntegerField(
        min_value=0, max_value=REVISION_MAX, required=False, widget=forms.HiddenInput
    )
    text = _area(
        _("What is asked for"),
        _("One thing, in the proposer's own words where possible."),
    )
    drawn_from = _area(
        _("The passage of the proposal it is drawn from"),
        _("Quoted word for word; the public sees it beside the demand."),
        required=False,
    )


class AgencyForm(forms.Form):
    """Who is responsible for a demand."""

    agency = forms.ChoiceField(
        label=_("Responsible agency"),
        required=False,
        help_text=_("Its officers are told by e-mail and draft the disposition."),
    )

    def __init__(self, *args: Any, agencies: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        """Any: Django's form signature."""
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = [("", _("No agency yet")), *agencies]  # type: ignore[attr-defined]


class LeaveOutForm(forms.Form):
    """Why a demand is left out, and into which other it goes, if so."""

    into = forms.ChoiceField(
        label=_("What becomes of it"),
        required=False,
        help_text=_("A demand another one says already is merged into that one."),
    )
    why = _area(_("Reason"), _("The public reads it if the demand was public."))

    def __init__(self, *args: Any, others: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        """Any: Django's form signature."""
        super().__init__(*args, **kwargs)
        self.fields["into"].choices = [("", _("It is left out")), *others]  # type: ignore[attr-defined]


class NoteForm(forms.Form):
    """What the public should know about this version of the split."""

    note = _area(
        _("What has changed, for the public"),
        _("The versions can be compared anyway."),
        required=False,
    )


class AnswerForm(forms.Form):
    """How a correction is answered; the reason is public."""

    taken = forms.ChoiceField(
        label=_("Decision"),
        widget=forms.RadioSelect,
        choices=[
            ("yes", _("Taken over: the split is changed accordingly")),
            ("no", _("Not taken over")),
        ],
    )
    answer = _area(_("Reason"), _("The proposer is told, and everybody can read it."))


class DraftForm(forms.Form):
    """The draft of a disposition; it may have gaps."""

    revision = _revision()
    adoption = DraftChoice(
        label=_("What becomes of this demand"),
        widget=forms.RadioSelect,
        choices=[(code, word) for code, word in words.ADOPTIONS.items()],
    )
    reason = DraftField(
        label=_("Reason"),
        help_text=_("In plain words, with the facts it rests on."),
        max_length=TYPED_MAX,
        widget=forms.Textarea,
    )
    follow_up = _area(_("What follows, by whom and when"), required=False)


class HandInForm(forms.Form):
    """Handing the draft in for clearance."""

    revision = _revision()
    legal = forms.BooleanField(
        label=_("The agency's legal staff should see it, too"), required=False
    )


class ClearForm(forms.Form):
    """Approving or returning a draft."""

    revision = _revision()
    step = forms.CharField(max_length=16, widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label=_("Decision"),
        widget=forms.RadioSelect,
        choices=[
            (Outcome.APPROVED.value, pgettext_lazy("clearance", "Approve: on to the next step")),
            (Outcome.RETURNED.value, pgettext_lazy("clearance", "Return to whoever drafts")),
        ],
    )
    note = _area(_("Note"), _("Needed when it is returned. Not public."), required=False)


class WhyForm(forms.Form):
    """A reason beside an act."""

    why = _area(_("Reason"), _("Not public; it stays with the draft."))


class CorrectDispositionForm(DraftForm):
    """A published disposition, said anew."""

    revision = None  # type: ignore[assignment]
    number = _revision()
    because = _area(_("Why it is corrected"), _("Published beside it, with what it said before."))


class CorrectionForm(forms.Form):
    """What whoever petitioned would have otherwise."""

    version = _revision()
    demand = forms.ChoiceField(label=_("Which demand"), required=False)
    kind = forms.ChoiceField(
        label=_("What is wrong"),
        widget=forms.RadioSelect,
        choices=[(code.value, words.KINDS[code]) for code in CorrectionKind],
    )
    text = _area(
        _("How it should read"),
        _("Leave it empty for what you did not ask for."),
        required=False,
    )
    why = _area(_("Why"), _("For example, where your proposal says so. Everybody can read it."))

    def __init__(self, *args: Any, demands: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        """Any: Django's form signature."""
        super().__init__(*args, **kwargs)
        self.fields["demand"].choices = [  # type: ignore[attr-defined]
            ("", _("None of them: one is missing")),
            *demands,
        ]
