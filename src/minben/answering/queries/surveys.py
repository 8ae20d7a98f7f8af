"""Reads of surveys: whether somebody is asked, what they said, and the published result."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from minben.answering.models import Survey, SurveyAnswer
from minben.answering.readers import readers_of
from minben.answering.rules.surveys import LEAST, QUESTIONS, Told, WordsVerdict, share, told


@dataclass(frozen=True, slots=True)
class Result:
    """The result of a survey at an instant; without answers until it is over.

    Args:
        n: answers; invited: who was asked; rate: answers in a hundred asked, rounded.
        questions: empty with fewer than `least` answers.
        words: what was written beside the scores, as far as a moderator showed it.
    """

    closes_at: datetime
    over: bool
    n: int
    invited: int
    rate: int
    questions: tuple[Told, ...]
    words: tuple[str, ...]
    least: int = LEAST


def survey_of(case_id: int) -> Survey | None:
    """The survey of a case with the case, if there is one. One query."""
    return Survey.objects.select_related("case").filter(case_id=case_id).first()


def is_asked(survey: Survey, person_id: int | None) -> bool:
    """Whether a person is one of those who were told. At most three queries."""
    readers = readers_of(survey.case.origin)
    return (
        readers is not None
        and person_id is not None
        and readers.is_one(survey.case_id, person_id, survey.opened_at)
    )


def answer_of(survey: Survey, person_id: int | None) -> SurveyAnswer | None:
    """What a person answered, for that person alone. One query."""
    return SurveyAnswer.objects.filter(survey=survey, person=person_id or 0).first()


def result_of(case_id: int, at: datetime) -> Result | None:
    """The result of a case's survey; None where there is none. One query, two once it is over.

    Nothing is counted before the end: of two readings of a running survey the difference would be
    one person's answer.
    """
    survey = Survey.objects.filter(case_id=case_id).first()
    if survey is None:
        return None
    over = at >= survey.closes_at
    rows = (
        list(survey.answers.order_by("pk").values(*QUESTIONS, "words", "verdict")) if over else []
    )
    questions = told(rows)
    shown = [row["words"] for row in rows if row["verdict"] == WordsVerdict.SHOWN]
    return Result(
        closes_at=survey.closes_at,
        over=over,
        n=len(rows) if questions else 0,
        invited=survey.invited,
        rate=share(len(rows), survey.invited) if questions else 0,
        questions=questions,
        words=tuple(sorted(shown)) if questions else (),
    )


def words_waiting(at: datetime) -> QuerySet[SurveyAnswer]:
    """What people wrote in surveys that are over and no moderator looked at yet, oldest first.

    Whose words they are is not read. What may still change is not looked at.
    """
    rows = SurveyAnswer.objects.filter(survey__closes_at__lte=at, verdict="").exclude(words="")
    return rows.select_related("survey__case").defer("person").order_by("survey__closes_at", "pk")
