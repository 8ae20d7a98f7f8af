"""Words for the codes of proposals (主題、步驟與期間之用語)."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from minben.base import presentation
from minben.kernel.periods import Term, Unit
from minben.people import queries as people

TOPIC_LABELS: Final[dict[str, str | Promise]] = {
    "health": _("Health"),
    "transport": _("Transport"),
    "education": _("Education"),
    "tax-finance": _("Tax and finance"),
    "labour": _("Labour and employment"),
    "environment": _("Environment"),
    "housing": _("Housing and building"),
    "justice": _("Law and justice"),
    "digital": _("Digital services"),
    "agriculture": _("Agriculture and fisheries"),
    "culture-sport": _("Culture and sport"),
    "social-welfare": _("Social welfare"),
    "public-safety": _("Public safety"),
    "other": _("Other topics"),
}

STEP_LABELS: Final[dict[str, str | Promise]] = {
    "subject": _("Subject"),
    "content": _("Content or suggestion"),
    "benefits": _("Benefits and impact"),
    "evidence": _("Evidence"),
    "agencies": _("Topic and agencies"),
    "check": _("Check and submit"),
}


FACET_LABELS: Final[dict[str, str | Promise]] = {
    "stage": _("Stage"),
    "government": _("Government"),
    "topic": _("Topic"),
    "agency": _("Responsible agency"),
    "county": _("Proposer's county or city"),
}

SORT_LABELS: Final[dict[str, str | Promise]] = {
    "match": _("Best match"),
    "newest": _("Newest"),
    "closing": _("Closing soon"),
    "endorsed": _("Most endorsed"),
    "recent": _("Recently reached or answered"),
    "reached": _("Recently reached"),
}


def stage_label(code: str) -> str:
    """The word for a stage, as its tag says it."""
    return str(presentation.stage(code).word)


def county_label(name_zh: str) -> str:
    """A county or city in the reader's language."""
    if presentation.is_chinese():
        return name_zh
    english = {county.name_zh: county.name_en for county in people.counties()}
    return english.get(name_zh, name_zh)


def topic_label(code: str) -> str:
    """The word for a topic; an unknown code shows itself rather than breaking the page."""
    return str(TOPIC_LABELS.get(code, code))


def term_words(term: Term) -> str:
    """How long a term is: 3 個工作日, 60 天, 2 個月."""
    if term.unit is Unit.WORKING_DAY:
        words = ngettext("%(n)s working day", "%(n)s working days", term.n)
    elif term.unit is Unit.DAY:
        words = ngettext("%(n)s day", "%(n)s days", term.n)
    else:
        words = ngettext("%(n)s month", "%(n)s months", term.n)
    return words % {"n": f"{term.n:,}"}
