"""What is typed about who is responsible."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from minben.assigning.rules.offers import REASON_MAX

Choices = list[tuple[str, str]]
GIVEN_MAX = 200
PUBLIC = _("At least 20 characters. Everybody can read it, on the page of the case.")


class ReasonForm(forms.Form):
    """A reason everybody reads."""

    # How short it may be the rule says, with its source.
    reason = forms.CharField(
        label=_("Reason"),
        help_text=PUBLIC,
        max_length=REASON_MAX * 2,
        widget=forms.Textarea,
    )


class DisputeForm(ReasonForm):
    """Why one's agency is not responsible, and which one is (權責爭議)."""

    proposed = forms.CharField(
        label=_("The agency that is responsible"),
        help_text=_(
            "Code or name, if you know it. It is asked next. Without it, the platform decides."
        ),
        max_length=GIVEN_MAX,
        required=False,
        widget=forms.TextInput(attrs={"list": "agencies", "autocomplete": "off"}),
    )
    field_order = ("reason", "proposed")

    def __init__(self, *args: Any, is_second: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_second:  # whoever it points to is not asked any more
            del self.fields["proposed"]


class DecisionForm(ReasonForm):
    """Who has the part from now on, and why (決定)."""

    agencies = forms.MultipleChoiceField(
        label=_("Responsible from now on"), widget=forms.CheckboxSelectMultiple, required=False
    )
    other = forms.CharField(
        label=_("Another agency"),
        help_text=_("Code or name, only if it is none of the above."),
        max_length=GIVEN_MAX,
        required=False,
        widget=forms.TextInput(attrs={"list": "agencies", "autocomplete": "off"}),
    )
    field_order = ("agencies", "other", "reason")

    def __init__(self, *args: Any, agencies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agencies"].choices = agencies  # type: ignore[attr-defined]

    @property
    def chosen(self) -> list[str]:
        """Codes or names, as ticked and typed."""
        other = self.cleaned_data["other"].strip()
        return [*self.cleaned_data["agencies"], *([other] if other else [])]
