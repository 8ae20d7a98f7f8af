"""Reasons for hiding a comment, and what may be uploaded."""

from hypothesis import given
from hypothesis import strategies as st

from minben.discussion.rules import (
    FILE_TYPES,
    PICTURE_TYPES,
    REASON_MAX,
    REASON_MIN,
    hide_reason_fault,
)


@given(st.text(max_size=20), st.integers(0, 2))
def test_a_reason_is_judged_by_its_trimmed_length(reason: str, blanks: int) -> None:
    padded = " " * blanks + reason + "\n" * blanks
    assert (hide_reason_fault(padded) == "") == (len(reason.strip()) >= REASON_MIN)


def test_the_edges_of_a_reason() -> None:
    assert hide_reason_fault("字" * (REASON_MIN - 1)) == "comment_reason_too_short"
    assert hide_reason_fault("字" * REASON_MIN) == ""
    assert hide_reason_fault("字" * REASON_MAX) == ""
    assert hide_reason_fault("字" * (REASON_MAX + 1)) == "comment_reason_too_long"


def test_nothing_that_a_browser_runs_may_be_uploaded() -> None:
    assert PICTURE_TYPES < FILE_TYPES
    assert not {"image/svg+xml", "text/html", "application/javascript"} & FILE_TYPES
