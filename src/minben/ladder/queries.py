"""Reads of statements, and of what the platform's own record proves."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Exists, OuterRef, QuerySet

from minben.audit import queries as audit
from minben.casework.about import About, about
from minben.ladder.models import Process, Statement
from minben.ladder.rules import PROVES, Fact, Rung, Verdict, proven_by, rung_of

MOST: Final = 50  # lines of the list of processes


@dataclass(frozen=True, slots=True)
class Stated:
    """The newest statement of a process.

    Args:
        verdict: of the facts stated and proven when it was signed; what counts.
        now: of the facts stated, and those proven today.
        proven: when the record first proved a fact, of those it proves today.
        older: earlier versions, newest first.
    """

    process: Process
    statement: Statement
    verdict: Verdict
    now: Verdict
    proven: Mapping[Fact, datetime]
    older: tuple[Statement, ...]

    @property
    def facts(self) -> frozenset[Fact]:
        """The facts the agency stated."""
        return frozenset(Fact(code) for code in self.statement.facts)

    @property
    def moved(self) -> bool:
        """Whether the record proves by now that it went further than was stated."""
        return self.now.rung > self.verdict.rung


def proven_in(case_id: int) -> Mapping[Fact, datetime]:
    """What the acts recorded in a case prove, and since when. One query."""
    return _proven([case_id]).get(case_id, {})


def _proven(case_ids: Collection[int]) -> dict[int, dict[Fact, datetime]]:
    found: dict[int, dict[Fact, datetime]] = {}
    for event in audit.of_cases(case_ids, tuple(PROVES)):
        of_case = found.setdefault(event.case_id or 0, {})
        for fact in proven_by(event.kind, str(event.data.get("adoption", ""))):
            of_case.setdefault(fact, event.at)
    return found


def stated_in(case_id: int) -> tuple[Stated, ...]:
    """The newest statement of every process of a case, oldest process first. Two queries."""
    rows = Statement.objects.filter(process__case_id=case_id)
    versions: dict[int, list[Statement]] = {}
    for row in rows.select_related("process", "agency").order_by(
        "process__held_on", "process", "-version"
    ):
        versions.setdefault(row.process_id, []).append(row)
    proven = proven_in(case_id) if versions else {}
    return tuple(_stated(found, proven) for found in versions.values())


def _stated(versions: Sequence[Statement], proven: Mapping[Fact, datetime]) -> Stated:
    newest = versions[0]
    facts = {Fact(code) for code in newest.facts}
    return Stated(
        process=newest.process,
        statement=newest,
        verdict=rung_of(facts | {Fact(code) for code in newest.known}),
        now=rung_of(facts | proven.keys()),
        proven=proven,
        older=tuple(versions[1:]),
    )


def process(pk: int) -> Process | None:
    """One process with its case, if it exists. One query."""
    return Process.objects.select_related("case").filter(pk=pk).first()


def newest_of(pk: int) -> Statement | None:
    """The newest statement of a process. One query."""
    return Statement.objects.filter(process_id=pk).order_by("-version").first()


@dataclass(frozen=True, slots=True)
class Line:
    """A process in a line, with its case."""

    process: Process
    statement: Statement
    rung: Rung
    about: About


def _newest() -> QuerySet[Statement]:
    later = Statement.objects.filter(process=OuterRef("process"), version__gt=OuterRef("version"))
    return Statement.objects.filter(~Exists(later)).select_related("process", "agency")


def told_lines(most: int = MOST) -> Sequence[Line]:
    """The newest statement of processes of public cases, newest first. Three queries."""
    rows = list(_newest().order_by("-process__held_on", "-pk")[:most])
    subjects = about({row.process.case_id for row in rows})
    return [
        Line(row.process, row, Rung(row.rung), subjects[row.process.case_id])
        for row in rows
        if row.process.case_id in subjects and subjects[row.process.case_id].public
    ]


def counts(lines: Sequence[Line]) -> Mapping[Rung, int]:
    """How many of them stand on each rung. No query."""
    found = Counter(line.rung for line in lines)
    return {rung: found[rung] for rung in Rung}


def stated_lines(case_id: int) -> Sequence[Statement]:
    """The newest statement of every process of a case, oldest first. One query."""
    return list(_newest().filter(process__case_id=case_id).order_by("process__held_on", "pk"))


def outgrown_by(agency_ids: Collection[int]) -> Sequence[tuple[Statement, Verdict]]:
    """Statements of these agencies that the record has outgrown, with the rung now. Two queries."""
    rows = list(_newest().filter(agency__in=agency_ids))
    proven = _proven({row.process.case_id for row in rows}) if rows else {}
    found = []
    for row in rows:
        facts = {Fact(code) for code in row.facts} | proven.get(row.process.case_id, {}).keys()
        if (now := rung_of(facts)).rung > row.rung:
            found.append((row, now))
    return found
