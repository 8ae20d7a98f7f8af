"""The form that names a deputy (職務代理)."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from minben.desk import words
from minben.desk.forms import LATEST, Choices
from minben.kernel.periods import TAIPEI
from minben.people.rules import DelegationKind


class DelegationForm(forms.Form):
    """Who represents whom, from which day to which."""

    grant = forms.ChoiceField(label=_("Role to be covered"))
    delegate = forms.ChoiceField(label=_("Deputy"), help_text=_("Somebody of the same agency."))
    kind = forms.ChoiceField(
        label=_("Occasion"),
        widget=forms.RadioSelect,
        choices=[(kind.value, words.DELEGATIONS[kind]) for kind in DelegationKind],
    )
    since = forms.DateField(label=_("From this day on"))
    until = forms.DateField(label=_("Last day"), help_text=_("Both days belong to it."))

    def __init__(self, *args: Any, grants: Choices, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_people = bool(people)
        several = [("", _("Choose…")), *grants] if len(grants) > 1 else grants
        self.fields["grant"].choices = several  # type: ignore[attr-defined]
        # Nobody is named by leaving a field alone.
        self.fields["delegate"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose…")),
            *people,
        ]
        for name in ("since", "until"):
            self.fields[name].widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def clean_until(self) -> date:
        day: date = self.cleaned_data["until"]
        if day > LATEST:
            raise forms.ValidationError(_("Check the year."))
        return day

    @property
    def period(self) -> tuple[datetime, datetime]:
        """From the first midnight to the one after the last day, in Taiwan."""
        first, last = self.cleaned_data["since"], self.cleaned_data["until"]
        return _midnight(first), _midnight(last + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, TAIPEI)
