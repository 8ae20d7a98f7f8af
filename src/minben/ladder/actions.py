"""Stating how far participation went (說明參與程度); the only writers of this module."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from minben.audit.actions import record
from minben.casework import queries as casework
from minben.casework.about import about_one
from minben.kernel.actor import Actor, ActorKind
from minben.kernel.periods import local_day
from minben.kernel.refusal import Refusal
from minben.ladder import rules
from minben.ladder.models import Process, Statement
from minben.ladder.permissions import may_state
from minben.ladder.queries import proven_in
from minben.ladder.rules import BASIS, Fact, Kind, rung_of, text_fault


@dataclass(frozen=True, slots=True)
class Telling:
    """What an agency states: the facts that hold, and one text for each of the three questions."""

    facts: Collection[Fact]
    influence: str
    decided: str
    outcome: str


@transaction.atomic
def state_process(
    *,
    case_id: int,
    kind: Kind,
    title: str,
    held_on: date,
    told: Telling,
    by: Actor,
    at: datetime,
) -> Statement:
    """State of a process of a case how far participation went; public at once.

    Raises:
        Refusal: ``ladder_not_yours``, ``ladder_case_hidden``, ``ladder_text``, ``ladder_day``,
            ``ladder_too_many``, ``ladder_twice``.
    """
    agency_id = _agency(case_id, by)
    if text_fault(title, rules.TITLE_MIN, rules.TITLE_MAX):
        raise _too_long("title", rules.TITLE_MIN, rules.TITLE_MAX)
    if rules.day_fault(held_on, local_day(at)):
        raise Refusal("ladder_day", field="held_on")
    if Process.objects.filter(case_id=case_id).count() >= rules.PROCESSES_MAX:
        raise Refusal("ladder_too_many", limit=rules.PROCESSES_MAX)
    try:
        with transaction.atomic():
            process = Process.objects.create(
                case_id=case_id, kind=Kind(kind), title=title.strip(), held_on=held_on
            )
    except IntegrityError as error:
        raise Refusal("ladder_twice", field="title") from error
    return _state(process, 1, agency_id, told, by, at)


@transaction.atomic
def restate_process(*, process_id: int, told: Telling, by: Actor, at: datetime) -> Statement:
    """State it anew; the older version stays to be read.

    Raises:
        Refusal: ``ladder_not_yours``, ``ladder_case_hidden``, ``ladder_text``, ``ladder_same``.
    """
    process = Process.objects.select_for_update().get(pk=process_id)
    agency_id = _agency(process.case_id, by)
    newest = Statement.objects.filter(process=process).order_by("-version")[0]
    return _state(process, newest.version + 1, agency_id, told, by, at, newest)


def _agency(case_id: int, by: Actor) -> int:
    """In whose name it is stated: the actor's agency among those of the case, the lead first."""
    ids = [part.agency_id for part in casework.agencies_of_case(case_id)]
    system = by.kind in (ActorKind.SYSTEM, ActorKind.ARCHIVE)
    own = [pk for pk in ids if system or may_state(by, [pk])]
    if not own:
        raise Refusal("ladder_not_yours", basis=BASIS)
    if not about_one(case_id).public:
        raise Refusal("ladder_case_hidden")
    return own[0]


def _too_long(field: str, least: int, most: int) -> Refusal:
    return Refusal("ladder_text", field=field, least=least, most=most)


def _state(
    process: Process,
    version: int,
    agency_id: int,
    told: Telling,
    by: Actor,
    at: datetime,
    before: Statement | None = None,
) -> Statement:
    texts = {"influence": told.influence, "decided": told.decided, "outcome": told.outcome}
    for name, text in texts.items():
        if text_fault(text, rules.TEXT_MIN, rules.TEXT_MAX):
            raise _too_long(name, rules.TEXT_MIN, rules.TEXT_MAX)
    texts = {name: text.strip() for name, text in texts.items()}
    facts = [fact.value for fact in Fact if fact in set(told.facts)]
    proven = proven_in(process.case_id)
    known = [fact.value for fact in Fact if fact in proven]
    if before is not None and (
        (before.facts, before.known, before.influence, before.decided, before.outcome)
        == (facts, known, texts["influence"], texts["decided"], texts["outcome"])
    ):
        raise Refusal("ladder_same")
    verdict = rung_of([Fact(code) for code in (*facts, *known)])
    made = Statement.objects.create(
        process=process,
        version=version,
        agency_id=agency_id,
        facts=facts,
        known=known,
        rung=verdict.rung,
        at=at,
        by=by.id,
        **texts,
    )
    agency = made.agency
    record(
        "ladder.stated",
        by=by,
        at=at,
        subject=f"participation:{process.pk}",
        case_id=process.case_id,
        label=agency.name_zh,
        data={
            "process": process.pk,
            "version": version,
            "rung": int(verdict.rung),
            "facts": sorted({*facts, *known}),
            "agency": {"zh": agency.name_zh, "en": agency.name_en},
            "title": process.title,
        },
    )
    return made
