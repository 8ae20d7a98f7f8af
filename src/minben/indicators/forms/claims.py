"""What is typed of a statement about a survey's figures (登錄說法之表單)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from minben.base.fields import TextField
from minben.indicators.declared.fields import Entry
from minben.indicators.declared.statements import ADDRESS_MAX, ClaimDraft, claim_of
from minben.indicators.fault_words import said
from minben.indicators.rules import NAME_MAX, TEXT_MAX
from minben.indicators.survey_words import SAYS
from minben.indicators.surveys.claims import Figure

NOTHING: Final[tuple[str, str | Promise]] = ("", "–")
PLAIN: Final = ("says", "indicator", "unit", "period", "earlier", "figure", "words_zh", "words_en",
                "said_by", "said_in", "said_on", "address")  # fmt: skip


class ClaimForm(forms.Form):
    """What is said, by whom and where, and of which figures.

    `seal` is of the verdict that was looked at last.
    """

    words_zh = forms.CharField(
        label=_("What is said, in Chinese"),
        help_text=_("As it stands there, with the words in question in quotation marks."),
        max_length=NAME_MAX,
    )
    words_en = forms.CharField(
        label=_("What is said, in English"),
        help_text=_("Without it English pages show the Chinese."),
        required=False,
        max_length=NAME_MAX,
    )
    said_by = forms.CharField(label=_("Who says it"), required=False, max_length=NAME_MAX)
    said_in = forms.CharField(
        label=_("Where it is said"),
        help_text=_("Title and page, so that everybody can look it up."),
        max_length=NAME_MAX,
    )
    said_on = forms.DateField(
        label=_("When it was said"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    address = forms.URLField(
        label=_("Address of the page where it stands"),
        required=False,
        max_length=ADDRESS_MAX,
        assume_scheme="https",
    )
    says = forms.ChoiceField(
        label=_("What kind of statement it is"),
        choices=[(one.value, told) for one, told in SAYS.items()],
        widget=forms.RadioSelect,
    )
    indicator = forms.ChoiceField(label=_("Of which item"))
    unit = forms.ChoiceField(label=pgettext_lazy("indicators", "Unit"))
    period = forms.ChoiceField(label=_("Of which period"))
    earlier = forms.ChoiceField(
        label=pgettext_lazy("statement", "Compared with"),
        help_text=_("Of a change: the period before. Of “about”: one more period it is said of."),
        required=False,
    )
    figure = forms.CharField(
        label=_("The number that is said"),
        help_text=_("With the digits it is said with, a fall with a minus: 86, 5.5, -0.9."),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"}),
    )
    seal = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        figures: Mapping[str, Sequence[Figure]],
        names: Mapping[str, str],
        titles: Mapping[str, str],
        publisher: str,
        **kwargs: Any,
    ) -> None:
        """`figures` by unit; names of units and titles of indicators by code. Any: Django's."""
        super().__init__(*args, **kwargs)
        told = [one for own in figures.values() for one in own]
        periods = sorted({one.period for one in told}, reverse=True)
        choices = {
            "indicator": _chosen(dict.fromkeys(one.series for one in told), titles),
            "unit": _chosen(sorted(figures), names),
            "period": [(one, one) for one in periods],
            "earlier": [NOTHING, *((one, one) for one in periods)],
        }
        for name, listed in choices.items():
            field: Any = self.fields[name]
            field.choices = listed
        self.fields["said_by"].help_text = gettext("Left empty: %(publisher)s.") % {
            "publisher": publisher
        }

    def clean(self) -> dict[str, Any]:
        """What fits no statement stands beside its field. Any: values of fields."""
        told = dict(super().clean() or {})
        if not self.errors:
            entry = Entry({name: told[name] for name in PLAIN}, str)
            told["draft"] = claim_of(entry)
            for fault in entry.faults:
                self.add_error(fault.where, said(fault))
        return told

    def draft(self) -> ClaimDraft:
        """What was typed, as a statement, once the form is whole."""
        draft: ClaimDraft = self.cleaned_data["draft"]
        return draft


def _chosen(codes: Iterable[str], names: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(code, names.get(code) or code) for code in codes]


class WithdrawClaimForm(forms.Form):
    """Why a statement is taken back."""

    reason = TextField(
        label=_("Reason"), help_text=_("Everybody can read it."), max_length=TEXT_MAX
    )
