"""The satisfaction survey (滿意度調查): opened with the answer, answered once by each person."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from minben.answering.models import Survey, SurveyAnswer
from minben.answering.readers import readers_of
from minben.answering.rules import SURVEY
from minben.answering.rules.surveys import WORDS_MAX, WordsVerdict, scores_fault
from minben.audit.actions import record
from minben.casework import queries
from minben.casework.permissions import require
from minben.kernel.actor import SYSTEM, Actor, Role
from minben.kernel.refusal import Refusal


@transaction.atomic
def open_survey(*, case_id: int, response_id: int, by: Actor, at: datetime) -> Survey | None:
    """Open the survey on a formal response, in the transaction that publishes it.

    None where nobody is told of the answer, so nobody could be asked.
    """
    readers = readers_of(queries.case(case_id).origin)
    invited = readers.count(case_id, at) if readers else 0
    if not invited:
        return None
    survey = Survey.objects.create(
        case_id=case_id,
        response_id=response_id,
        opened_at=at,
        closes_at=queries.due_of(SURVEY, at),
        invited=invited,
    )
    record(
        "answering.survey_opened",
        by=by,
        at=at,
        subject=f"survey:{survey.pk}",
        case_id=case_id,
        data={"invited": invited, "closes_at": survey.closes_at.isoformat()},
    )
    return survey


@transaction.atomic
def answer_survey(
    *, case_id: int, scores: Mapping[str, int], words: str, by: Actor, at: datetime
) -> SurveyAnswer:
    """Answer, or answer anew, while the survey is open. The record tells that, not who.

    Raises:
        Refusal: ``survey_not_asked``, ``survey_over``, ``survey_score``, ``survey_words``.
    """
    survey = Survey.objects.select_related("case").filter(case_id=case_id).first()
    readers = readers_of(survey.case.origin) if survey else None
    if survey is None or readers is None or by.person_id is None:
        raise Refusal("survey_not_asked", basis=SURVEY.basis)
    if not readers.is_one(case_id, by.person_id, survey.opened_at):
        raise Refusal("survey_not_asked", basis=SURVEY.basis)
    if at >= survey.closes_at:
        raise Refusal("survey_over", basis=SURVEY.basis)
    if missing := scores_fault(scores):
        raise Refusal("survey_score", field=missing)
    if len(words.strip()) > WORDS_MAX:
        raise Refusal("survey_words", field="words", most=WORDS_MAX)
    fields = {name: scores[name] for name in ("understandable", "reasoned", "heard", "overall")}
    # What a moderator decided was about other words.
    fresh = {"verdict": "", "judged_by": "", "judged_at": None, "at": at}
    answer, _ = SurveyAnswer.objects.update_or_create(
        survey=survey, person_id=by.person_id, defaults=fields | fresh | {"words": words.strip()}
    )
    record(
        "answering.survey_answered",
        by=SYSTEM,  # the record can't be changed, and must not link a person with an answer
        at=at,
        subject=f"survey:{survey.pk}",
        case_id=case_id,
    )
    return answer


@transaction.atomic
def judge_words(*, answer_id: int, verdict: WordsVerdict, by: Actor, at: datetime) -> None:
    """Decide whether what somebody wrote beside their scores is shown with the results.

    Raises:
        Refusal: ``not_permitted``, ``words_none``.
    """
    require(by, Role.CHECKER, Role.ADMINISTRATOR)
    rows = SurveyAnswer.objects.select_for_update().exclude(words="")
    answer = rows.filter(pk=answer_id).first()
    if answer is None:
        raise Refusal("words_none")
    answer.verdict, answer.judged_by, answer.judged_at = WordsVerdict(verdict), by.id, at
    answer.save(update_fields=["verdict", "judged_by", "judged_at"])
    record(
        "answering.words_judged",
        by=by,
        at=at,
        subject=f"survey:{answer.survey_id}",
        private={"verdict": verdict},
    )
