"""Where a finding stands, what the strip counts, and what typed lines mean."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minben.findings import rules
from minben.findings.rules import Group, Severity, Standing, groups_of, lines_of, standing_of

SEVERITIES = st.sampled_from(Severity)
STANDINGS = st.sampled_from(Standing)
STEPS = ("登入", "家戶", "扣除額", "繳稅", "收執聯")


@pytest.mark.parametrize(
    ("fixed", "still", "standing"),
    [
        (False, None, Standing.OPEN),
        (True, None, Standing.FIXED),
        (True, 0, Standing.SOLVED),
        (False, 0, Standing.SOLVED),
        (True, 2, Standing.STILL),
        (False, 1, Standing.STILL),
    ],
)
def test_where_a_finding_stands(fixed: bool, still: int | None, standing: Standing) -> None:
    assert standing_of(fixed, still) is standing


@given(st.lists(st.tuples(st.sampled_from(STEPS), SEVERITIES, STANDINGS), max_size=40))
def test_the_strip_holds_every_step_and_every_finding_once(
    found: list[tuple[str, Severity, Standing]],
) -> None:
    strip = rules.strip_of(STEPS, found)
    assert [row.step for row in strip] == list(STEPS)
    assert sum(len(row.marks) for row in strip) == len(found)
    for row in strip:
        for severity in Severity:
            mine = [one for one in found if one[0] == row.step and one[1] is severity]
            assert row.before(severity) == len(mine)
            gone = sum(standing is Standing.SOLVED for _, _, standing in mine)
            assert row.after(severity) == len(mine) - gone
        weights = [list(Severity).index(severity) for severity, _ in row.marks]
        assert weights == sorted(weights), "what blocks stands first"


def test_a_change_alone_takes_nothing_off_the_strip() -> None:
    [row] = rules.strip_of(("登入",), [("登入", Severity.BLOCKS, Standing.FIXED)])
    assert row.after(Severity.BLOCKS) == 1


@pytest.mark.parametrize(
    ("typed", "groups"),
    [
        ("上班族 4", (Group("上班族", 4),)),
        ("上班族 4人\n\n退休教師：2 位\n", (Group("上班族", 4), Group("退休教師", 2))),
        ("第一次報稅的學生, 3", (Group("第一次報稅的學生", 3),)),
        ("Mac 使用者 x 2", (Group("Mac 使用者", 2),)),
        ("1. 65 歲以上 2", (Group("65 歲以上", 2),)),
        ("", ()),
        ("上班族", None),
        ("12", None),
    ],
)
def test_kinds_of_participants_are_read_line_by_line(
    typed: str, groups: tuple[Group, ...] | None
) -> None:
    assert groups_of(typed) == groups


def test_numbers_and_dashes_before_steps_are_left_out() -> None:
    assert lines_of("1. 登入\n2、家戶\n- 扣除額\n\n  繳稅  ") == STEPS[:4]


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        (STEPS, ""),
        (("登入", "登入"), "findings_name_twice"),
        (("長" * 61,), "findings_name_too_long"),
        (tuple(str(n) for n in range(31)), "findings_too_many"),
    ],
)
def test_steps_that_are_refused(steps: tuple[str, ...], code: str) -> None:
    assert rules.steps_fault(steps) == code


@pytest.mark.parametrize(
    ("groups", "code"),
    [
        ((Group("甲", 1), Group("乙", 10_000)), ""),
        ((Group("甲", 0),), "findings_groups"),
        ((Group("甲", 10_001),), "findings_groups"),
        ((Group("甲", 1), Group("甲", 2)), "findings_name_twice"),
        ((Group("長" * 61, 1),), "findings_name_too_long"),
        (tuple(Group(str(n), 1) for n in range(13)), "findings_too_many"),
    ],
)
def test_kinds_of_participants_that_are_refused(groups: tuple[Group, ...], code: str) -> None:
    assert rules.groups_fault(groups) == code


@given(st.dates(), st.dates(), st.dates())
def test_a_later_day_is_neither_earlier_nor_to_come(a: date, b: date, today: date) -> None:
    assert rules.days_in_order(a, b, today) == (a <= b and b <= today)
