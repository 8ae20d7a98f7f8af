"""Correcting a published split (更正訴求拆解): the petitioner says what is wrong, the agency answers."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from minben.audit.actions import record
from minben.casework.about import about_one
from minben.casework.queries.holding import hold_case
from minben.demands.actions.holding import refuse_answered, refuse_why
from minben.demands.actions.leaving_out import drop_demand
from minben.demands.actions.splitting import add_demand, reword_demand
from minben.demands.models import Correction, Demand, SplitVersion
from minben.demands.notify_people import tell_petitioner
from minben.demands.permissions import may_split
from minben.demands.queries.standing import last_version
from minben.demands.rules import (
    CORRECTION_BASIS,
    CORRECTIONS_MAX,
    TEXT_MAX,
    TEXT_MIN,
    WHY_MAX,
    WHY_MIN,
    CorrectionKind,
    correction_fault,
)
from minben.kernel.actor import Actor
from minben.kernel.periods import last_day
from minben.kernel.refusal import Refusal

if TYPE_CHECKING:
    from minben.casework.models import Case

FIELDS = {"correction_demand": "demand", "correction_text": "text", "correction_why": "why"}


def _open_version(case: "Case", number: int, by: Actor, at: datetime) -> SplitVersion:
    """The split of that number, if it is the last, `by` brought the case, and time is left."""
    basis = {"basis": CORRECTION_BASIS, "rule": CORRECTION_BASIS}
    petitioner = about_one(case.pk).petitioner_id
    if petitioner is None or by.person_id != petitioner:
        raise Refusal("correction_not_yours", **basis)
    refuse_answered(case)
    version = last_version(case.pk)
    if version is None or version.number != number:
        raise Refusal("split_changed", **basis)
    until = version.corrections_until
    if until is None or at >= until:
        raise Refusal(
            "correction_late", **basis, until=last_day(until).isoformat() if until else ""
        )
    if version.agreed_at is not None:
        raise Refusal("split_agreed_already", **basis)
    return version


@transaction.atomic
def agree_to_split(*, case_id: int, version: int, by: Actor, at: datetime) -> SplitVersion:
    """Say that the published split tells what one asked for; that ends the time for corrections.

    Raises:
        Refusal: ``correction_not_yours``, ``demands_case_closed``, ``split_changed``,
            ``correction_late``, ``split_agreed_already``.
    """
    found = _open_version(hold_case(case_id), version, by, at)
    found.agreed_at = at
    found.save(update_fields=["agreed_at"])
    record(
        "demands.split_agreed",
        by=by,
        at=at,
        subject=f"case:{case_id}",
        case_id=case_id,
        data={"version": found.number},
    )
    return found


@transaction.atomic
def propose_correction(
    *,
    case_id: int,
    version: int,
    kind: CorrectionKind,
    number: int | None,
    text: str,
    why: str,
    by: Actor,
    at: datetime,
) -> Correction:
    """Propose how the split of `version` should be corrected; public at once.

    Args:
        number: of the demand; None for one that is missing.
        text: the words it should have; none for one that was never asked for.

    Raises:
        Refusal: as `agree_to_split`; ``correction_demand``, ``correction_text``,
            ``correction_why``, ``correction_twice``, ``corrections_too_many``.
    """
    found = _open_version(hold_case(case_id), version, by, at)
    listed = {item["number"] for item in found.items if not item["left_out"]}
    code = correction_fault(kind, text, why, names_demand=number is not None)
    if not code and number is not None and number not in listed:
        code = "correction_demand"
    if code:
        raise _correction_refusal(code)
    rows = Correction.objects.filter(version=found)
    if rows.count() >= CORRECTIONS_MAX:
        raise Refusal(
            "corrections_too_many",
            basis=CORRECTION_BASIS,
            rule=CORRECTION_BASIS,
            most=CORRECTIONS_MAX,
        )
    demand = Demand.objects.get(case=case_id, number=number) if number is not None else None
    if demand and rows.filter(demand=demand, kind=kind).exists():
        raise Refusal("correction_twice", basis=CORRECTION_BASIS, rule=CORRECTION_BASIS)
    made = Correction.objects.create(
        version=found,
        demand=demand,
        kind=kind,
        text="" if kind is CorrectionKind.SUPERFLUOUS else text.strip(),
        why=why.strip(),
        at=at,
        by=by.id,
    )
    _tell(made, "demands.correction_proposed", case_id, by, at)
    return made


def _correction_refusal(code: str) -> Refusal:
    least, most = (TEXT_MIN, TEXT_MAX) if code == "correction_text" else (WHY_MIN, WHY_MAX)
    return Refusal(
        code,
        basis=CORRECTION_BASIS,
        field=FIELDS[code],
        rule=CORRECTION_BASIS,
        least=least,
        most=most,
    )


def _tell(made: Correction, kind: str, case_id: int, by: Actor, at: datetime) -> None:
    answered = {} if made.taken is None else {"taken": made.taken}
    record(
        kind,
        by=by,
        at=at,
        subject=f"case:{case_id}",
        case_id=case_id,
        data={
            "correction": made.pk,
            "version": made.version.number,
            "kind": made.kind,
            "demand": made.demand.number if made.demand else None,
        }
        | answered,
    )


@transaction.atomic
def answer_correction(
    *, correction_id: int, taken: bool, answer: str, by: Actor, at: datetime
) -> Correction:
    """Answer a correction in public, with a reason. One that is taken over changes the split.

    The change becomes public with the next published split.

    Raises:
        Refusal: ``demands_not_lead_agency``, ``demands_case_closed``, ``correction_answered``,
            ``demand_why``, or what keeps the demand from being changed.
    """
    case_id = Correction.objects.values_list("version__case", flat=True).get(pk=correction_id)
    case = hold_case(case_id)
    if not may_split(by, case):
        raise Refusal("demands_not_lead_agency", basis=CORRECTION_BASIS, rule=CORRECTION_BASIS)
    refuse_answered(case)
    rows = Correction.objects.select_for_update(of=("self",), no_key=True)
    made = rows.select_related("demand", "version").get(pk=correction_id)
    if made.answered_at is not None:
        raise Refusal("correction_answered", basis=CORRECTION_BASIS, rule=CORRECTION_BASIS)
    refuse_why(answer, CORRECTION_BASIS, field="answer")
    if taken:
        _take_over(made, answer, case_id, by, at)
    made.taken, made.answer = taken, answer.strip()
    made.answered_at, made.answered_by = at, by.id
    made.save(update_fields=["taken", "answer", "answered_at", "answered_by"])
    _tell(made, "demands.correction_answered", case_id, by, at)
    tell_petitioner(
        "correction_answered",
        case_id,
        fact=f"correction:{made.pk}",
        by=by,
        at=at,
        taken=taken,
        answer=made.answer,
    )
    return made


def _take_over(made: Correction, answer: str, case_id: int, by: Actor, at: datetime) -> None:
    demand = made.demand
    if demand is None:
        add_demand(case_id=case_id, text=made.text, by=by, at=at)
    elif made.kind == CorrectionKind.REWORD:
        reword_demand(
            demand_id=demand.pk,
            text=made.text,
            drawn_from=demand.drawn_from,
            revision=demand.revision,
            by=by,
            at=at,
        )
    else:
        drop_demand(demand_id=demand.pk, why=answer, by=by, at=at)
