"""The acts of answering; its only writers."""

from minben.answering.actions.contacts import answer_contact, log_contact
from minben.answering.actions.correcting import correct_response
from minben.answering.actions.erasing import forget_person
from minben.answering.actions.plans import draft_plan, publish_plan
from minben.answering.actions.posts import publish_post
from minben.answering.actions.surveys import answer_survey, judge_words, open_survey

__all__ = [
    "answer_contact",
    "answer_survey",
    "correct_response",
    "draft_plan",
    "forget_person",
    "judge_words",
    "log_contact",
    "open_survey",
    "publish_plan",
    "publish_post",
]
