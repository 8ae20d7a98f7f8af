"""Forms of the desk: what may be typed. What is lawful is decided by the actions."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from minben.base.fields import DraftChoice, DraftField, TextField
from minben.casework.rules import BLOCK_MAX, Adoption, Ground
from minben.casework.rules.extending import REASON_MAX as EXTENSION_REASON_MAX
from minben.desk import words
from minben.discussion.rules import REASON_MAX as COMMENT_REASON_MAX
from minben.discussion.rules import HideGround
from minben.kernel.actor import Role

Choices = Sequence[tuple[str, str | Promise]]
Grouped = Sequence[tuple[str, Choices]]
REASON_MAX: Final = 1000
LATEST: Final = date(2100, 1, 1)  # beyond it a year is a typing mistake


def _area(label: Any, most: int, help_text: Any = "") -> forms.CharField:
    """A text of several lines. Any: lazy texts, whose type Django's stubs keep to themselves."""
    return TextField(label=label, help_text=help_text, max_length=most)


def _block(name: str, help_text: Any) -> forms.CharField:
    """One of the four texts of a response. Any: as above."""
    label: Any = words.BLOCKS[name]
    return DraftField(label=label, help_text=help_text, max_length=BLOCK_MAX)


class HideForm(forms.Form):
    """Why a proposal is hidden (隱藏事由與理由)."""

    ground = forms.ChoiceField(label=_("Ground"), widget=forms.RadioSelect)
    merge_into = forms.ChoiceField(
        label=_("Open proposal to join"),
        required=False,
        help_text=_("Only for the ground that advises joining. Supporters are never moved."),
    )
    reason = _area(
        _("Reason"),
        REASON_MAX,
        _("The proposer and the public register show it. Name the facts, not the person."),
    )

    def __init__(
        self, *args: Any, grounds: Iterable[Ground], targets: Choices, zh: bool, **kwargs: Any
    ) -> None:  # Any: Django's form signature
        super().__init__(*args, **kwargs)
        self.fields["ground"].choices = [  # type: ignore[attr-defined]
            (ground.code, ground.zh if zh else ground.en) for ground in grounds
        ]
        self.fields["merge_into"].choices = [("", pgettext_lazy("desk", "None")), *targets]  # type: ignore[attr-defined]


class AgenciesForm(forms.Form):
    """Up to `most` responsible agencies (權責機關), the lead first."""

    def __init__(self, *args: Any, agencies: Choices, most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for position in range(most):
            self.fields[f"agency_{position}"] = forms.ChoiceField(
                label=_("Assisting agency") if position else _("Lead agency"),
                choices=[
                    ("", pgettext_lazy("desk", "None") if position else _("Choose…")),
                    *agencies,
                ],
                required=position == 0,
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        chosen = [value for value in data.values() if value]
        if len(chosen) != len(set(chosen)):
            raise ValidationError(_("An agency is named twice."))
        return data

    @property
    def agency_ids(self) -> list[int]:
        """What was chosen, lead first."""
        return [int(value) for value in self.cleaned_data.values() if value]


class AppealForm(forms.Form):
    """How an appeal is decided (申覆決定)."""

    upheld = forms.ChoiceField(
        label=_("Decision"),
        widget=forms.RadioSelect,
        choices=[
            (
                "yes",
                _("Upheld: the proposal is restored and opens for endorsement on the next day"),
            ),
            ("no", _("Rejected: the proposal stays hidden")),
        ],
    )
    reason = _area(_("Reason"), REASON_MAX, _("The proposer and the public register show it."))


class CommentForm(forms.Form):
    """Why a comment is hidden."""

    ground = forms.ChoiceField(
        label=_("Ground"),
        widget=forms.RadioSelect,
        choices=[(item.value, words.COMMENT_GROUNDS[item]) for item in HideGround],
    )
    reason = _area(
        _("Reason"),
        COMMENT_REASON_MAX,
        _("It stands in public in place of the comment. Do not repeat what must not be read."),
    )


class ResponseForm(forms.Form):
    """The four blocks of a formal response (正式回應). A draft may have gaps."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    analysis = _block(
        "analysis", _("What the proposal asks for, the present rules, and what the facts are.")
    )
    deliberation = _block("deliberation", _("Who was consulted and when, and what they said."))
    adoption = DraftChoice(
        label=_("Adoption"),
        widget=forms.RadioSelect,
        choices=[(item.value, words.ADOPTIONS[item]) for item in Adoption],
    )
    adoption_reason = _block(
        "adoption_reason",
        _("Why it is adopted, or why not. Everybody who endorsed will read this first."),
    )
    follow_up = _block("follow_up", _("What happens next, who does it and by when."))

    @property
    def blocks(self) -> dict[str, str]:
        """The four texts by name."""
        return {block: self.cleaned_data.get(block, "") for block in words.BLOCKS}


class PublishForm(forms.Form):
    """The explicit act of publishing what the page above shows."""

    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    confirmed = forms.BooleanField(
        label=_("I have read the whole response above and publish it for the agency"),
        error_messages={"required": _("Tick the box to publish.")},
    )


class ExtensionForm(forms.Form):
    """More time for the answer (延長回應期限)."""

    until = forms.DateField(
        label=_("New last day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    reason = _area(
        _("Why more time is needed"),
        EXTENSION_REASON_MAX,
        _("Everybody will read it. At least 20 characters."),
    )

    def clean_until(self) -> date:
        """A year beyond all rules would be beyond the calendar of the computer as well."""
        day: date = self.cleaned_data["until"]
        if day > LATEST:
            raise ValidationError(_("Check the year."))
        return day


class PauseForm(forms.Form):
    """A pause before a poll (選舉期間暫停)."""

    jurisdiction = forms.ChoiceField(label=_("Government"))
    starts_on = forms.DateField(label=_("First day"), help_text=_("Proposing stops at midnight."))
    ends_on = forms.DateField(
        label=_("Last day"), help_text=_("Usually polling day. Both days belong to the pause.")
    )
    reason_zh = forms.CharField(label=_("Reason in Chinese"), max_length=200)
    reason_en = forms.CharField(label=_("Reason in English"), max_length=200, required=False)
    source = forms.CharField(
        label=_("Source"),
        max_length=300,
        help_text=_("Where the poll was announced, with date and number of the notice."),
    )

    def __init__(self, *args: Any, governments: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["jurisdiction"].choices = governments  # type: ignore[attr-defined]
        for name in ("starts_on", "ends_on"):
            self.fields[name].widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def _day(self, name: str) -> date:
        day: date = self.cleaned_data[name]
        if day > LATEST:
            raise ValidationError(_("Check the year."))
        return day

    def clean_starts_on(self) -> date:
        return self._day("starts_on")

    def clean_ends_on(self) -> date:
        return self._day("ends_on")


class RoleForm(forms.Form):
    """Whom a staff role is granted to."""

    email = forms.EmailField(
        label=_("E-mail address of the account"),
        help_text=_("The person signs up first; the role takes effect with a second factor."),
    )
    role = forms.ChoiceField(
        label=_("Role"), choices=[(role.value, words.ROLES[role]) for role in Role]
    )
    agency = forms.ChoiceField(
        label=_("Agency"),
        required=False,
        help_text=_("For officers, leads and participation officers."),
    )

    def __init__(self, *args: Any, agencies: Grouped, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = [("", pgettext_lazy("desk", "None")), *agencies]  # type: ignore[attr-defined]
