"""Forms of the desk about findings: what may be typed."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from minben.base.fields import TextField
from minben.base.refusals import sentence
from minben.findings import rules
from minben.findings.actions import Facts, Seen
from minben.findings.queries import Told, Whole
from minben.findings.rules import Severity
from minben.findings.words import SEVERITIES
from minben.kernel.refusal import Refusal

LATEST: Final = date(2100, 1, 1)  # beyond it a year is a typing mistake


def _day(label: Any, help_text: Any = "") -> forms.DateField:  # Any: lazy texts
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, help_text=help_text, widget=widget)


class StudyForm(forms.Form):
    """What a study says of itself."""

    service = forms.CharField(
        label=_("Service that was tested"),
        max_length=rules.SERVICE_MAX,
        help_text=_("As people know it, such as: filing income tax on the web."),
    )
    tested_on = _day(_("Day of the test"), _("Of several days the last one."))
    groups = TextField(
        label=_("Who took part"),
        required=False,
        max_length=2000,
        help_text=_(
            "One kind a line, then how many: “office workers 4”. No names, and nothing that "
            "lets somebody be recognised."
        ),
    )
    steps = TextField(
        label=_("Steps of the service, in order"),
        required=False,
        max_length=3000,
        help_text=_("One a line, in the words people see, such as: sign in."),
    )
    method = TextField(
        label=_("How it was tested"),
        required=False,
        max_length=rules.METHOD_MAX,
        help_text=_("Where, with what, what people were asked to do, who watched."),
    )
    bounds = TextField(
        label=_("What limits what can be changed"),
        required=False,
        max_length=rules.BOUNDS_MAX,
        help_text=_("Contract, law, budget, dates. Whoever reads the findings should know."),
    )
    source = forms.CharField(
        label=_("Source"),
        required=False,
        max_length=rules.SOURCE_MAX,
        help_text=_("Where a record of it can be read, if it can."),
    )

    def clean(self) -> None:
        """Two fields hold lists, one entry a line."""
        groups = rules.groups_of(self.cleaned_data.get("groups", ""))
        if groups is None:
            self.add_error("groups", sentence(Refusal("findings_groups")))
        self.cleaned_data["groups"] = groups or ()
        self.cleaned_data["steps"] = rules.lines_of(self.cleaned_data.get("steps", ""))

    @property
    def facts(self) -> Facts:
        """What was typed, for the acts."""
        return Facts(**self.cleaned_data)


def facts_of(whole: Whole) -> dict[str, Any]:  # Any: values of fields
    """The initial values of `StudyForm`."""
    study = whole.study
    return {
        "service": study.service,
        "tested_on": study.tested_on,
        "groups": "\n".join(f"{one.kind} {one.n}" for one in whole.groups),
        "steps": "\n".join(name for name, _found in whole.steps),
        "method": study.method,
        "bounds": study.bounds,
        "source": study.source,
    }


class FindingForm(forms.Form):
    """What was seen at a step. `reason` is asked for where the study is public."""

    step = forms.ChoiceField(label=_("Step"))
    severity = forms.ChoiceField(
        label=_("How much did it hinder?"),
        widget=forms.RadioSelect,
        choices=[(one.value, SEVERITIES[one]) for one in Severity],
    )
    what = TextField(
        label=pgettext_lazy("finding", "What happened"),
        max_length=rules.WHAT_MAX,
        help_text=_("What people did and where they stopped; no names."),
    )
    hit = forms.IntegerField(
        label=_("How many people stumbled over it"), min_value=1, max_value=rules.PEOPLE_MAX
    )
    quote = TextField(
        label=_("What somebody said"),
        required=False,
        max_length=rules.QUOTE_MAX,
        help_text=_("In their own words, without a name."),
    )
    picture = forms.FileField(
        label=_("Screenshot"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png,.webp"}),
        help_text=_(
            "JPEG, PNG or WebP, up to 10 MB. Take personal data out of the picture before you send it."
        ),
    )
    alt = forms.CharField(
        label=_("What the picture shows"),
        required=False,
        max_length=rules.ALT_MAX,
        help_text=_("For those who can't see it. Needed with a screenshot."),
    )
    reason = TextField(
        label=_("Why it is corrected"),
        max_length=rules.REASON_MAX,
        help_text=_("Everybody can read it, with the older wording."),
    )

    def __init__(self, *args: Any, steps: Sequence[str], correcting: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = [(name, name) for name in steps]  # type: ignore[attr-defined]
        del self.fields["picture" if correcting else "reason"]

    @property
    def seen(self) -> Seen:
        """What was typed, for the acts."""
        told = self.cleaned_data
        return Seen(
            step=told["step"],
            severity=Severity(told["severity"]),
            what=told["what"],
            hit=told["hit"],
            quote=told["quote"],
            alt=told["alt"],
        )


class FixForm(forms.Form):
    """What was changed, and when."""

    what = TextField(
        label=_("What was changed"),
        max_length=rules.WHAT_MAX,
        help_text=_("So that somebody who used the service before knows it again."),
    )
    changed_on = _day(_("Since which day"), _("The day the change reached the public."))


class RetestForm(forms.Form):
    """A later test: for each finding how many still stumbled; empty if it was not tested."""

    tested_on = _day(_("Day of the re-test"))
    n = forms.IntegerField(
        label=pgettext_lazy("retest", "How many people took part"),
        min_value=1,
        max_value=rules.PEOPLE_MAX,
    )

    def __init__(self, *args: Any, findings: Sequence[Told], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for told in findings:
            self.fields[f"still_{told.row.pk}"] = forms.IntegerField(
                label=told.row.what,
                required=False,
                min_value=0,
                max_value=rules.PEOPLE_MAX,
                help_text=_("Leave it empty if it was not tested."),
            )

    @property
    def still(self) -> dict[int, int]:
        """How many still stumbled, by finding."""
        return {
            int(name.removeprefix("still_")): value
            for name, value in self.cleaned_data.items()
            if name.startswith("still_") and value is not None
        }
