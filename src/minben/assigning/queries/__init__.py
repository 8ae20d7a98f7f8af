"""What past cases say of a text (前案), and the past cases themselves."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast

from minben.assigning.accuracy import Example
from minben.assigning.models import Precedent, PrecedentGram
from minben.assigning.rules import (
    LEAST_CASES,
    NEIGHBOURS,
    SHOWN,
    Near,
    Parts,
    Voice,
    asked_weights,
    nearest,
    shared_words,
    vote,
    vote_assisting,
    weights_of,
)
from minben.kernel.periods import local_day
from minben.people import queries as people
from minben.people.rules import exists_on

if TYPE_CHECKING:
    from minben.people.models import Agency


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Agencies the nearest past cases speak for. Keys of cases are their ids.

    Args:
        past_cases: how many past cases of the government were asked.
        near: how many of them are the nearest, which vote.
        words: what each of the nearest shares with the text.
    """

    past_cases: int
    near: int = 0
    leads: tuple[Voice[int], ...] = ()
    assists: tuple[Voice[int], ...] = ()
    agencies: Mapping[int, "Agency"] = field(default_factory=dict)
    words: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def is_enough(self) -> bool:
        """Whether there are past cases enough to suggest anything."""
        return self.past_cases >= LEAST_CASES


def suggested(
    *, subject: str, content: str, case_id: int, jurisdiction: tuple[int, str], at: datetime
) -> Suggestion:
    """What past cases of the same government say of a text. Three queries.

    Args:
        case_id: the case asked about, which does not speak for itself.
        jurisdiction: id and code of the government.
    """
    weights = weights_of(subject, content)
    held = _held(weights, case_id, jurisdiction[0])
    if held.speaking < LEAST_CASES:
        return Suggestion(held.speaking)
    asked = asked_weights(weights, held.spread, held.size)
    near, told = _nearest(asked, case_id, jurisdiction[0])
    agencies = people.agencies_ever(jurisdiction[1])
    now_called = _heirs(agencies, local_day(at))
    parts = {
        key: Parts(_living(part.leads, now_called), _living(part.assists, now_called))
        for key, part in told.items()
    }
    leads = vote(near, parts)[:SHOWN]
    assists = vote_assisting(near, parts, leads[0].agency_id)[:SHOWN] if leads else ()
    return Suggestion(
        past_cases=held.speaking,
        near=len(near),
        leads=leads,
        assists=assists,
        agencies={row.pk: row for row in agencies},
        words={one.key: shared_words(subject, content, one.shared, asked) for one in near},
    )


@dataclass(frozen=True, slots=True)
class _Held:
    """How many past cases there are, how many of them may speak, and how many have each pair."""

    size: int
    speaking: int
    spread: Mapping[str, int]


def _held(pairs: Collection[str], case_id: int, jurisdiction_id: int) -> _Held:
    """What is known of the pairs. One query.

    Rarity is rarity among the cases of all governments: so it is counted by the index alone.
    """
    every = Precedent.objects.order_by()
    speaking = every.filter(jurisdiction_id=jurisdiction_id).exclude(case_id=case_id)
    rows = (
        PrecedentGram.objects.filter(gram__in=pairs)
        .values_list("gram")
        .annotate(n=Count("id"), size=_number_of(every), speaking=_number_of(speaking))
    )
    found = list(rows)
    size, spoken = found[0][2:] if found else (every.count(), speaking.count())
    return _Held(size, spoken, {row[0]: row[1] for row in found})


def _number_of(rows: QuerySet[Precedent]) -> Subquery:
    return Subquery(rows.values(one=Value(1)).annotate(n=Count("pk")).values("n"))


def _nearest(
    asked: Mapping[str, int], case_id: int, jurisdiction_id: int
) -> tuple[list[Near[int]], dict[int, Parts]]:
    """The nearest past cases, keyed by case, and who led and assisted them. One query."""
    rows = PrecedentGram.objects.filter(gram__in=asked).annotate(
        # As text: of thousands of rows only those of the nearest cases are read.
        leads=Cast("precedent__leads", TextField()),
        assists=Cast("precedent__assists", TextField()),
    )
    names = ("precedent__case_id", "gram", "weight", "precedent__norm", "leads", "assists")
    # Whose they are is asked here: the database, asked for it, reads all cases of a government.
    told = [
        row[:-1]
        for row in rows.values_list(*names, "precedent__jurisdiction_id")
        if row[-1] == jurisdiction_id and row[0] != case_id
    ]
    norms = {row[0]: row[3] for row in told}
    near = nearest(asked, (row[:3] for row in told), norms, NEIGHBOURS)
    written = {row[0]: row[4:] for row in told}
    return near, {
        one.key: Parts(*(tuple(json.loads(part)) for part in written[one.key])) for one in near
    }


def _heirs(agencies: Sequence["Agency"], day: date) -> dict[int, int]:
    """Each agency, and who has its duties on `day`: itself, or its successor, however many there were.

    Of an agency whose successor is not known, whoever bears its name as a former one.
    """
    known = {row.pk: row for row in agencies}
    living = {row.pk for row in agencies if exists_on(row.valid_from, row.valid_until, day)}
    called = {
        name: row.pk for row in reversed(agencies) if row.pk in living for name in row.aliases
    }
    return {
        row.pk: heir
        for row in agencies
        if (heir := _heir(row, known, living) or called.get(row.name_zh)) is not None
    }


def _heir(agency: "Agency", known: Mapping[int, "Agency"], living: Collection[int]) -> int | None:
    """The first in the line of successors that exists. No line is a circle: people refuse that."""
    seen: set[int] = set()
    here: Agency | None = agency
    while here is not None and here.pk not in seen:
        if here.pk in living:
            return here.pk
        seen.add(here.pk)
        here = known.get(here.successor_id or 0)
    return None


def _living(agency_ids: Sequence[int], heirs: Mapping[int, int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(heirs[pk] for pk in agency_ids if pk in heirs))


def kept_cases() -> QuerySet[Precedent, int]:
    """Ids of the cases that are kept, to be used inside another query."""
    return Precedent.objects.order_by().values_list("case_id", flat=True)


def examples(jurisdiction_code: str) -> list[Example]:
    """Every past case of a government, with its pairs. Two queries; for reports, not for pages."""
    weights: defaultdict[int, dict[str, int]] = defaultdict(dict)
    rows = PrecedentGram.objects.filter(precedent__jurisdiction__code=jurisdiction_code)
    for key, pair, weight in rows.values_list("precedent_id", "gram", "weight").iterator():
        weights[key][pair] = weight
    kept = Precedent.objects.filter(jurisdiction__code=jurisdiction_code).order_by("pk")
    return [
        Example(
            key=row.case_id,
            since=row.since,
            leads=tuple(row.leads),
            weights=weights[row.pk],
            ticked=None if row.ticked is None else tuple(row.ticked),
        )
        for row in kept
    ]
