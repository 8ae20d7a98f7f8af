"""Switches: who may set them, what they stop, what is recorded; asking is cheap and never fails."""

import threading
from collections.abc import Callable, Iterator

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from minben.audit.models import Event
from minben.discussion import actions as discussion
from minben.discussion.rules import Side
from minben.kernel.actor import AGENCY_ROLES, SYSTEM, Actor, Role
from minben.kernel.refusal import Refusal
from minben.notify import actions as notify
from minben.notify.models import Notice
from minben.operations import actions, queries, switches
from minben.operations.models import Switch
from minben.operations.rules import Service
from minben.proposals import actions as proposals
from tests.factories import DAY, DAY0, accept_one, actor, file_one, make_person, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def asked_each_time(settings: pytest.FixtureRequest) -> Iterator[None]:
    """Every question goes to the database."""
    settings.SWITCH_SECONDS = 0  # type: ignore[attr-defined]
    switches.know({}, seconds=0)
    yield
    switches.know({}, seconds=0)


def admin() -> Actor:
    return make_staff(Role.ADMINISTRATOR)


def switch(service: Service, *, stop: bool = True, by: Actor | None = None) -> Switch:
    return actions.set_switch(
        service=service,
        stop=stop,
        reason_zh=" 名冊核對中 ",
        reason_en="Lists are checked",
        by=by or admin(),
        at=DAY0,
    )


def refused_by(act: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as caught:
        act()
    return caught.value.code


def test_a_stop_is_known_with_its_reason_and_recorded_for_everybody() -> None:
    by = admin()
    switch(Service.SIGNING, by=by)
    stop = switches.stop_of(Service.SIGNING)
    assert stop == queries.Stop(Service.SIGNING, DAY0, "名冊核對中", "Lists are checked")
    assert switches.stop_of(Service.CREATING) is None
    event = Event.objects.get(kind="operations.switched")
    assert (event.actor, event.subject) == (by.id, "switch:signing")
    assert event.data == {
        "switch": "signing",
        "on": True,
        "reason": "名冊核對中",
        "reason_en": "Lists are checked",
    }
    assert event.declaration.ledger == ("switch", "on", "reason", "reason_en")
    switch(Service.SIGNING, stop=False)
    assert switches.stops() == {}
    assert [row.data["on"] for row in Event.objects.filter(kind="operations.switched")] == [
        True,
        False,
    ]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_administrators_switch(role: Role) -> None:
    from tests.factories import make_agency

    agency = make_agency() if role in AGENCY_ROLES else None
    assert refused_by(lambda: switch(Service.MAIL, by=make_staff(role, agency))) == "not_permitted"
    assert refused_by(lambda: switch(Service.MAIL, by=actor(make_person()))) == "not_permitted"
    assert not Switch.objects.filter(stopped=True).exists()


def test_the_command_line_may() -> None:
    assert switch(Service.EVERYTHING, by=SYSTEM).changed_by == SYSTEM.id


def test_stopping_what_is_stopped_is_told() -> None:
    switch(Service.MAIL)
    assert refused_by(lambda: switch(Service.MAIL)) == "switch_already"


def test_read_only_stops_all_services_but_mail() -> None:
    switch(Service.EVERYTHING)
    assert switches.stop_of(Service.SIGNING) is not None
    assert switches.stop_of(Service.CREATING) is not None
    assert switches.stop_of(Service.MAIL) is None


def test_creating_stops_every_way_of_adding_something_and_keeps_drafts() -> None:
    person = make_person()
    by = actor(person)
    draft = proposals.begin_draft(jurisdiction_code="ey", by=by, at=DAY0)
    proposal = accept_one(file_one(), at=DAY0)
    switch(Service.CREATING)
    acts: list[Callable[[], object]] = [
        lambda: proposals.begin_draft(jurisdiction_code="ey", by=by, at=DAY0),
        lambda: proposals.open_codrafting(draft_id=draft.pk, days=5, by=by, at=DAY0),
        lambda: proposals.file_proposal(draft_id=draft.pk, by=by, at=DAY0),
        lambda: proposals.attach_file(draft_id=draft.pk, file=None, by=by, at=DAY0),  # type: ignore[arg-type]
        lambda: proposals.suggest(draft_id=draft.pk, body="改一字", by=by, at=DAY0),
        lambda: discussion.comment(
            thread_id=proposal.thread_id, side=Side.PRO, body="好", by=by, at=DAY0
        ),
    ]
    assert {refused_by(act) for act in acts} == {"creating_stopped"}
    saved = proposals.save_draft(draft_id=draft.pk, changes={"subject": "甲"}, by=by, at=DAY0)
    assert saved.subject == "甲"


def test_mail_waits_without_a_try_and_leaves_afterwards(mailoutbox: list[object]) -> None:
    proposal = file_one()
    checker = make_staff(Role.CHECKER)
    proposals.take_up_check(proposal_id=proposal.pk, by=checker, at=DAY0)
    proposals.hide(
        proposal_id=proposal.pk,
        ground="virtual",
        reason="與公共事務無關，請另循管道。",
        by=checker,
        at=DAY0,
    )
    waiting = Notice.objects.filter(sent_at=None).count()
    assert waiting
    switch(Service.MAIL)
    assert notify.send_due(by=SYSTEM, at=DAY0 + DAY) == 0
    assert set(Notice.objects.values_list("attempts", "sent_at")) == {(0, None)}
    switch(Service.MAIL, stop=False)
    assert notify.send_due(by=SYSTEM, at=DAY0 + DAY) == waiting


def test_asking_takes_one_query_a_second(settings: pytest.FixtureRequest) -> None:
    settings.SWITCH_SECONDS = 60  # type: ignore[attr-defined]
    switches.forget()
    with CaptureQueriesContext(connection) as captured:
        for _ in range(100):
            switches.refuse_if_stopped(Service.SIGNING)
    assert len(captured) == 1


def test_many_threads_ask_once_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    asking, done = threading.Event(), threading.Event()
    asked: list[int] = []

    def slow() -> dict[Service, queries.Stop]:
        asked.append(1)
        asking.set()
        done.wait(10)
        return {}

    stop = queries.Stop(Service.MAIL, DAY0, "維修", "")
    switches.know({Service.MAIL: stop}, seconds=0)
    monkeypatch.setattr("minben.operations.queries.stops", slow)
    first = threading.Thread(target=switches.stops)
    first.start()
    asking.wait(10)
    assert switches.stops() == {Service.MAIL: stop}, "others go on with what is known"
    done.set()
    first.join()
    assert len(asked) == 1


def test_a_database_that_is_away_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    switch(Service.SIGNING)
    assert switches.stop_of(Service.SIGNING)

    def away() -> dict[Service, queries.Stop]:
        raise OperationalError("connection refused")

    monkeypatch.setattr("minben.operations.queries.stops", away)
    assert switches.stop_of(Service.SIGNING)
    switches.know({}, seconds=0)
    assert switches.stop_of(Service.SIGNING) is None
