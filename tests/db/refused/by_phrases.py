"""Refusals of the acts on templates, and of inserting one."""

from minben.kernel.actor import Actor, Role
from minben.phrases import actions
from minben.phrases.models import Phrase
from minben.phrases.rules import MOST, Kind
from tests.db.refused import answered
from tests.factories import DAY0, make_agency, make_staff

TEXT = "{agency}就「{subject}」說明如下："


def add(
    by: Actor,
    agency_id: int | None,
    kind: Kind = Kind.ANSWER,
    title: str = "開頭",
    text: str = TEXT,
) -> Phrase:
    """A template."""
    return actions.add_phrase(
        agency_id=agency_id, kind=kind, title=title, text=text, by=by, at=DAY0
    )


def change(made: Phrase, by: Actor, text: str = "新的內容。", revision: int = 1) -> Phrase:
    """New words of it."""
    return actions.change_phrase(
        phrase_id=made.pk, title="開頭", text=text, revision=revision, by=by, at=DAY0
    )


def _one() -> tuple[Phrase, Actor]:
    agency = make_agency()
    by = make_staff(Role.OFFICER, agency)
    return add(by, agency.pk), by


@answered(404)
def phrase_unknown() -> None:
    actions.retire_phrase(phrase_id=10**9, by=make_staff(Role.ADMINISTRATOR), at=DAY0)


@answered(403)
def phrase_not_yours() -> None:
    made, _ = _one()
    change(made, make_staff(Role.LEAD, make_agency("交通部", "motc")))


@answered(409)
def phrase_retired() -> None:
    made, by = _one()
    actions.retire_phrase(phrase_id=made.pk, by=by, at=DAY0)
    change(made, by)


@answered(409)
def phrase_changed() -> None:
    made, by = _one()
    change(made, by)
    change(made, by)


@answered(422, field="title")
def phrase_title() -> None:
    add(make_staff(Role.ADMINISTRATOR), None, title=" ")


@answered(422, field="text")
def phrase_text() -> None:
    add(make_staff(Role.ADMINISTRATOR), None, text="字" * 4001)


@answered(422, field="kind")
def phrase_too_many() -> None:
    by = make_staff(Role.ADMINISTRATOR)
    for _ in range(MOST + 1):
        add(by, None)
