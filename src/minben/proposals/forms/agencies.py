"""The step of topic and agencies (主題與權責機關)."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundWidget
from django.utils.translation import gettext_lazy as _

from minben.base.refusals import sentence
from minben.kernel.refusal import Refusal
from minben.proposals.forms.steps import AskedChoice, WritingForm
from minben.proposals.labels import TOPIC_LABELS
from minben.proposals.models import TOPICS
from minben.proposals.words import Bilingual


class AgenciesForm(WritingForm):
    """The topic, and up to three agencies or none."""

    step = "agencies"
    topic = AskedChoice(label=_("Topic"), widget=forms.RadioSelect)
    deciding = AskedChoice(
        label=_("Which agencies should answer?"),
        widget=forms.RadioSelect,
        choices=[
            ("administrator", _("Let the platform's administrator decide")),
            ("named", _("I name them below")),
        ],
    )
    agencies = forms.TypedMultipleChoiceField(
        label=_("Agencies"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: as WritingForm
        super().__init__(*args, **kwargs)
        topic, named = self.fields["topic"], self.fields["agencies"]
        topic.choices = [(code, TOPIC_LABELS[code]) for code in TOPICS]  # type: ignore[attr-defined]
        topic.error_messages["invalid_choice"] = sentence(Refusal("topic_unknown"))
        named.choices = [  # type: ignore[attr-defined]
            (agency.pk, Bilingual(agency.name_zh, agency.name_en)) for agency in self.offered
        ]
        named.error_messages["invalid_choice"] = sentence(Refusal("agency_unknown"))

    def stored(self) -> dict[str, Any]:
        """An answer that was given is shown; before that, none is."""
        draft = self.draft
        deciding = "named" if draft.agency_ids else "administrator"
        return {
            "topic": draft.topic,
            "deciding": deciding if draft.agencies_chosen else "",
            "agencies": draft.agency_ids,
        }

    def clean(self) -> None:
        """Naming agencies and leaving the choice to the administrator exclude each other."""
        deciding = self.cleaned_data.get("deciding", "")
        named = self.cleaned_data.get("agencies", [])
        if not deciding and named:
            # Whoever ticks an agency has answered the question.
            self.cleaned_data["deciding"] = "named"
        if deciding == "administrator" and named:
            self.add_error("deciding", sentence(Refusal("agencies_unclear")))
        most = self.rules.max_agencies
        if len(named) > most:
            self.add_error("agencies", sentence(Refusal("too_many_agencies", most=most)))

    def changes(self) -> dict[str, Any]:
        """The topic, and the agencies once the question is answered without contradiction."""
        found: dict[str, Any] = {}
        if "topic" in self.cleaned_data:
            found["topic"] = self.cleaned_data["topic"]
        named = self.cleaned_data.get("agencies")
        if self.cleaned_data.get("deciding") == "administrator" and named == []:
            found["agency_ids"] = []
        elif self.cleaned_data.get("deciding") == "named" and named:
            found["agency_ids"] = named
        return found

    def review(self) -> None:
        """A topic and one of the two answers are asked for."""
        if self.cleaned_data.get("topic") == "":
            self.add_error("topic", sentence(Refusal("topic_unknown")))
        named = self.cleaned_data.get("agencies")
        if self.cleaned_data.get("deciding") == "":
            self.add_error("deciding", sentence(Refusal("agencies_not_named")))
        elif self.cleaned_data.get("deciding") == "named" and named == []:
            self.add_error("agencies", sentence(Refusal("agencies_not_named")))

    @property
    def first(self) -> list[BoundWidget]:
        """The agencies that answer for the topic, or are named already."""
        return [option for option in self["agencies"] if self._stands_first(option)]

    @property
    def others(self) -> list[BoundWidget]:
        """The agencies left."""
        return [option for option in self["agencies"] if not self._stands_first(option)]

    def _stands_first(self, option: BoundWidget) -> bool:
        topic = self["topic"].value()
        named = {str(pk) for pk in self["agencies"].value() or []}
        first = {str(one.pk) for one in self.offered if topic and topic in one.topics} | named
        return str(option.data["value"]) in first
