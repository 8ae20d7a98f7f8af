"""How long the government took to answer (回應時效), case by case and as figures, each with its n.

Everything is computed from the stored dates. Days are counted as the law counts them: the day of
reaching is not counted, so an answer on the same day took 0 days and one on the day after 1. The
time of day does not matter: an archive that knows only the day of reaching (it tells midnight) gives
the same figures as one that knows the second.

An archived post stamped on the day on which JOIN entered earlier posts anew is reported as it
stands and marked; that stamp alone proves nobody late.

Source: 公共政策網路參與實施要點 (the term for the answer); 民法 §120 II (the first day).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from minben.casework.queries.timeliness import Answered, Due, answer_dues_of, answers_of
from minben.casework.rules import Outcome
from minben.kernel.periods import TAIPEI, last_day, local_day
from minben.kernel.ranks import nearest_rank
from minben.proposals.archive.fate import REENTERED
from minben.proposals.queries.reached import ReachedCase, reached_cases


class Verdict(StrEnum):
    """Whether the formal response came in time."""

    ON_TIME = "on_time"  # 如期
    LATE = "late"  # 逾期
    RUNNING = "running"  # 期限未屆
    UNKNOWN = "unknown"  # 無法判定：檔案未載，或為重新登錄之日期


@dataclass(frozen=True, slots=True)
class Line:
    """One case that reached. Days are whole days in Taiwan from the day of reaching.

    Args:
        day_only: only the day of reaching is known.
        reentered: a date the figures rest on is the day on which earlier posts were entered anew.
        due: the last day to answer, extension included; `base_due` without it.
        days_late: from the last day to the formal response, or to today while there is none.
    """

    number: str
    archive_id: str
    government: str
    agencies: tuple[str, ...]
    reached: date
    day_only: bool
    base_due: date | None
    due: date | None
    first: date | None
    last: date | None
    final: date | None
    days_to_first: int | None
    days_to_last: int | None
    days_to_final: int | None
    verdict: Verdict
    days_late: int | None
    reentered: bool


@dataclass(frozen=True, slots=True)
class Spread:
    """How a number of days is spread over `n` cases; nearest rank, so each is some case's own."""

    n: int
    median: int | None
    p75: int | None
    p90: int | None
    most: int | None


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of all lines. `on_time` is out of `decided`: cases known to be kept or late."""

    reached: int
    archived: int
    answered: int
    first: Spread
    last: Spread
    final: Spread
    on_time: int
    decided: int
    running: int
    unknown: int
    day_only: int
    reentered: int
    seen_until: date | None


def lines(at: datetime, government: str = "", *, archived_only: bool = False) -> list[Line]:
    """Every case that reached, earliest first. Three queries."""
    cases = [one for one in reached_cases(government) if one.archive_id or not archived_only]
    ids = [one.case_id for one in cases]
    answers, dues = answers_of(ids), answer_dues_of(ids)
    return [
        _line(one, answers.get(one.case_id, Answered()), dues.get(one.case_id), at) for one in cases
    ]


def _line(case: ReachedCase, told: Answered, due: Due | None, at: datetime) -> Line:
    local = case.reached_at.astimezone(TAIPEI)
    reached = local.date()
    first, last, final = (_day(when) for when in (told.first_at, told.last_at, told.final_at))
    verdict = _verdict(told, due, at)
    due_day = last_day(due.due_at) if due else None
    until = final or local_day(at)
    return Line(
        number=case.number,
        archive_id=case.archive_id,
        government=case.government,
        agencies=case.agencies,
        reached=reached,
        day_only=bool(case.archive_id)
        and (local.hour, local.minute) == (0, 0)
        and local.second <= 1,
        base_due=last_day(due.base_due_at) if due else None,
        due=due_day,
        first=first,
        last=last,
        final=final,
        days_to_first=_days(reached, first),
        days_to_last=_days(reached, last),
        days_to_final=_days(reached, final),
        verdict=verdict,
        days_late=_days(due_day, until) if due_day and verdict is Verdict.LATE else None,
        reentered=bool(case.archive_id) and REENTERED in (first, last, final),
    )


def _day(when: datetime | None) -> date | None:
    return local_day(when) if when else None


def _days(since: date, until: date | None) -> int | None:
    return (until - since).days if until else None


def _verdict(told: Answered, due: Due | None, at: datetime) -> Verdict:
    if due is None or due.outcome == Outcome.CANCELLED:
        return Verdict.UNKNOWN
    if due.missed_at or (due.outcome == Outcome.OPEN and due.due_at <= at):
        return Verdict.LATE
    if due.outcome == Outcome.OPEN:
        return Verdict.RUNNING
    # Met, and yet stamped after the due instant: only a stamp that proves nothing does that.
    in_time = told.final_at is not None and told.final_at < due.due_at
    return Verdict.ON_TIME if in_time else Verdict.UNKNOWN


def summary(told: Sequence[Line]) -> Summary:
    """The figures of `told`."""
    verdicts = [line.verdict for line in told]
    on_time = verdicts.count(Verdict.ON_TIME)
    return Summary(
        reached=len(told),
        archived=sum(bool(line.archive_id) for line in told),
        answered=sum(line.final is not None for line in told),
        first=_spread(told, lambda line: line.days_to_first),
        last=_spread(told, lambda line: line.days_to_last),
        final=_spread(told, lambda line: line.days_to_final),
        on_time=on_time,
        decided=on_time + verdicts.count(Verdict.LATE),
        running=verdicts.count(Verdict.RUNNING),
        unknown=verdicts.count(Verdict.UNKNOWN),
        day_only=sum(line.day_only for line in told),
        reentered=sum(line.reentered for line in told),
        seen_until=max((line.last for line in told if line.last), default=None),
    )


def _spread(told: Sequence[Line], days: Callable[[Line], int | None]) -> Spread:
    found = sorted(value for value in map(days, told) if value is not None)
    return Spread(
        n=len(found),
        median=nearest_rank(found, 50),
        p75=nearest_rank(found, 75),
        p90=nearest_rank(found, 90),
        most=found[-1] if found else None,
    )
