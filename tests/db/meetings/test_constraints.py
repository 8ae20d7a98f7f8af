"""The database itself refuses states of meetings that don't exist, and twins."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, models, transaction

from minben.meetings import actions
from minben.meetings.models import (
    ActionUpdate,
    AgendaItem,
    Ballot,
    Choice,
    KickoffTask,
    Meeting,
    Registration,
    Report,
    Topic,
    TopicRound,
    TrackedAction,
)
from minben.meetings.rules.places import ParticipantKind, WhyNot
from minben.meetings.rules.results import ActionState
from tests.db.meetings.scenes import (
    DAY,
    HOUR,
    OPEN,
    WHEN,
    a_round,
    agreed,
    announced,
    draft,
    endorser,
    held,
    host,
    invited,
    named,
    nominated,
    officer,
    planned,
    publish,
    register,
    reported,
    vote,
)
from tests.factories import actor, make_person

pytestmark = pytest.mark.django_db
Row = models.Model


def cancelled() -> Meeting:
    by = host()
    return actions.cancel(meeting_id=announced(by).pk, reason="場地漏水停用", by=by, at=OPEN)


def task() -> KickoffTask:
    return KickoffTask.objects.filter(meeting=planned()).first()  # type: ignore[return-value]


def agenda() -> AgendaItem:
    by = host()
    return actions.add_agenda_item(
        meeting_id=planned(by).pk,
        starts_at=WHEN,
        ends_at=WHEN + HOUR,
        title="引言",
        who="",
        by=by,
        at=OPEN,
    )


def seated() -> Registration:
    meeting = invited()
    return register(meeting, endorser(meeting))


def waiting() -> Registration:
    meeting = announced(public_places=1)
    register(meeting, actor(make_person()), ParticipantKind.PUBLIC)
    return register(meeting, actor(make_person()), ParticipantKind.PUBLIC)


def stakeholder() -> Registration:
    by = host()
    return named(announced(by), by, ParticipantKind.STAKEHOLDER)


def declined() -> Registration:
    by = host()
    row = named(announced(by), by, ParticipantKind.STAKEHOLDER)
    return actions.not_coming(registration_id=row.pk, reason=WhyNot.OTHER, note="", by=by, at=OPEN)


def at_table() -> Registration:
    by = host()
    row = named(planned(by), by)
    return actions.move_to_table(registration_id=row.pk, table=1, host=True, by=by, at=OPEN)


def first_report() -> Report:
    by = host()
    meeting = held(by)
    draft(meeting, by)
    return publish(meeting, by, 1)  # type: ignore[no-any-return]


def drafted() -> Report:
    by = host()
    return draft(held(by), by)  # type: ignore[no-any-return]


def action() -> TrackedAction:
    by = host()
    return agreed(reported(by), by)  # type: ignore[no-any-return]


def update() -> ActionUpdate:
    by = host()
    row = agreed(reported(by), by)
    actions.report_action(
        action_id=row.pk, state=ActionState.DOING, text="已完成設計", by=by, at=WHEN + DAY
    )
    return ActionUpdate.objects.get()


def topic() -> Topic:
    by = officer()
    return nominated(a_round(by), by)  # type: ignore[no-any-return]


def ballot() -> Ballot:
    by = officer()
    held_round = a_round(by)
    return vote(held_round, by, nominated(held_round, by))  # type: ignore[no-any-return]


def choice() -> Choice:
    ballot()
    return Choice.objects.get()


FORBIDDEN: list[tuple[Callable[[], Row], dict[str, Any]]] = [
    (planned, {"kind": "party"}),
    (planned, {"aim": "praise"}),
    (planned, {"state": "dreamt"}),
    (planned, {"state": "announced"}),
    (planned, {"capacity": 61}),
    (planned, {"capacity": 0}),
    (planned, {"public_places": 61}),
    (planned, {"ends_at": None}),
    (planned, {"ends_at": WHEN}),
    (planned, {"invited_at": OPEN}),
    (planned, {"cancelled_at": OPEN}),
    (announced, {"place": ""}),
    (announced, {"starts_at": None, "ends_at": None}),
    (announced, {"announced_at": None}),
    (cancelled, {"cancel_reason": ""}),
    (cancelled, {"cancelled_at": None}),
    (cancelled, {"state": "announced"}),
    (task, {"code": ""}),
    (task, {"text": "two"}),
    (task, {"days": 181}),
    (task, {"done_at": OPEN}),
    (task, {"done_by": "person:1"}),
    (agenda, {"ends_at": WHEN}),
    (seated, {"kind": "guest"}),
    (seated, {"state": "gone"}),
    (seated, {"seat": None}),
    (seated, {"seat": 61}),
    (seated, {"quota": 6}),
    (seated, {"quota": None}),
    (seated, {"queue": 1}),
    (seated, {"reason": "other"}),
    (seated, {"note": "because"}),
    (seated, {"table": 13}),
    (seated, {"is_host": True}),
    (seated, {"attendance": "late"}),
    (waiting, {"queue": None}),
    (waiting, {"seat": 9}),
    (waiting, {"table": 1}),
    (waiting, {"attendance": "present"}),
    (stakeholder, {"agency": None}),
    (declined, {"reason": ""}),
    (declined, {"reason": "whim"}),
    (declined, {"quota": 1}),
    (drafted, {"published_by": "person:1"}),
    (drafted, {"published_at": WHEN}),
    (drafted, {"published_at": WHEN, "published_by": "person:1", "agreed": ""}),
    (drafted, {"version": 2}),
    (drafted, {"correction": "why"}),
    (action, {"state": "lost"}),
    (action, {"state": "released"}),
    (action, {"ended_at": OPEN}),
    (a_round, {"votes_from": OPEN}),
    (a_round, {"closes_at": OPEN + 7 * DAY}),
    (a_round, {"votes_each": 0}),
    (a_round, {"votes_each": 6}),
    (a_round, {"winners": 4}),
    (a_round, {"counted_at": OPEN + 20 * DAY}),
    (a_round, {"counted_at": OPEN, "entitled": 3}),
    (a_round, {"entitled": 3}),
    (topic, {"reason": ""}),
    (topic, {"won": True}),
]


@pytest.mark.parametrize(("make", "change"), FORBIDDEN)
def test_what_may_not_be_is_refused_by_the_database(
    make: Callable[[], Row], change: dict[str, Any]
) -> None:
    row = make()
    rows = type(row)._default_manager.filter(pk=row.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**change)
    assert rows.exists()


@pytest.mark.parametrize("change", [{"state": "lost"}, {"text": ""}])
def test_what_an_agency_reports_says_something(change: dict[str, str]) -> None:
    """Written anew, because a row that is there is never changed."""
    row = update()
    row.pk = None
    for name, value in change.items():
        setattr(row, name, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.parametrize("make", [first_report, update])
def test_what_was_published_is_never_changed(make: Callable[[], Row]) -> None:
    row = make()
    rows = type(row)._default_manager.filter(pk=row.pk)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        rows.update(recorded_at=OPEN)
    if connection.vendor == "postgresql":
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            rows.delete()
    assert rows.exists()


FREE = {"seat": 50, "quota": 5, "person": None}
TWINS: list[tuple[Callable[[], Row], dict[str, Any]]] = [
    (planned, {}),
    (task, {}),
    (agenda, {}),
    (seated, FREE | {"seat": 1}),
    (seated, FREE | {"quota": 1}),
    (seated, {"seat": 50, "quota": 5}),
    (stakeholder, {"seat": 50}),
    (waiting, {"person": None}),
    (at_table, {"seat": 50}),
    (first_report, {}),
    (drafted, {"version": 2, "correction": "處數誤植"}),
    (action, {}),
    (a_round, {}),
    (topic, {}),
    (ballot, {}),
    (choice, {}),
]


@pytest.mark.parametrize(("make", "changes"), TWINS)
def test_what_is_once_is_once(make: Callable[[], Row], changes: dict[str, Any]) -> None:
    row = make()
    row.pk = None
    for name, value in changes.items():
        setattr(row, name, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_a_seat_may_be_taken_again_after_it_was_given_up_and_five_is_not_six() -> None:
    """What differs in every numbered column is no twin: the columns do the refusing."""
    row = seated()
    row.pk = None
    for name, value in FREE.items():
        setattr(row, name, value)
    row.save(force_insert=True)


def test_every_table_with_a_constraint_is_tried() -> None:
    tried = set()
    for make in {make for make, _ in (*FORBIDDEN, *TWINS, (update, {}))}:
        with transaction.atomic():
            tried.add(type(make()))
            transaction.set_rollback(True)
    ours = {one for one in apps.get_app_config("meetings").get_models() if one._meta.constraints}
    assert ours == tried
    assert TopicRound in tried
