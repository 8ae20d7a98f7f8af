"""Splitting a proposal into its demands (訴求拆解), naming who is responsible, publishing the split."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from minben.audit.actions import record
from minben.casework import queries as casework
from minben.casework.about import about_one
from minben.demands.actions.holding import (
    held_for_change,
    held_for_splitting,
    tell_split,
)
from minben.demands.models import ClearanceAct, Demand, SplitVersion
from minben.demands.notify_people import tell_agency, tell_petitioner
from minben.demands.queries.standing import last_version, snapshot
from minben.demands.rules import (
    CORRECTION_TERM,
    DEMANDS_MAX,
    NOTE_MAX,
    QUOTE_MAX,
    RESPONSE_BASIS,
    SPLIT_BASIS,
    TEXT_MAX,
    TEXT_MIN,
    DemandState,
    Outcome,
    Step,
    demand_fault,
)
from minben.kernel.actor import Actor
from minben.kernel.periods import last_day, local_day
from minben.kernel.refusal import Refusal
from minben.people import queries as people
from minben.people.rules import exists_on


def _refuse_words(text: str, drawn_from: str) -> None:
    if code := demand_fault(text, drawn_from):
        field = "text" if code == "demand_text" else "drawn_from"
        most = TEXT_MAX if code == "demand_text" else QUOTE_MAX
        raise Refusal(
            code, basis=SPLIT_BASIS, field=field, rule=SPLIT_BASIS, least=TEXT_MIN, most=most
        )


def _refuse_not_open(demand: Demand) -> None:
    if demand.state != DemandState.OPEN:
        raise Refusal("demand_not_open", basis=SPLIT_BASIS, rule=SPLIT_BASIS)


@transaction.atomic
def add_demand(*, case_id: int, text: str, drawn_from: str = "", by: Actor, at: datetime) -> Demand:
    """Add a demand at the end; nothing becomes public before the split is published.

    Raises:
        Refusal: ``demands_not_lead_agency``, ``demands_case_closed``, ``demand_text``,
            ``demand_quote``, ``demands_too_many``.
    """
    case = held_for_splitting(case_id, by)
    _refuse_words(text, drawn_from)
    so_far = Demand.objects.filter(case=case).aggregate(n=Max("number"), last=Max("position"))
    if (so_far["n"] or 0) >= DEMANDS_MAX:
        raise Refusal("demands_too_many", basis=SPLIT_BASIS, rule=SPLIT_BASIS, most=DEMANDS_MAX)
    demand = Demand.objects.create(
        case=case,
        number=(so_far["n"] or 0) + 1,
        position=(so_far["last"] or 0) + 1,
        text=text.strip(),
        drawn_from=drawn_from.strip(),
        created_at=at,
        created_by=by.id,
        changed_at=at,
        changed_by=by.id,
    )
    tell_split("added", demand, by, at)
    return demand


@transaction.atomic
def reword_demand(
    *, demand_id: int, text: str, drawn_from: str, revision: int, by: Actor, at: datetime
) -> Demand:
    """Change the words of an open demand. `revision` is the one the writer opened.

    Raises:
        Refusal: ``demand_changed`` if somebody saved meanwhile, ``demand_not_open``,
            ``demand_text``, ``demand_quote``.
    """
    demand = held_for_change(demand_id, by)
    _refuse_not_open(demand)
    if demand.revision != revision:
        raise Refusal("demand_changed", basis=SPLIT_BASIS, rule=SPLIT_BASIS)
    _refuse_words(text, drawn_from)
    demand.text, demand.drawn_from = text.strip(), drawn_from.strip()
    _save(demand, ["text", "drawn_from"], by, at)
    tell_split("reworded", demand, by, at)
    return demand


def _save(demand: Demand, fields: list[str], by: Actor, at: datetime) -> None:
    demand.revision += 1
    demand.changed_at, demand.changed_by = at, by.id
    demand.save(update_fields=[*fields, "revision", "changed_at", "changed_by"])


@transaction.atomic
def move_demand(*, demand_id: int, up: bool, by: Actor, at: datetime) -> Demand:
    """Exchange a demand's place with its neighbour's; at the end of the list nothing happens."""
    demand = held_for_change(demand_id, by)
    others = Demand.objects.select_for_update(no_key=True).filter(case=demand.case_id)
    if up:
        neighbour = others.filter(position__lt=demand.position).order_by("-position").first()
    else:
        neighbour = others.filter(position__gt=demand.position).order_by("position").first()
    if neighbour is None:
        return demand
    neighbour.position, demand.position = demand.position, neighbour.position
    neighbour.save(update_fields=["position"])
    demand.save(update_fields=["position"])
    tell_split("moved", demand, by, at)
    return demand


@transaction.atomic
def assign_demand(*, demand_id: int, agency_id: int | None, by: Actor, at: datetime) -> Demand:
    """Name the agency responsible for an open demand, or none; its officers are told.

    A draft of the agency before stays on file, and has to be cleared anew.

    Raises:
        Refusal: ``agency_unknown``, ``agency_not_valid``, ``demand_not_open``.
    """
    demand = held_for_change(demand_id, by)
    _refuse_not_open(demand)
    if agency_id == demand.agency_id:
        return demand
    if agency_id is not None:
        _refuse_agency(demand, agency_id, at)
    demand.agency_id = agency_id
    _clear_anew(demand, by, at)
    demand.route, demand.waits_for = [], Step.DRAFTER
    _save(demand, ["agency", "route", "waits_for"], by, at)
    tell_split("assigned", demand, by, at)
    if agency_id is not None:
        tell_agency(
            "assigned",
            agency_id,
            demand.case_id,
            fact=f"demand:{demand.pk}",
            version=demand.revision,
            by=by,
            at=at,
            demand=demand.pk,
            demand_number=demand.number,
            text=demand.text,
        )
    return demand


def _clear_anew(demand: Demand, by: Actor, at: datetime) -> None:
    """What another agency approved is not this one's: the draft goes back to its beginning."""
    last = ClearanceAct.objects.filter(demand=demand).order_by("-pk").first()
    if last is not None:
        ClearanceAct.objects.create(
            demand=demand,
            step=Step.DRAFTER,
            outcome=Outcome.RETURNED,
            revision=last.revision,
            note="權責機關變更",
            at=at,
            by=by.id,
        )


def _refuse_agency(demand: Demand, agency_id: int, at: datetime) -> None:
    """It must be one of the case's government that exists on that day."""
    found = people.agencies_by_id([agency_id], demand.case.jurisdiction_id).get(agency_id)
    if found is None:
        raise Refusal("agency_unknown", basis=RESPONSE_BASIS, field="agency")
    if not exists_on(found.valid_from, found.valid_until, local_day(at)):
        raise Refusal(
            "demand_agency_ended", basis=RESPONSE_BASIS, field="agency", agency=found.name_zh
        )


@transaction.atomic
def publish_split(*, case_id: int, note: str = "", by: Actor, at: datetime) -> SplitVersion:
    """Publish the split as it stands: a version for good, which the petitioner may correct.

    A case without petitioner (of an agency or an archive) opens no time for corrections.

    Raises:
        Refusal: ``demands_not_lead_agency``, ``demands_case_closed``, ``split_empty``,
            ``split_unchanged``, ``split_note``, ``split_case_not_public``.
    """
    case = held_for_splitting(case_id, by)
    if len(note.strip()) > NOTE_MAX:
        raise Refusal("split_note", field="note", most=NOTE_MAX)
    subject, last = about_one(case_id), last_version(case_id)
    if not subject.public:
        raise Refusal("split_case_not_public", basis=SPLIT_BASIS, rule=SPLIT_BASIS)
    items = snapshot(case_id, last)
    if not items:
        raise Refusal("split_empty", basis=SPLIT_BASIS, rule=SPLIT_BASIS)
    if last and last.items == items:
        raise Refusal("split_unchanged", basis=SPLIT_BASIS, rule=SPLIT_BASIS)
    asked = subject.petitioner_id is not None
    version = SplitVersion.objects.create(
        case=case,
        number=last.number + 1 if last else 1,
        items=items,
        note=note.strip(),
        at=at,
        by=by.id,
        corrections_until=casework.due_of(CORRECTION_TERM, at) if asked else None,
    )
    _tell_version(version, sum(not item["left_out"] for item in items), case.lead, by, at)
    return version


def _tell_version(version: SplitVersion, count: int, lead: object, by: Actor, at: datetime) -> None:
    record(
        "demands.split_published",
        by=by,
        at=at,
        subject=f"case:{version.case_id}",
        case_id=version.case_id,
        label=str(lead or ""),
        data={"version": version.number, "count": count},
    )
    if version.corrections_until is not None:
        tell_petitioner(
            "split_published",
            version.case_id,
            fact=f"split:{version.pk}",
            by=by,
            at=at,
            count=count,
            until=last_day(version.corrections_until).isoformat(),
        )
