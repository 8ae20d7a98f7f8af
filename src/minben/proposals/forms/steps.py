"""What the steps of writing a proposal share (撰寫提議之步驟).

A form never stands in the way of saving: `changes` gives what can be saved of what was typed, and
`review` says what the step still lacks before the writer goes on.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from minben.base.fields import TextField
from minben.base.refusals import sentence
from minben.casework.rules import RuleParameters
from minben.kernel.refusal import Refusal
from minben.proposals.models import Draft
from minben.proposals.rules import Wording, wording_faults

if TYPE_CHECKING:
    from minben.people.models import Agency


class WrittenField(TextField):
    """A text that is asked for, and may be saved before it is there."""

    def validate(self, value: Any) -> None:  # Any: Django's field signature
        """Emptiness is judged by `review`, never in the way of saving."""


class AskedChoice(forms.ChoiceField):
    """A choice that is asked for, and may be saved before it is made; unknown ones never."""

    def validate(self, value: Any) -> None:  # Any: Django's field signature
        """Only a choice that is none of the list is refused here."""
        if value:
            super().validate(value)


class WritingForm(forms.Form):
    """One step. `limits` are the characters allowed; an error never keeps a field from showing."""

    use_required_attribute = False
    step: ClassVar[str]

    def __init__(
        self,
        draft: Draft,
        rules: RuleParameters,
        data: Mapping[str, Any] | None = None,  # Any: typed values
        agencies: "Sequence[Agency]" = (),
    ) -> None:
        self.draft, self.rules, self.offered = draft, rules, agencies
        super().__init__(data, initial=self.stored(), label_suffix="")
        if self.step in self.rules.limits and self.step in self.fields:
            too_long = sentence(Refusal("field_too_long", limit=self.limit))
            self.fields[self.step].error_messages["max_length"] = too_long

    def stored(self) -> dict[str, Any]:
        """What the draft holds, by field."""
        return {self.step: getattr(self.draft, self.step)}

    def changes(self) -> dict[str, Any]:
        """What can be saved of what was typed, for `save_draft`."""
        return {self.step: self.cleaned_data[self.step]} if self.step in self.cleaned_data else {}

    def review(self) -> None:
        """Say what is missing before the writer goes on."""
        if self.step not in self.cleaned_data:
            return
        fault = wording_faults(Wording(**{self.step: self.cleaned_data[self.step]}), self.rules)
        if self.step in fault:
            code, limit = fault[self.step]
            self.add_error(self.step, sentence(Refusal(code, limit=limit)))

    @property
    def limit(self) -> int:
        """Most characters of this step's text."""
        return self.rules.limits[self.step]
