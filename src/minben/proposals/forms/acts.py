"""Forms of the citizen's acts on a proposal (附議、留言、檢舉、撤回、申覆).

They only take what was typed; the actions judge it, because limits are the rule set's.
"""

from http import HTTPStatus
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from minben.base.fields import TextField
from minben.base.refusals import sentence, status_of
from minben.discussion.rules import Side
from minben.kernel.refusal import Refusal
from minben.proposals.queries.endorsements import CountyCount


class EndorseForm(forms.Form):
    """Endorsing asks for nothing but, if one likes, a reason."""

    reason = TextField(
        label=_("Why you endorse it"),
        required=False,
        help_text=_("Everybody can read it. It can't be changed later."),
    )


class CommentForm(forms.Form):
    """A comment for or against."""

    side = forms.ChoiceField(
        label=_("Are you for or against it?"),
        choices=[
            (Side.PRO.value, pgettext_lazy("comments", "For")),
            (Side.CON.value, pgettext_lazy("comments", "Against")),
        ],
        widget=forms.RadioSelect,
    )
    body = TextField(
        label=_("Your comment"),
        help_text=_("Everybody can read it, with your nickname, county and township."),
    )


class ReportForm(forms.Form):
    """What is wrong with a comment."""

    reason = TextField(
        label=_("What is wrong with it?"),
        help_text=_("Only moderators read this. The comment stays until they have decided."),
    )


class WithdrawForm(forms.Form):
    """Why a proposal is withdrawn."""

    reason = TextField(
        label=_("Why you withdraw it"),
        help_text=_("Everybody can read it, in the place of a result."),
    )


class AppealForm(forms.Form):
    """Why the decision to hide was wrong."""

    text = TextField(
        label=_("Why the decision is wrong"),
        help_text=_(
            "Say what was overlooked or misunderstood. Somebody else than who decided reads it."
        ),
    )


class EndorsementFilter(forms.Form):
    """Which endorsements of the list are shown."""

    county = forms.ChoiceField(label=_("County of residence"), required=False)
    reason = forms.BooleanField(label=_("Only with a reason"), required=False)

    def __init__(self, *args: Any, counties: tuple[CountyCount, ...], **kwargs: Any) -> None:
        # Any: Django's form signature
        super().__init__(*args, **kwargs)
        self.fields["county"].choices = [  # type: ignore[attr-defined]
            ("", _("All counties")),
            *((one.county, f"{one.county} ({one.n:,})") for one in counties if one.county),
        ]


def put_beside(form: forms.Form, refusal: Refusal) -> HTTPStatus:
    """Put a refusal's sentence beside its field, or above the form; returns the status."""
    said = sentence(refusal)
    if refusal.field in form.fields:
        form.add_error(refusal.field, said)
    else:
        form.add_error(None, f"{said} {refusal.basis}".strip())
    return status_of(refusal)
