"""What the officer's screen of a case and the public page of its handling show of this module."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from minben.answering import queries
from minben.answering.rules import CONTACT_ANSWER
from minben.base.sections import Reader, Section, Seen, register

Loaded = Mapping[str, Any] | None  # Any: template context


def _dealings(seen: Seen) -> Loaded:
    """One query: the whole screen keeps to few."""
    return {"dealings": queries.dealings_of(seen.case_id, seen.at)}


def _public_plan(seen: Seen) -> Loaded:
    """One query."""
    plans = queries.plans_of(seen.case_id)
    return {"plans": plans} if plans else None


def _public_contacts(seen: Seen) -> Loaded:
    """One query."""
    rows = queries.contacts_of(seen.case_id, seen.at)
    return {"contacts": rows, "term": CONTACT_ANSWER} if rows else None


def _public_answers(seen: Seen) -> Loaded:
    """Three queries: reports and answers, by day, with how often each was corrected."""
    rows = queries.answers_told(seen.case_id)
    return {"answers": rows} if rows else None


def _survey(seen: Seen) -> Loaded:
    """One query, two once the survey is over."""
    result = queries.result_of(seen.case_id, seen.at)
    return {"result": result} if result else None


_SURVEY = "answering/sections/survey.html"
register(
    Section(
        "dealings",
        _("Plan, contacts, reports"),
        30,
        Reader.STAFF,
        "answering/sections/desk.html",
        _dealings,
    ),
    Section(
        "plan", _("Handling plan"), 10, Reader.PUBLIC, "answering/sections/plan.html", _public_plan
    ),
    Section(
        "contacts",
        _("Contacts with the proposer"),
        20,
        Reader.PUBLIC,
        "answering/sections/contacts.html",
        _public_contacts,
    ),
    Section(
        "answers",
        _("Reports and answers"),
        70,
        Reader.PUBLIC,
        "answering/sections/answers.html",
        _public_answers,
    ),
    Section("survey", _("Satisfaction survey"), 80, Reader.PUBLIC, _SURVEY, _survey),
)
