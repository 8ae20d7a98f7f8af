"""Reads of plans, contacts, reports, corrections and surveys."""

from minben.answering.queries.contacts import ContactLine, contact, contacts_of
from minben.answering.queries.correcting import corrections_of, current_text
from minben.answering.queries.dealings import Dealing, dealings_of
from minben.answering.queries.plans import draft_plan_of, plans_of
from minben.answering.queries.surveys import (
    Result,
    answer_of,
    is_asked,
    result_of,
    survey_of,
    words_waiting,
)
from minben.answering.queries.told import AnswerLine, answers_told

__all__ = [
    "AnswerLine",
    "ContactLine",
    "Dealing",
    "Result",
    "answer_of",
    "answers_told",
    "contact",
    "contacts_of",
    "corrections_of",
    "current_text",
    "dealings_of",
    "draft_plan_of",
    "is_asked",
    "plans_of",
    "result_of",
    "survey_of",
    "words_waiting",
]
