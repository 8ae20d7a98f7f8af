"""The database itself refuses halves and impossible states of plans, contacts, posts and surveys."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction

from minben.answering import actions
from minben.answering.models import Contact, Correction, Plan, Post, Survey, SurveyAnswer
from minben.answering.rules import PostKind
from minben.proposals.models import Endorsement
from tests.db.answering.scenes import AT, answer, contact, officer, plan, reached_one
from tests.factories import DAY, actor

pytestmark = pytest.mark.django_db


def a_plan() -> Plan:
    return plan(reached_one(), officer())


def a_draft() -> Plan:
    return actions.draft_plan(
        case_id=reached_one().case_id,
        summary="",
        steps=[],
        office="",
        revision=0,
        by=officer(),
        at=AT,
    )


def a_contact() -> Contact:
    return contact(reached_one(), officer())


def an_attempt() -> Contact:
    return contact(reached_one(), officer(), reached=False)


def a_post() -> Post:
    return actions.publish_post(
        case_id=reached_one().case_id,
        kind=PostKind.PROGRESS,
        done="已召開兩次跨部會會議，並完成現況盤點與費用估算。",
        ahead="",
        by=officer(),
        at=AT,
    )


def a_correction() -> Correction:
    response = answer(reached_one(), officer())
    return actions.correct_response(
        case_id=response.case_id,
        response_id=response.pk,
        block="analysis",
        text="現行軟體支援兩種作業系統。",
        reason="依廠商說明文件補正。",
        seen=0,
        by=officer(),
        at=AT,
    )


def a_survey() -> Survey:
    return Survey.objects.get(case=answer(reached_one(), officer()).case_id)


def an_answer() -> SurveyAnswer:
    case_id = a_survey().case_id
    person = Endorsement.objects.get(proposal__case=case_id).person
    scores = dict.fromkeys(("understandable", "reasoned", "heard", "overall"), 3)
    return actions.answer_survey(case_id=case_id, scores=scores, words="", by=actor(person), at=AT)


FORBIDDEN: list[tuple[Callable[[], models.Model], dict[str, Any]]] = [
    (a_plan, {"published_by": ""}),
    (a_plan, {"published_at": None}),
    (a_plan, {"summary": ""}),
    (a_plan, {"office": ""}),
    (a_draft, {"published_by": "person:1", "published_at": AT}),
    (a_contact, {"channel": "fax"}),
    (a_contact, {"verdict": "perhaps", "answered_at": AT}),
    (a_contact, {"verdict": "confirmed"}),
    (a_contact, {"answered_at": AT}),
    (a_contact, {"statement": "我的話"}),
    (a_contact, {"answer_until": None}),
    (a_contact, {"discussed": ""}),
    (a_contact, {"held_at": AT + DAY}),
    (an_attempt, {"answer_until": AT}),
    (an_attempt, {"agreed": "下週"}),
    (an_attempt, {"verdict": "confirmed", "answered_at": AT}),
    (a_post, {"kind": "rumour"}),
    (a_post, {"ends_study": True}),
    (a_survey, {"closes_at": AT}),
    (an_answer, {"understandable": 0}),
    (an_answer, {"reasoned": 6}),
    (an_answer, {"heard": 0}),
    (an_answer, {"overall": 6}),
    (an_answer, {"verdict": "shown", "judged_by": "person:1", "judged_at": AT}),
    (an_answer, {"words": "好", "verdict": "maybe", "judged_by": "p", "judged_at": AT}),
    (an_answer, {"words": "好", "judged_by": "person:1"}),
]


@pytest.mark.parametrize(("make", "change"), FORBIDDEN)
def test_what_may_not_be_is_refused_by_the_database(
    make: Callable[[], models.Model], change: dict[str, Any]
) -> None:
    row = make()
    with pytest.raises(IntegrityError), transaction.atomic():
        type(row)._default_manager.filter(pk=row.pk).update(**change)


TWINS: list[tuple[Callable[[], models.Model], dict[str, Any]]] = [
    (a_plan, {}),
    (a_draft, {"version": 9}),
    (a_post, {}),
    (a_correction, {}),
    (a_correction, {"number": 2, "reason": ""}),
    (a_correction, {"number": 2, "after": ""}),
    (a_correction, {"number": 2, "block": "weather"}),
    (a_correction, {"number": 2, "before": "同", "after": "同"}),
    (a_survey, {}),
    (an_answer, {}),
]


@pytest.mark.parametrize(("make", "changes"), TWINS)
def test_what_is_once_is_once_and_whole(
    make: Callable[[], models.Model], changes: dict[str, Any]
) -> None:
    row = make()
    row.pk = None
    for name, value in changes.items():
        setattr(row, name, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_nothing_of_this_module_was_forgotten() -> None:
    from django.apps import apps

    tried = set()
    for make in {make for make, _ in (*FORBIDDEN, *TWINS)}:
        with transaction.atomic():
            tried.add(type(make()))
            transaction.set_rollback(True)
    ours = {one for one in apps.get_app_config("answering").get_models() if one._meta.constraints}
    assert ours <= tried
