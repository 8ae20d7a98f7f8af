"""Forms of the issue sheet and the stakeholder map."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from minben.base.fields import TextField
from minben.proceedings import labels
from minben.proceedings.rules import SOURCE_MAX
from minben.proceedings.rules.issues import IssueSheet, Node
from minben.proceedings.rules.stakeholders import GRADES, Kind, Stakeholder, Stance

LONG = 4_000  # what is longer is no slip; the rules refuse the rest beside the field


def _choices(words: Mapping[Any, str | Promise]) -> list[tuple[str, str | Promise]]:
    """Any: enums of different kinds."""
    return [(str(key.value), text) for key, text in words.items()]


def _told(node: Node) -> str:
    return f"{labels.NODES[node.kind]}：{node.text[:40]}"


class TextForm(forms.Form):
    """A text of the issue sheet and, of evidence, where it is found."""

    text = TextField(label=_("Text"), max_length=LONG)
    source = forms.CharField(
        label=_("Address of the source"),
        help_text=_("Needed for evidence: an address that begins with https://"),
        max_length=SOURCE_MAX * 4,
        required=False,
    )


class AddForm(TextForm):
    """A new text."""

    kind = forms.ChoiceField(label=_("Kind"), choices=_choices(labels.NODES))
    field_order = ("kind", "text", "source")


class EditForm(TextForm):
    """A text that is changed; `revision` is what its writer saw."""

    revision = forms.IntegerField(widget=forms.HiddenInput)


class LinkForm(forms.Form):
    """Two texts to be linked."""

    one = forms.TypedChoiceField(label=_("First entry"), coerce=int)
    other = forms.TypedChoiceField(label=_("Second entry"), coerce=int)

    def __init__(self, *args: Any, sheet: IssueSheet, **kwargs: Any) -> None:  # Any: Django's
        super().__init__(*args, **kwargs)
        rows: Sequence[tuple[int, str]] = [(node.key, _told(node)) for node in sheet.nodes]
        for name in ("one", "other"):
            self.fields[name].choices = rows  # type: ignore[attr-defined]


class StakeholderForm(forms.Form):
    """One stakeholder."""

    name = forms.CharField(
        label=_("Name of the group"),
        help_text=_("A group or its role, not the name of a private person."),
        max_length=200,
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=_choices(labels.KINDS))
    interest = forms.TypedChoiceField(
        label=_("How much it concerns them"), coerce=int, choices=[(n, n) for n in GRADES]
    )
    influence = forms.TypedChoiceField(
        label=_("How much influence they have"), coerce=int, choices=[(n, n) for n in GRADES]
    )
    stance = forms.ChoiceField(label=_("Stance"), choices=_choices(labels.STANCES))
    invited = forms.IntegerField(label=_("People invited"), initial=0)
    coming = forms.IntegerField(label=_("People who come"), initial=0)
    note = TextField(
        label=pgettext_lazy("stakeholders", "Note"),
        help_text=_("What they ask for, and why they are on the map."),
        max_length=LONG,
        required=False,
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def row(self, key: int = 0) -> Stakeholder:
        """What was typed, as the rules take it."""
        typed = self.cleaned_data
        return Stakeholder(
            key=key,
            name=typed["name"],
            kind=Kind(typed["kind"]),
            interest=typed["interest"],
            influence=typed["influence"],
            stance=Stance(typed["stance"]),
            note=typed["note"],
            invited=typed["invited"],
            coming=typed["coming"],
            revision=typed["revision"] or 1,
        )


def initial_of(row: Stakeholder) -> dict[str, Any]:  # Any: values of a form
    """A stakeholder as a form's initial values."""
    found: dict[str, Any] = {}
    for name in StakeholderForm.base_fields:
        value = getattr(row, name)
        found[name] = value.value if isinstance(value, StrEnum) else value
    return found
