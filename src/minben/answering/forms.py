"""Forms of answering: what may be typed. What is lawful is decided by the acts."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from minben.answering import words
from minben.answering.rules import (
    MINUTES_MAX,
    OFFICE_MAX,
    POST_MAX,
    STATEMENT_MAX,
    STEP_MAX,
    STEPS_MAX,
    SUMMARY_MAX,
    Channel,
    PostKind,
    Verdict,
)
from minben.answering.rules.correcting import ADOPTION, BLOCKS
from minben.answering.rules.correcting import REASON_MAX as CORRECTION_REASON_MAX
from minben.answering.rules.surveys import QUESTIONS, WORDS_MAX
from minben.base.fields import TextField
from minben.casework.rules import BLOCK_MAX, Adoption
from minben.kernel.periods import TAIPEI

STEPS_SHOWN: Final = 3
EARLIEST: Final = date(2000, 1, 1)
LATEST: Final = date(2100, 1, 1)  # beyond it a year is a typing mistake


def _area(label: Any, most: int, help_text: Any = "", *, required: bool = True) -> TextField:
    """A text of several lines. Any: lazy texts, whose type Django's stubs keep to themselves."""
    return TextField(
        label=label,
        help_text=help_text,
        max_length=most,
        required=required,
        widget=forms.Textarea,
    )


def _day(label: Any, *, required: bool = True) -> forms.DateField:
    """A day. Any: as above."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, required=required, widget=widget)


def sane_day(day: date | None) -> date | None:
    """A year no computer's calendar has is refused as the typing mistake it is."""
    if day is not None and not EARLIEST <= day <= LATEST:
        raise ValidationError(_("Check the year."))
    return day


def _office() -> forms.CharField:
    return forms.CharField(
        label=_("Office that answers for it"),
        help_text=_("Office and switchboard; no person's name, mobile number or mailbox."),
        max_length=OFFICE_MAX,
        required=False,
    )


class PlanForm(forms.Form):
    """A version of the handling plan (處理規劃); a draft may have gaps."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    summary = _area(
        _("How the case will be handled"),
        SUMMARY_MAX,
        _("Who takes part, what is looked into, how the proposer is involved."),
        required=False,
    )
    steps = forms.CharField(required=False, widget=forms.HiddenInput)  # where their refusal stands

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(1, STEPS_MAX + 1):
            what = forms.CharField(
                label=_("Step %(n)s") % {"n": n}, max_length=STEP_MAX, required=False
            )
            self.fields[f"what_{n}"] = what
            self.fields[f"until_{n}"] = _day(_("Step %(n)s is done by") % {"n": n}, required=False)
        self.fields["office"] = _office()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in [name for name in data if name.startswith("until_")]:
            try:
                sane_day(data[name])
            except ValidationError as error:
                self.add_error(name, error)
        return data

    @property
    def steps_given(self) -> list[dict[str, str]]:
        """The steps of which anything was typed, in order."""
        data = self.cleaned_data
        rows = [
            {
                "what": data.get(f"what_{n}", ""),
                "until": day.isoformat() if (day := data.get(f"until_{n}")) else "",
            }
            for n in range(1, STEPS_MAX + 1)
        ]
        return [row for row in rows if row["what"] or row["until"]]

    @property
    def rows(self) -> list[tuple[Any, Any]]:  # Any: bound fields
        """The fields of each step side by side."""
        return [(self[f"what_{n}"], self[f"until_{n}"]) for n in range(1, STEPS_MAX + 1)]

    @property
    def more_used(self) -> bool:
        """Something stands in the steps that are folded at first, or is wrong with them."""
        folded = [field for row in self.rows[STEPS_SHOWN:] for field in row]
        return any(field.value() or field.errors for field in folded)


def typed_steps(steps: Sequence[dict[str, str]]) -> dict[str, str]:
    """Stored steps as the form's initial values."""
    return {
        f"{name}_{n}": step[name] for n, step in enumerate(steps, 1) for name in ("what", "until")
    }


class ConfirmPlanForm(forms.Form):
    """The explicit act of publishing the plan that the page shows."""

    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    confirmed = forms.BooleanField(
        label=_("I have read the plan above and publish it for the agency"),
        error_messages={"required": _("Tick the box to publish.")},
    )


class ContactForm(forms.Form):
    """An entry of the contact log (聯繫紀錄)."""

    channel = forms.ChoiceField(
        label=_("How"),
        widget=forms.RadioSelect,
        choices=[(one.value, words.CHANNELS[one]) for one in Channel],
    )
    held_on = _day(_("Day"))
    held_time = forms.TimeField(
        label=_("Time"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    reached = forms.ChoiceField(
        label=_("Was the proposer reached?"),
        widget=forms.RadioSelect,
        choices=[("yes", _("Yes")), ("no", _("No, this was an attempt"))],
    )
    discussed = _area(
        _("What was discussed"),
        MINUTES_MAX,
        _("In neutral words. The proposer reads it first; then everybody, unless they object."),
        required=False,
    )
    agreed = _area(pgettext_lazy("contact", "What was agreed"), MINUTES_MAX, required=False)
    office = _office()

    def clean_held_on(self) -> date | None:
        """No year beyond all calendars."""
        return sane_day(self.cleaned_data["held_on"])

    @property
    def held_at(self) -> datetime:
        """Day and time as an instant; both are of Taiwan."""
        data = self.cleaned_data
        local = datetime.combine(data["held_on"], data["held_time"], tzinfo=TAIPEI)
        return local.astimezone(UTC)


class VerdictForm(forms.Form):
    """The proposer's word on the minutes."""

    verdict = forms.ChoiceField(
        label=_("What do you say?"),
        widget=forms.RadioSelect,
        choices=[(one.value, words.VERDICTS[one]) for one in Verdict],
    )
    statement = _area(
        _("Your own words"),
        STATEMENT_MAX,
        _(
            "What is not right or missing: this is published as yours. If you object, say why if you like; that is not published."
        ),
        required=False,
    )

    def __init__(self, *args: Any, over: bool = False, **kwargs: Any) -> None:
        """`over`: the period has ended, so only an objection is heard."""
        super().__init__(*args, **kwargs)
        if over:
            verdict: Any = self.fields["verdict"]
            verdict.choices = [(Verdict.OBJECTED.value, words.VERDICTS[Verdict.OBJECTED])]


class PostForm(forms.Form):
    """A report beside the formal response (期中回報、納入研議回報)."""

    kind = forms.ChoiceField(label=_("What it is"), widget=forms.RadioSelect)
    done = _area(_("What was done so far"), POST_MAX, _("At least 20 characters."))
    ahead = _area(_("What comes next, and by when"), POST_MAX, required=False)
    adoption = forms.ChoiceField(
        label=_("Does this end the study?"), widget=forms.RadioSelect, required=False
    )
    reason = _area(
        _("Reasons of the adoption"),
        POST_MAX,
        _("Needed if the study ends with this report."),
        required=False,
    )

    def __init__(self, *args: Any, studied: bool, **kwargs: Any) -> None:
        """`studied`: something is under study, so a return is due."""
        super().__init__(*args, **kwargs)
        kinds = [kind for kind in PostKind if studied or kind is PostKind.PROGRESS]
        fields: dict[str, Any] = self.fields
        fields["kind"].choices = [(kind.value, words.POSTS[kind]) for kind in kinds]
        fields["adoption"].choices = [
            ("", _("No, it goes on")),
            *(
                (one.value, words.ADOPTIONS[one])
                for one in Adoption
                if one is not Adoption.UNDER_STUDY
            ),
        ]
        if not studied:
            del self.fields["adoption"], self.fields["reason"]
            self.initial.setdefault("kind", PostKind.PROGRESS.value)


class PartForm(forms.Form):
    """Which part of which response is corrected; chosen before its text is shown."""

    response = forms.IntegerField(widget=forms.HiddenInput)
    block = forms.ChoiceField(
        label=_("Which part is corrected"),
        widget=forms.RadioSelect,
        choices=[(block, words.BLOCKS[block]) for block in BLOCKS],
    )


class CorrectionForm(forms.Form):
    """A correction: the whole part as it should read, and why."""

    response = forms.IntegerField(widget=forms.HiddenInput)
    block = forms.CharField(max_length=20, widget=forms.HiddenInput)
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    reason = _area(
        _("Why it is corrected"),
        CORRECTION_REASON_MAX,
        _("Everybody will read it. At least 10 characters."),
    )

    def __init__(self, *args: Any, part: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = _("How it should read")
        fields: dict[str, Any] = self.fields
        if part == ADOPTION:
            fields["adoption"] = forms.ChoiceField(
                label=label,
                widget=forms.RadioSelect,
                choices=[(one.value, words.ADOPTIONS[one]) for one in Adoption],
            )
        else:
            fields["text"] = _area(label, BLOCK_MAX)
        self.order_fields(["text", "adoption", "reason"])

    @property
    def new_text(self) -> str:
        """The new text, or the new code."""
        given: str = self.cleaned_data.get("text") or self.cleaned_data.get("adoption") or ""
        return given


def _scale(question: str) -> forms.ChoiceField:
    label: Any = words.QUESTIONS[question]
    choices: list[tuple[str, str | Promise]] = list(words.SCORES.items())
    return forms.ChoiceField(label=label, widget=forms.RadioSelect, choices=choices)


class SurveyForm(forms.Form):
    """The satisfaction survey: four questions and some words."""

    understandable = _scale("understandable")
    reasoned = _scale("reasoned")
    heard = _scale("heard")
    overall = _scale("overall")
    words = _area(
        _("Anything else?"),
        WORDS_MAX,
        _("Shown with the results without your name, once a moderator has looked at it."),
        required=False,
    )

    @property
    def scores(self) -> dict[str, int]:
        """The four scores."""
        return {name: int(self.cleaned_data[name]) for name in QUESTIONS}
