"""Rule sets for machines (規則集之開放資料介面)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from ninja import Router, Schema
from ninja.params.functions import Path

from minben.base.access import Request
from minben.base.api import Name, Problem, not_found
from minben.casework import queries
from minben.casework.rules import Below
from minben.kernel.refusal import Refusal

router = Router(tags=["rules"])
CODE = Path(..., max_length=40, description="code of a rule set")


class Term(Schema):
    """How long somebody has, and the clause that says so."""

    unit: str
    n: int
    starts: str
    roll: str
    basis: str


class Ground(Schema):
    """A catalogued ground for hiding."""

    code: str
    name: Name
    withhold: bool
    advises_merge: bool


class BelowThreshold(Schema):
    """What becomes of a case that falls below the threshold by invalidation: stands, reopens."""

    outcome: Below
    basis: str


class RuleSet(Schema):
    """The rules of one government, in force from one day to before another."""

    code: str
    title: Name
    government: Name
    government_code: str
    source: str
    digest: str
    in_force_from: date
    in_force_until: date | None
    threshold: int
    max_agencies: int
    election_pause_days: int
    terms: dict[str, Term]
    limits: dict[str, int]
    below_threshold: BelowThreshold
    grounds: list[Ground]


TERMS = ("check", "endorse", "response", "reproposal_bar", "appeal", "appeal_decision")


@router.get("/rule-sets", response=list[RuleSet], summary="All rule sets")
def rule_sets(request: Request) -> list[dict[str, Any]]:
    """Every version of the rules the platform knows, with the clauses they rest on."""
    return [_told(row) for row in queries.rule_sets()]


@router.get("/rule-sets/{code}", response={200: RuleSet, 404: Problem}, summary="One rule set")
def one_rule_set(request: Request, code: str = CODE) -> dict[str, Any]:
    """One version of the rules of one government."""
    try:
        return _told(queries.rule_set(code))
    except Refusal as unknown:
        raise not_found("rule set") from unknown


def _told(row: Any) -> dict[str, Any]:  # Any: a row of queries.rule_sets
    rules = row.rules
    grounds: Sequence[Any] = rules.grounds
    return {
        "code": row.code,
        "title": {"zh": row.title_zh, "en": row.title_en},
        "government": {"zh": row.jurisdiction.name_zh, "en": row.jurisdiction.name_en},
        "government_code": row.jurisdiction.code,
        "source": row.source.strip(),
        "digest": row.digest,
        "in_force_from": row.in_force_from,
        "in_force_until": row.in_force_until,
        "threshold": rules.threshold,
        "max_agencies": rules.max_agencies,
        "election_pause_days": rules.election_pause_days,
        "terms": {name: getattr(rules, name).to_mapping() for name in TERMS},
        "limits": dict(rules.limits),
        "below_threshold": {
            "outcome": rules.below_threshold.outcome,
            "basis": rules.below_threshold.basis,
        },
        "grounds": [
            {
                "code": ground.code,
                "name": {"zh": ground.zh, "en": ground.en},
                "withhold": ground.withhold,
                "advises_merge": ground.advises_merge,
            }
            for ground in grounds
        ],
    }
