"""Words for the codes of answering (承辦用語), in the reader's language."""

from typing import TypeAlias

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from minben.answering.rules import Channel, ContactState, PostKind, Verdict
from minben.answering.rules.correcting import ADOPTION
from minben.casework.rules import Adoption

Words: TypeAlias = dict[str, str | Promise]

CHANNELS: Words = {
    Channel.PHONE: pgettext_lazy("contact", "by phone"),
    Channel.MAIL: pgettext_lazy("contact", "by mail"),
    Channel.MEETING: pgettext_lazy("contact", "at a meeting"),
}
STATES: Words = {
    ContactState.ATTEMPT: pgettext_lazy("contact", "Nobody was reached"),
    ContactState.WAITING: pgettext_lazy("contact", "The proposer looks at the minutes"),
    ContactState.PUBLIC: pgettext_lazy("contact", "Minutes are public"),
    ContactState.OBJECTED: pgettext_lazy("contact", "The proposer wants the minutes kept private"),
}
VERDICTS: Words = {
    Verdict.CONFIRMED: _("The minutes are right; publish them"),
    Verdict.CORRECTED: _("Publish them together with what I write below"),
    Verdict.OBJECTED: _("Do not publish them"),
}
POSTS: Words = {
    PostKind.PROGRESS: _("Report of progress"),
    PostKind.STUDY_RETURN: _("Return on what is under study"),
}
BLOCKS: Words = {
    "analysis": pgettext_lazy("response", "Analysis"),
    "deliberation": pgettext_lazy("response", "Deliberation"),
    ADOPTION: pgettext_lazy("response", "Adoption"),
    "adoption_reason": pgettext_lazy("response", "Reasons of the adoption"),
    "follow_up": pgettext_lazy("response", "Follow-up plan"),
}
ADOPTIONS: Words = {
    Adoption.UNDER_STUDY: pgettext_lazy("adoption", "Under study"),
    Adoption.ADOPTED: pgettext_lazy("adoption", "Adopted"),
    Adoption.PARTLY_ADOPTED: pgettext_lazy("adoption", "Adopted in part"),
    Adoption.NOT_ADOPTED: pgettext_lazy("adoption", "Not adopted"),
}
QUESTIONS: Words = {
    "understandable": _("I understand the answer."),
    "reasoned": _("The answer gives its reasons."),
    "heard": _("The government dealt with what was asked for."),
    "overall": _("Overall I am satisfied with how it was handled."),
}
SCORES: Words = {
    "1": _("1 – not at all"),
    "2": "2",
    "3": _("3 – partly"),
    "4": "4",
    "5": _("5 – fully"),
}
