"""The demo's crowds: as many as asked for, in order, within the window, the same every time."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from minben.simulation.demo.shapes import SHAPES, moments

START = datetime(2026, 3, 2, 16, tzinfo=UTC)


@given(
    st.sampled_from(sorted(SHAPES)),
    st.integers(0, 400),
    st.integers(1, 90 * 24).map(lambda hours: timedelta(hours=hours)),
)
def test_all_come_in_order_within_the_window(shape: str, total: int, span: timedelta) -> None:
    end = START + span
    found = list(moments(shape, total, START, end, "seed"))
    assert len(found) == total
    assert found == sorted(found)
    assert all(START <= at < end for at in found)
    assert found == list(moments(shape, total, START, end, "seed"))


def test_a_part_of_a_day_is_not_crowded_into_its_last_minutes() -> None:
    end = START + timedelta(days=3, hours=12)
    late = [at for at in moments("steady", 1000, START, end, "x") if at > end - timedelta(hours=1)]
    assert len(late) < 60
