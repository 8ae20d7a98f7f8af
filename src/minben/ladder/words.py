"""Words of the ladder, in the reader's language."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from minben.ladder.rules import Band, Fact, Kind, Question, Rung

RUNGS: Final[Mapping[Rung, str | Promise]] = {
    Rung.MANIPULATION: pgettext_lazy("ladder", "Manipulation"),
    Rung.THERAPY: pgettext_lazy("ladder", "Therapy"),
    Rung.INFORMING: pgettext_lazy("ladder", "Informing"),
    Rung.CONSULTATION: pgettext_lazy("ladder", "Consultation"),
    Rung.PLACATION: pgettext_lazy("ladder", "Placation"),
    Rung.PARTNERSHIP: pgettext_lazy("ladder", "Partnership"),
    Rung.DELEGATED_POWER: pgettext_lazy("ladder", "Delegated power"),
    Rung.CITIZEN_CONTROL: pgettext_lazy("ladder", "Citizen control"),
}
MEANINGS: Final[Mapping[Rung, str | Promise]] = {
    Rung.MANIPULATION: _("People are used: their presence makes a decision look supported."),
    Rung.THERAPY: _("The process wants to change those who take part, not the matter."),
    Rung.INFORMING: _("People are told what is going on, and can't answer."),
    Rung.CONSULTATION: _("People are heard; nobody owes them an answer."),
    Rung.PLACATION: _("People sit at the table and get an answer; others decide alone."),
    Rung.PARTNERSHIP: _("Both sides decide by rules they agreed, and it is carried out."),
    Rung.DELEGATED_POWER: _("People have the majority or a veto over a plan."),
    Rung.CITIZEN_CONTROL: _("People run it themselves, with its money."),
}
BANDS: Final[Mapping[Band, str | Promise]] = {
    Band.NONPARTICIPATION: _("No participation"),
    Band.TOKENISM: _("Tokenism"),
    Band.CITIZEN_POWER: _("Citizen power"),
}
QUESTIONS: Final[Mapping[Question, str | Promise]] = {
    Question.INFLUENCE: _("What people could influence"),
    Question.DECIDED: _("Who decided"),
    Question.OUTCOME: pgettext_lazy("ladder", "What came of it"),
}
FACTS: Final[Mapping[Fact, str | Promise]] = {
    Fact.PURPOSE_OPEN: _("Who invited and what for was said openly from the start."),
    Fact.ABOUT_MATTER: _("It was about changing the matter, not the minds of those who came."),
    Fact.TOLD_BEFORE: _("People were told facts, options and dates before anything was decided."),
    Fact.COULD_SPEAK: _("People could say what they think, and it is on record."),
    Fact.OPTIONS_OPEN: _("Something of weight was still open when they spoke."),
    Fact.WORKED_WITH: _("People sat at one table with those who decide or prepare the decision."),
    Fact.AGREED_RULES: _(
        "How decisions are made was agreed together; the authority could not change it alone."
    ),
    Fact.MAJORITY: _("People had the majority of votes, or a veto."),
    Fact.GOVERN: _("People ran the program and its money without anybody in between."),
    Fact.ANSWERED: _("What people asked for was answered point by point, with reasons."),
    Fact.EFFECT: _("Something they asked for was adopted or carried out."),
    Fact.REPORTED: _("What came of it was reported in public afterwards."),
}
KINDS: Final[Mapping[Kind, str | Promise]] = {
    Kind.PROPOSAL: _("Proposal and endorsements"),
    Kind.MEETING: _("Collaboration meeting"),
    Kind.WORKSHOP: _("Workshop"),
    Kind.CONSULTATION: pgettext_lazy("process", "Consultation"),
    Kind.OTHER: pgettext_lazy("process", "Something else"),
}
