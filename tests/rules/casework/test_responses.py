"""What keeps a formal response from being published, and how long a pause may be."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minben.casework.rules import (
    BLOCK_MAX,
    PAUSE_MAX,
    RESPONSE_BLOCKS,
    Adoption,
    pause_fault,
    response_faults,
)

WHOLE = dict.fromkeys(RESPONSE_BLOCKS, "已研議。")
AT = datetime(2026, 3, 2, 2, tzinfo=UTC)
spans = st.timedeltas(min_value=timedelta(days=-400), max_value=timedelta(days=400))


@pytest.mark.parametrize("adoption", list(Adoption))
def test_four_blocks_and_a_disposition_make_a_response(adoption: Adoption) -> None:
    assert response_faults(WHOLE, adoption.value) == {}


@given(st.sets(st.sampled_from(RESPONSE_BLOCKS)), st.sampled_from(["", " ", "\n\t", "　"]))
def test_exactly_the_empty_blocks_are_named(empty: set[str], blank: str) -> None:
    blocks = WHOLE | dict.fromkeys(empty, blank)
    assert response_faults(blocks, "adopted") == dict.fromkeys(empty, "block_empty")


@pytest.mark.parametrize("block", RESPONSE_BLOCKS)
def test_a_block_that_is_not_there_is_an_empty_one(block: str) -> None:
    given_blocks = {name: text for name, text in WHOLE.items() if name != block}
    assert response_faults(given_blocks, "adopted") == {block: "block_empty"}


@pytest.mark.parametrize("block", RESPONSE_BLOCKS)
def test_a_block_has_room_for_six_thousand_characters(block: str) -> None:
    assert response_faults({**WHOLE, block: "字" * BLOCK_MAX}, "adopted") == {}
    fault = response_faults({**WHOLE, block: "字" * (BLOCK_MAX + 1)}, "adopted")
    assert fault == {block: "block_too_long"}


@given(st.text())
def test_only_the_four_dispositions_are_dispositions(adoption: str) -> None:
    known = adoption in {item.value for item in Adoption}
    assert response_faults(WHOLE, adoption) == ({} if known else {"adoption": "adoption_missing"})


@given(starts=spans, ends=spans)
def test_a_pause_is_lawful_or_one_thing_is_wrong_with_it(
    starts: timedelta, ends: timedelta
) -> None:
    fault = pause_fault(AT + starts, AT + ends, AT)
    assert (fault == "pause_period") == (ends <= starts)
    if not fault:
        assert ends > timedelta(0)
        assert ends - starts <= PAUSE_MAX
    if fault == "pause_in_the_past":
        assert ends <= timedelta(0)
