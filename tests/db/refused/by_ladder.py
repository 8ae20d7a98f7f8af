"""Refusals of the acts on participation."""

from dataclasses import replace
from datetime import timedelta

from minben.kernel.actor import SYSTEM, Role
from minben.kernel.periods import local_day
from minben.ladder import actions
from minben.ladder.rules import PROCESSES_MAX, Kind
from tests.db.refused import answered
from tests.factories import DAY0, file_one, make_agency, make_staff
from tests.findings_samples import a_case, officer
from tests.ladder_samples import TOLD, stated


@answered(403, basis=True)
def ladder_not_yours() -> None:
    case = a_case()
    stated(case, officer(case, Role.PARTICIPATION))


@answered(409)
def ladder_case_hidden() -> None:
    stated(file_one(agencies=(make_agency(),)).case, make_staff(Role.OFFICER, make_agency()))


@answered(422, field="decided")
def ladder_text() -> None:
    case = a_case()
    stated(case, officer(case), told=replace(TOLD, decided="財政部。"))


@answered(422, field="held_on")
def ladder_day() -> None:
    case = a_case()
    actions.state_process(
        case_id=case.pk,
        kind=Kind.MEETING,
        title="下週的會議",
        held_on=local_day(DAY0 + timedelta(days=1)),
        told=TOLD,
        by=officer(case),
        at=DAY0,
    )


@answered(409)
def ladder_too_many() -> None:
    case = a_case()
    for n in range(PROCESSES_MAX + 1):
        actions.state_process(
            case_id=case.pk,
            kind=Kind.OTHER,
            title=f"第 {n + 1} 次座談",
            held_on=local_day(DAY0),
            told=TOLD,
            by=SYSTEM,
            at=DAY0,
        )


@answered(422, field="title")
def ladder_twice() -> None:
    case = a_case()
    by = officer(case)
    stated(case, by)
    stated(case, by)


@answered(409)
def ladder_same() -> None:
    case = a_case()
    by = officer(case)
    process_id = stated(case, by).process_id
    actions.restate_process(process_id=process_id, told=TOLD, by=by, at=DAY0)
