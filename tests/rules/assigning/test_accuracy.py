"""Accuracy on cases not seen before: disjoint parts, counts beside shares, honest baselines."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minben.assigning.accuracy import (
    Example,
    Score,
    measure,
    split_at_random,
    split_by_time,
    thousandths,
    wilson,
)
from minben.assigning.rules import NEIGHBOURS, weights_of
from minben.kernel.periods import local_day
from minben.proposals.archive.lines import ArchiveFile
from minben.proposals.archive.proposals_file import proposals_in
from minben.proposals.archive.records import ArchivedProposal
from tests.archive_samples import NO_REAL, NOW, REAL

DAY = date(2017, 1, 1)


def example(
    key: int, text: str, lead: int, *, day: int = 0, ticked: tuple[int, ...] | None = None
) -> Example:
    return Example(key, DAY + timedelta(day), (lead,), weights_of(text, ""), ticked)


@given(st.lists(st.integers(0, 50), max_size=40), st.integers(0, 1000))
def test_parts_are_disjoint_and_whole_and_by_time_nothing_newer_is_learnt(
    days: list[int], share: int
) -> None:
    rows = [example(n, "報稅", 1, day=day) for n, day in enumerate(days)]
    for split in (split_by_time, split_at_random):
        learnt, unseen = split(rows, share)
        assert not {one.key for one in learnt} & {one.key for one in unseen}
        assert len(learnt) + len(unseen) == len(rows)
        assert len(learnt) == len(rows) * share // 1000
    learnt, unseen = split_by_time(rows, share)
    if learnt and unseen:
        assert max(one.since for one in learnt) <= min(one.since for one in unseen)


def test_a_draw_can_be_repeated_whatever_the_order() -> None:
    rows = [example(n, "報稅", 1) for n in range(20)]
    assert split_at_random(rows, 500) == split_at_random(rows[::-1], 500)
    assert split_at_random(rows, 500)[0] != split_at_random(rows, 500, seed=2)[0]


def test_what_is_counted() -> None:
    learnt = [
        example(1, "報稅軟體", 1),
        example(2, "道路施工", 2),
        example(3, "道路坑洞", 2),
        example(4, "流浪動物", 3),
    ]
    unseen = [
        example(11, "報稅軟體更新", 1, ticked=(2, 1)),
        example(12, "道路坑洞多", 2, ticked=(2,)),
        example(13, "流浪動物收容", 9),
    ]
    found = measure(learnt, unseen, 15)
    assert found.scores == (
        Score("ranking", 3, 2, 2),
        Score("most_frequent", 3, 1, 2),
        Score("proposer_ticked", 2, 1, 2),
    )
    frequent, ticked = found.paired
    assert (frequent.n, frequent.top1_gained, frequent.top1_lost) == (3, 1, 0)
    assert (ticked.n, ticked.top1_gained, ticked.top1_lost) == (2, 1, 0)
    assert (found.learnt.n, found.unseen.n, found.unseen.since) == (4, 3, DAY)


def test_the_unseen_part_teaches_nothing() -> None:
    """A text that only unseen cases know gets no vote."""
    learnt = [example(1, "報稅軟體", 1)]
    unseen = [example(2, "流浪動物", 2), example(3, "流浪動物", 2)]
    assert measure(learnt, unseen, 15).scores[0] == Score("ranking", 2, 0, 0)


def test_nothing_is_no_share_at_all() -> None:
    assert thousandths(0, 0) is None
    assert wilson(0, 0) is None
    assert measure([], [], 15).scores[2] == Score("proposer_ticked", 0, 0, 0)


def test_wilson_as_published() -> None:
    """The worked examples of Newcombe, Statistics in Medicine 17 (1998), table I."""
    assert wilson(81, 263) == (255, 367)
    assert wilson(15, 148) == (62, 161)
    assert wilson(0, 20) == (0, 162)
    assert wilson(1, 29) == (6, 172)


@given(st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_share_lies_within_its_interval(pair: tuple[int, int]) -> None:
    hits, n = pair
    low, high = wilson(hits, n) or (1, 0)
    share = thousandths(hits, n)
    assert share is not None
    assert 0 <= low <= share <= high <= 1000


def real() -> list[Example]:
    path = REAL / "proposals.jsonl"
    if not path.exists():
        pytest.skip(NO_REAL)
    records = [
        one for one in proposals_in(ArchiveFile(path), NOW) if isinstance(one, ArchivedProposal)
    ]
    names = sorted({name for one in records for name in one.leads})
    return [
        Example(
            n,
            local_day(one.filed_at),
            tuple(names.index(name) for name in one.leads),
            weights_of(one.subject, one.content),
        )
        for n, one in enumerate(records)
        if one.leads
    ]


def test_on_real_cases_it_beats_the_most_frequent_agency_clearly() -> None:
    """Newest fifth of the real archive, unseen; the floor lies below what was measured."""
    learnt, unseen = split_by_time(real(), 800)
    found = measure(learnt, unseen, NEIGHBOURS)
    ranking, frequent, ticked = found.scores
    assert (wilson(ranking.top1, ranking.n) or (0,))[0] > (
        wilson(frequent.top1, frequent.n) or (0, 0)
    )[1]
    assert ranking.top1 * 1000 >= 739 * ranking.n
    assert ranking.top3 * 1000 >= 886 * ranking.n
    assert ticked.n == 0
