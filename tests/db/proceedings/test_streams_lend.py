"""A stream that waits holds no database connection and none of the few places of its process."""

from contextlib import suppress
from threading import Thread
from typing import Any

import pytest
from django.db import connections

from minben.base import lending
from minben.proceedings import actions, streaming
from tests.factories import DAY0, actor, make_person
from tests.held import a_meeting


@pytest.mark.django_db(transaction=True)
def test_between_two_looks_a_stream_has_nothing_of_the_database(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    places = lending.Places(1)
    monkeypatch.setattr(streaming, "places", lambda: places)
    monkeypatch.setattr(streaming, "walls", streaming.Walls())
    meeting = a_meeting()
    actions.ask_question(
        meeting_number=meeting.number, text="何時？", by=actor(make_person()), at=DAY0
    )
    found: dict[str, Any] = {}

    def waits(seconds: float) -> None:
        found["open"] = [one.alias for one in connections.all(initialized_only=True)]
        found["free"] = places._free.qsize()
        raise StopIteration

    monkeypatch.setattr(streaming, "sleep", waits)

    def read() -> None:
        stream = streaming.Stream(object(), lambda: streaming.walls.look(meeting.pk), lambda: False)
        found["parts"] = [next(stream), next(stream)]
        with suppress(StopIteration, RuntimeError):
            next(stream)
        with places.taken():  # what was lent is closed in the thread's stead
            connections.close_all()

    reader = Thread(target=read)
    reader.start()
    reader.join(20)
    assert b"event: wall" in found["parts"][1]
    assert found["open"] == []
    assert found["free"] == 1
