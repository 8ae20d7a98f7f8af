"""Forms of the transcript: importing it, who spoke, correcting, redacting."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from minben.base.fields import TextField
from minben.proceedings import labels
from minben.proceedings.rules.transcripts import PASSAGE_MAX, TEXT_MAX, TURN_MAX, decoded


class ImportForm(forms.Form):
    """A transcript as plain text, pasted or as a file."""

    text = TextField(
        label=_("Transcript as plain text"),
        help_text=_(
            "One turn a line: name, colon, what was said. A line without a name goes on with the"
            " turn before."
        ),
        max_length=TEXT_MAX * 2,
        required=False,
    )
    file = forms.FileField(
        label=_("Or a text file (UTF-8)"), max_length=200, allow_empty_file=True, required=False
    )

    def words(self) -> str:
        """What was pasted, or else the text of the file. Refuses what is no text."""
        sent: UploadedFile[Any] | None = self.cleaned_data["file"]
        if self.cleaned_data["text"] or sent is None:
            return str(self.cleaned_data["text"])
        return decoded(sent.read(4 * TEXT_MAX + 1))


class SpeakerForm(forms.Form):
    """Whose account a speaker is."""

    email = forms.CharField(
        label=_("E-mail address of the account"), max_length=254, required=False
    )


class CorrectionForm(forms.Form):
    """One's own words, corrected."""

    text = TextField(label=_("Your words"), max_length=TURN_MAX * 2)
    revision = forms.IntegerField(widget=forms.HiddenInput)


class RedactionForm(forms.Form):
    """A passage that is not to be shown, and why."""

    passage = TextField(
        label=_("Passage"),
        help_text=_("Copy it exactly as it stands in the turn."),
        max_length=PASSAGE_MAX * 2,
    )
    ground = forms.ChoiceField(
        label=pgettext_lazy("redaction", "Ground"),
        choices=[(key.value, text) for key, text in labels.REDACTIONS.items()],
    )
    reason = forms.CharField(label=pgettext_lazy("redaction", "Reason"), max_length=1000)


class StaffRedactionForm(RedactionForm):
    """The same, in any turn."""

    turn = forms.IntegerField(label=_("Number of the turn"), min_value=1)
    field_order = ("turn", "passage", "ground", "reason")


class DecisionForm(forms.Form):
    """What becomes of a request."""

    redaction = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=pgettext_lazy("redaction", "Reason"), max_length=1000, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: Django's form signature
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _("Needed when it is refused; the speaker reads it.")
