"""Results of a survey: nothing of few, counts that add up, a mean that is one."""

from hypothesis import given
from hypothesis import strategies as st

from minben.answering.rules.surveys import LEAST, QUESTIONS, SCORES, scores_fault, share, told

ANSWER = st.fixed_dictionaries({name: st.sampled_from(SCORES) for name in QUESTIONS})


@given(st.lists(ANSWER, max_size=40))
def test_counts_add_up_and_few_are_not_shown(answers: list[dict[str, int]]) -> None:
    found = told(answers)
    if len(answers) < LEAST:
        assert found == ()
        return
    assert [one.question for one in found] == list(QUESTIONS)
    for one in found:
        assert sum(bar.n for bar in one.bars) == one.n == len(answers)
        total = sum(bar.score * bar.n for bar in one.bars)
        assert abs(one.mean - 100 * total / one.n) <= 0.5
        assert 100 <= one.mean <= 500


@given(st.integers(0, 50_000), st.integers(0, 50_000))
def test_a_share_is_rounded_half_up(part: int, rest: int) -> None:
    whole = part + rest
    assert share(part, whole) == (0 if not whole else int(100 * part / whole + 0.5 + 1e-12))


def test_a_question_left_out_or_off_the_scale_is_named() -> None:
    full = dict.fromkeys(QUESTIONS, 3)
    assert scores_fault(full) == ""
    assert scores_fault(full | {"heard": 6}) == "heard"
    assert scores_fault({name: 3 for name in QUESTIONS if name != "overall"}) == "overall"
