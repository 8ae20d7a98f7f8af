"""The ladder for machines (公民參與階梯之開放資料介面). No persons."""

from datetime import date, datetime
from typing import Any

from ninja import Router, Schema
from ninja.params.functions import Path

from minben.base.access import Request
from minben.base.api import Name, Problem, in_both, not_found
from minben.casework.about import about_one
from minben.casework.queries.dossier import case_numbered
from minben.ladder.queries import Stated, stated_in, told_lines
from minben.ladder.rules import BASIS, NEEDS, Rung, band_of
from minben.ladder.words import FACTS, RUNGS

router = Router(tags=["cases"])
NUMBER = Path(..., max_length=24, description="case number, such as 2026-000123")


class FactTold(Schema):
    """A criterion."""

    code: str
    text: Name


class RungTold(Schema):
    """A rung and the facts it asks for, beside those of all rungs below."""

    n: int
    name: Name
    band: str
    needs: list[FactTold]


class LineTold(Schema):
    """The newest statement of a process, in a line."""

    case: str
    title: str
    kind: str
    held_on: date
    rung: int
    stated_by: Name
    stated_at: datetime
    version: int


class LadderTold(Schema):
    """The criteria with their source, and the newest processes."""

    source: str
    rungs: list[RungTold]
    processes: list[LineTold]


class StatementTold(LineTold):
    """A statement whole: facts the agency stated, facts the record proved, and its own words."""

    facts: list[str]
    proven: list[str]
    missing_for_the_next: list[str]
    influence: str
    decided: str
    outcome: str


@router.get("/ladder", response=LadderTold, summary="Ladder of participation")
def ladder(request: Request) -> dict[str, Any]:
    """The eight rungs with their criteria, and the newest fifty processes of public cases."""
    return {
        "source": BASIS,
        "rungs": [
            {
                "n": int(rung),
                "name": in_both(RUNGS[rung]),
                "band": band_of(rung).value,
                "needs": [
                    {"code": fact.value, "text": in_both(FACTS[fact])}
                    for fact in NEEDS.get(rung, ())
                ],
            }
            for rung in Rung
        ],
        "processes": [
            _line(line.about.number, line.process, line.statement) for line in told_lines()
        ],
    }


@router.get(
    "/cases/{number}/participation",
    response={200: list[StatementTold], 404: Problem, 422: Problem},
    summary="How far participation in a case went",
)
def participation(request: Request, number: str = NUMBER) -> list[dict[str, Any]]:
    """The newest statement of every process of a case; an empty list without one."""
    case = case_numbered(number)
    if case is None or not about_one(case.pk).public:
        raise not_found("case")
    return [_whole(number, one) for one in stated_in(case.pk)]


def _whole(number: str, one: Stated) -> dict[str, Any]:
    row = one.statement
    return _line(number, one.process, row) | {
        "facts": row.facts,
        "proven": row.known,
        "missing_for_the_next": [fact.value for fact in one.verdict.missing],
        "influence": row.influence,
        "decided": row.decided,
        "outcome": row.outcome,
    }


def _line(number: str, process: Any, row: Any) -> dict[str, Any]:
    """Any: rows, which schemas don't name."""
    return {
        "case": number,
        "title": process.title,
        "kind": process.kind,
        "held_on": process.held_on,
        "rung": row.rung,
        "stated_by": {"zh": row.agency.name_zh, "en": row.agency.name_en},
        "stated_at": row.at,
        "version": row.version,
    }
