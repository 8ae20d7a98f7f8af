"""The survey: for those who were told, one answer each, and nothing that tells who said what."""

from datetime import UTC, datetime, timedelta

import pytest

from minben.answering import actions, personal, queries
from minben.answering.models import SurveyAnswer
from minben.answering.rules.surveys import LEAST, WordsVerdict
from minben.audit.models import Event
from minben.kernel.actor import SYSTEM, Actor
from minben.kernel.refusal import Refusal
from minben.proposals.models import Endorsement, Proposal
from tests.db.answering.scenes import AT, answer, officer, reached_one, say
from tests.db.refused import checker
from tests.factories import DAY, actor, make_person

pytestmark = pytest.mark.django_db
OVER = datetime(2026, 3, 19, 16, tzinfo=UTC)  # answered on the 5th: fourteen days from the 6th
GOOD = {"understandable": 5, "reasoned": 4, "heard": 3, "overall": 4}


def asked(endorsers: int = 6) -> tuple[Proposal, list[Actor]]:
    proposal = reached_one(endorsers=endorsers)
    answer(proposal, officer())
    rows = Endorsement.objects.filter(proposal=proposal).select_related("person")
    return proposal, [actor(row.person) for row in rows.order_by("number") if row.person]


def reply(
    proposal: Proposal, by: Actor, at: datetime = AT + DAY, words: str = "", **scores: int
) -> SurveyAnswer:
    return actions.answer_survey(
        case_id=proposal.case_id, scores=GOOD | scores, words=words, by=by, at=at
    )


def test_one_answer_a_person_which_may_change_while_the_survey_is_open() -> None:
    proposal, people = asked()
    reply(proposal, people[0])
    reply(proposal, people[0], OVER - timedelta(microseconds=1), overall=1)
    assert SurveyAnswer.objects.get().overall == 1
    with pytest.raises(Refusal) as caught:
        reply(proposal, people[0], OVER)
    assert caught.value.code == "survey_over"
    assert "十四日" in caught.value.basis


def test_only_who_was_told_is_asked() -> None:
    proposal, _ = asked()
    proposer = actor(Proposal.objects.get(pk=proposal.pk).proposer)
    reply(proposal, proposer)
    late = make_person()
    say(proposal, late, AT + DAY)
    for by in (actor(late), actor(make_person()), SYSTEM):
        with pytest.raises(Refusal, match="survey_not_asked"):
            reply(proposal, by)


@pytest.mark.parametrize("score", [0, 6])
def test_scores_are_one_to_five(score: int) -> None:
    proposal, people = asked()
    with pytest.raises(Refusal) as caught:
        reply(proposal, people[0], heard=score)
    assert (caught.value.code, caught.value.field) == ("survey_score", "heard")
    with pytest.raises(Refusal, match="survey_words"):
        reply(proposal, people[0], words="長" * 501)


def test_results_are_shown_after_it_is_over_and_only_of_enough_answers() -> None:
    proposal, people = asked()
    for n, by in enumerate(people[: LEAST - 1]):
        reply(proposal, by, overall=1 + n)
    assert queries.result_of(proposal.case_id, OVER).questions == ()
    reply(proposal, people[LEAST - 1], overall=5)
    open_still = queries.result_of(proposal.case_id, OVER - timedelta(seconds=1))
    assert (open_still.over, open_still.questions, open_still.n) == (False, (), 0)
    result = queries.result_of(proposal.case_id, OVER)
    assert (result.n, result.invited, result.rate) == (5, 7, 71)
    [overall] = [one for one in result.questions if one.question == "overall"]
    assert [(bar.score, bar.n) for bar in overall.bars] == [(1, 1), (2, 1), (3, 1), (4, 1), (5, 1)]
    assert overall.mean == 300


def test_the_record_does_not_tell_who_answered() -> None:
    proposal, people = asked()
    reply(proposal, people[0])
    [event] = Event.objects.filter(kind="answering.survey_answered")
    assert event.actor == SYSTEM.id
    assert str(people[0].person_id) not in (event.actor, event.subject.partition(":")[2])
    assert (event.data, event.private) == ({}, {})


def test_words_are_shown_only_once_a_moderator_looked() -> None:
    proposal, people = asked()
    for n, by in enumerate(people[:5]):
        reply(proposal, by, words=f"意見{n}")
    assert queries.result_of(proposal.case_id, OVER).words == ()
    waiting = list(queries.words_waiting(OVER))
    assert len(waiting) == 5
    by = checker()
    actions.judge_words(answer_id=waiting[0].pk, verdict=WordsVerdict.SHOWN, by=by, at=OVER)
    actions.judge_words(answer_id=waiting[1].pk, verdict=WordsVerdict.WITHHELD, by=by, at=OVER)
    assert queries.result_of(proposal.case_id, OVER).words == (waiting[0].words,)
    assert len(list(queries.words_waiting(OVER))) == 3
    with pytest.raises(Refusal, match="not_permitted"):
        actions.judge_words(
            answer_id=waiting[2].pk, verdict=WordsVerdict.SHOWN, by=people[0], at=OVER
        )


def test_changed_words_are_looked_at_again() -> None:
    proposal, people = asked()
    made = reply(proposal, people[0], words="好")
    actions.judge_words(answer_id=made.pk, verdict=WordsVerdict.SHOWN, by=checker(), at=AT + DAY)
    reply(proposal, people[0], AT + 2 * DAY, words="換一句")
    row = SurveyAnswer.objects.get()
    assert (row.verdict, row.judged_by, row.judged_at) == ("", "", None)


def test_erasing_takes_the_answer_along() -> None:
    proposal, people = asked()
    reply(proposal, people[0], words="我的話")
    person = people[0].person_id or 0
    assert personal.held_about(person)["survey_answers"][0]["words"] == "我的話"
    actions.forget_person(person_id=person, by=SYSTEM, at=OVER)
    assert not SurveyAnswer.objects.exists()
