"""What is said of figures is judged by rule; the numbers here are made up, unlike the shipped ones."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minben.indicators.surveys.claims import (
    Figure,
    Finding,
    Says,
    Statement,
    Verdict,
    Words,
    judged,
    remarks,
)

ALL, USERS = Words("全體", "everybody"), Words("使用者", "users")


def figure(series: str, period: str, share: float, **more: object) -> Figure:
    words = Words(f"項目{series}", f"item {series}")
    made = Figure(series, words, ALL, period, share)
    return replace(made, **more)  # type: ignore[arg-type]


def said(says: Says, number: float | None = None, decimals: int = 1) -> Statement:
    return Statement(says, "a", "2021", "2020", number, decimals)


def two(before: float, after: float, **more: object) -> list[Figure]:
    return [figure("a", "2020", before, **more), figure("a", "2021", after, **more)]


def verdict(statement: Statement, figures: list[Figure]) -> Verdict:
    return judged(statement, figures).verdict


def test_flat_by_its_interval() -> None:
    assert verdict(said(Says.FLAT), two(50, 50.5, n=2000)) is Verdict.HOLDS
    assert verdict(said(Says.FLAT), two(50, 54, n=2000)) is Verdict.FAILS
    assert verdict(said(Says.FLAT), two(50, 54, n=2000, deff=4.0)) is Verdict.HOLDS


def test_flat_without_a_size_is_untested_and_tells_what_would_hold() -> None:
    found = judged(said(Says.FLAT), [figure("a", "2020", 96, n=13000), figure("a", "2021", 95)])
    assert found.verdict is Verdict.UNTESTED
    assert found.supposed is Verdict.FAILS
    assert "2021" in found.reason.zh
    assert "2020" not in found.reason.en
    assert len(found.suppositions) == 4
    near = judged(said(Says.FLAT), [figure("a", "2020", 86.5, n=13000), figure("a", "2021", 86.4)])
    assert near.supposed is Verdict.HOLDS
    between = [figure("a", "2020", 50, n=2000), figure("a", "2021", 53.5)]
    assert judged(said(Says.FLAT), between).supposed is None  # it hangs on the design effect
    nothing = judged(said(Says.FLAT), two(96, 95))
    assert nothing.supposed is None
    assert len(nothing.suppositions) == 2  # from how many answers on, for two design effects


@pytest.mark.parametrize(
    ("says", "number", "expected"),
    [
        (Says.POINTS, 6.7, Verdict.HOLDS),
        (Says.POINTS, 11.2, Verdict.FAILS),
        (Says.POINTS, -6.7, Verdict.FAILS),
        (Says.GROWTH, 11.2, Verdict.HOLDS),
        (Says.GROWTH, 6.7, Verdict.FAILS),
        (Says.ABOUT, 60.0, Verdict.FAILS),
    ],
)
def test_points_are_no_per_cent(says: Says, number: float, expected: Verdict) -> None:
    assert verdict(said(says, number), two(60.0, 66.7)) is expected


def test_points_allow_what_rounding_allows_and_say_so() -> None:
    """Whoever has the answers subtracts before rounding: 6.6 may be right, 6.5 cannot."""
    figures = two(60.0, 66.7)
    near = judged(said(Says.POINTS, 6.6), figures)
    assert near.verdict is Verdict.HOLDS
    assert "+6.6 to +6.8 is possible" in near.reason.en
    assert "四捨五入" in near.reason.zh
    assert "possible" not in judged(said(Says.POINTS, 6.7), figures).reason.en
    assert verdict(said(Says.POINTS, 6.5), figures) is Verdict.FAILS
    assert verdict(said(Says.POINTS, 7, 0), figures) is Verdict.HOLDS
    assert verdict(said(Says.POINTS, 6, 0), figures) is Verdict.FAILS


def test_highest_with_another_number_does_not_hold() -> None:
    figures = [figure("a", "2021", 90), figure("b", "2021", 80)]
    assert verdict(said(Says.HIGHEST, 90.0), figures) is Verdict.HOLDS
    assert verdict(said(Says.HIGHEST, 91.0), figures) is Verdict.FAILS
    assert verdict(said(Says.HIGHEST, 90, 0), figures) is Verdict.HOLDS


def test_growth_allows_what_rounding_allows_and_no_more() -> None:
    figures = two(3.0, 3.3)
    assert verdict(said(Says.GROWTH, 13.0), figures) is Verdict.HOLDS
    assert verdict(said(Says.GROWTH, 13.8), figures) is Verdict.FAILS
    assert verdict(said(Says.GROWTH, 10.0), two(0.0, 3.3)) is Verdict.UNTESTED


@pytest.mark.parametrize(
    ("shares", "expected"),
    [((86.5, 86.2), Verdict.HOLDS), ((84.9, 84.4), Verdict.FAILS), ((86.0, 84.4), Verdict.FAILS)],
)
def test_about_is_what_rounds_to_it(shares: tuple[float, float], expected: Verdict) -> None:
    assert verdict(said(Says.ABOUT, 86, 0), two(*shares)) is expected


def test_highest_is_of_one_base() -> None:
    own = figure("a", "2021", 90, base=USERS)
    below = figure("b", "2021", 80, base=USERS)
    above = figure("c", "2021", 95, base=USERS)
    other = figure("d", "2021", 85)
    assert verdict(said(Says.HIGHEST), [own, below]) is Verdict.HOLDS
    assert verdict(said(Says.HIGHEST), [own, below, above]) is Verdict.FAILS
    found = judged(said(Says.HIGHEST), [own, below, other])
    assert (found.verdict, found.supposed) == (Verdict.BASES, Verdict.HOLDS)
    assert "全體" in found.reason.zh


@pytest.mark.parametrize("says", [Says.FLAT, Says.POINTS, Says.GROWTH])
def test_other_people_are_not_compared(says: Says) -> None:
    figures = [figure("a", "2020", 50, n=100), figure("a", "2021", 50, n=100, base=USERS)]
    assert verdict(said(says, 0), figures) is Verdict.BASES


@pytest.mark.parametrize("says", list(Says))
def test_without_the_figure_nothing_is_judged(says: Says) -> None:
    found = judged(said(says, 1), [figure("b", "2021", 50)])
    assert found.verdict is Verdict.UNTESTED
    assert "2021" in found.reason.en


def test_equal_figures_that_part_are_told() -> None:
    figures = [
        *two(84.9, 90.4),
        figure("b", "2020", 84.9),
        figure("b", "2021", 84.4),
        figure("c", "2020", 84.9, base=USERS),
        figure("c", "2021", 40.0, base=USERS),
    ]
    (found,) = remarks(figures)
    assert found.verdict is Verdict.REMARK
    assert found.series == ("a", "b")
    assert "84.9" in found.reason.zh
    assert "6.0" in found.reason.en
    assert remarks([*two(84.9, 84.8), figure("b", "2020", 84.9), figure("b", "2021", 84.4)]) == []
    assert remarks([figure("a", "2020", 84.9), figure("b", "2020", 84.9)]) == []
    everybody = [*two(100, 90), figure("b", "2020", 100), figure("b", "2021", 50)]
    assert remarks(everybody) == []


def test_households_on_a_base_of_people_are_told_once() -> None:
    title = Words("居家連網率", "Households with a connection")
    people = Words("12 歲以上民眾", "everybody aged 12 and over")
    (found,) = remarks(two(80, 81, title=title, base=people))
    assert found.verdict is Verdict.REMARK
    assert remarks(two(80, 81, title=title, base=Words("所有家戶", "all households"))) == []


@given(st.floats(1, 99), st.floats(1, 99), st.integers(30, 20000))
def test_points_as_computed_always_hold(before: float, after: float, n: int) -> None:
    before, after = round(before, 1), round(after, 1)
    figures = two(before, after, n=n)
    assert verdict(said(Says.POINTS, round(after - before, 1)), figures) is Verdict.HOLDS
    growth = round((after / before - 1) * 100, 1)
    assert verdict(said(Says.GROWTH, growth), figures) is Verdict.HOLDS


def test_every_reason_is_told_in_both_languages() -> None:
    found: list[Finding] = [
        judged(said(says, 6.7), two(60, 66.7, n=n)) for says in Says for n in (None, 5000)
    ]
    for one in found:
        assert one.reason.zh
        assert one.reason.en.isascii() or set(one.reason.en) - set(map(chr, range(128))) <= set(
            "−“”"
        )
