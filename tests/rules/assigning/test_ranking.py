"""Ranking agencies by past cases: whole numbers, order that depends on nothing but the texts."""

import random
from collections import Counter
from math import log, sqrt

from hypothesis import given
from hypothesis import strategies as st

from minben.assigning.rules import (
    CONTENT_READ,
    LIKE,
    PAIRS_ASKED,
    WORD_MOST,
    Near,
    Parts,
    asked_weights,
    nearest,
    norm_of,
    shared_words,
    vote,
    vote_assisting,
    weights_of,
)
from minben.kernel.text import fold

WORDS = [
    "報稅軟體",
    "道路施工",
    "流浪動物",
    "空氣污染",
    "學校午餐",
    "夜間噪音",
    "腳踏車道",
    "醫院急診",
]
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map("，".join)
cases = st.lists(st.tuples(texts, texts, st.integers(1, 4)), min_size=1, max_size=12)


def ranked(subject: str, content: str, past: list[tuple[str, str, int]], k: int = 15) -> list[int]:
    return [voice.agency_id for voice in voices(subject, content, dict(enumerate(past)), k)]


def voices(subject: str, content: str, past: dict[int, tuple[str, str, int]], k: int = 15):  # type: ignore[no-untyped-def]
    return vote(
        near_of(subject, content, past, k), {n: Parts((one[2],)) for n, one in past.items()}
    )


def near_of(
    subject: str, content: str, past: dict[int, tuple[str, str, int]], k: int = 15
) -> list[Near[int]]:
    weights = {n: weights_of(one[0], one[1]) for n, one in past.items()}
    spread = Counter(pair for pairs in weights.values() for pair in pairs)
    asked = asked_weights(weights_of(subject, content), spread, len(past))
    rows = [(n, pair, weight) for n, pairs in weights.items() for pair, weight in pairs.items()]
    return nearest(asked, rows, {n: norm_of(pairs) for n, pairs in weights.items()}, k)


def test_the_subject_counts_three_times_and_the_content_to_its_limit() -> None:
    found = weights_of("報稅", "報稅" + "。" * (CONTENT_READ - 2) + "道路")
    assert found == {"報稅": round(1000 * (1 + log(4)))}
    assert weights_of("報稅", "")["報稅"] == round(1000 * (1 + log(3)))


def test_pairs_do_not_cross_punctuation_and_are_folded() -> None:
    assert set(weights_of("臺北，市A", "")) == {"台北", "市a"}


def test_a_rare_pair_weighs_more_and_an_unknown_one_nothing() -> None:
    asked = asked_weights({"甲乙": 1000, "丙丁": 1000, "戊己": 1000}, {"甲乙": 1, "丙丁": 50}, 100)
    assert asked["甲乙"] > asked["丙丁"] > 0
    assert "戊己" not in asked


def test_only_the_heaviest_pairs_are_asked_about() -> None:
    weights = {f"{n:02}"[:2] + str(n): 1000 + n for n in range(PAIRS_ASKED + 30)}
    asked = asked_weights(weights, dict.fromkeys(weights, 1), 10)
    assert len(asked) == PAIRS_ASKED
    assert min(weights[pair] for pair in asked) == 1030


@given(texts, texts, cases, st.randoms(use_true_random=False))
def test_the_order_of_past_cases_changes_nothing(
    subject: str, content: str, past: list[tuple[str, str, int]], chance: random.Random
) -> None:
    whole = list(enumerate(past))
    shuffled = whole[:]
    chance.shuffle(shuffled)
    assert voices(subject, content, dict(whole)) == voices(subject, content, dict(shuffled))


@given(texts, texts, cases)
def test_shares_and_likeness_stay_within_one(
    subject: str, content: str, past: list[tuple[str, str, int]]
) -> None:
    found = voices(subject, content, dict(enumerate(past)))
    assert sum(voice.share for voice in found) <= 1000
    assert [voice.share for voice in found] == sorted((v.share for v in found), reverse=True)
    assert all(0 <= near.likeness <= LIKE for voice in found for near in voice.cases)


@given(texts, texts, cases)
def test_a_case_that_shares_nothing_gets_no_vote(
    subject: str, content: str, past: list[tuple[str, str, int]]
) -> None:
    before = ranked(subject, content, past)
    assert 9 not in ranked(subject, content, [*past, ("龍蝦鳳爪", "龜鶴齊鳴", 9)])
    assert 9 not in before


@given(texts, texts, cases)
def test_it_is_the_textbook_measure_in_whole_numbers(
    subject: str, content: str, past: list[tuple[str, str, int]]
) -> None:
    """The same by another road: floats, whole vectors, no rounding."""

    def pairs(a: str, b: str) -> Counter[str]:
        found: Counter[str] = Counter()
        for text in (a, a, a, b):
            for run in fold(text).split(","):
                found.update(run[i : i + 2] for i in range(len(run) - 1))
        return found

    known = [pairs(one[0], one[1]) for one in past]
    spread = Counter(pair for one in known for pair in one)
    asked = {
        pair: (1 + log(n)) * log(1 + len(past) / (spread[pair] + 0.5))
        for pair, n in pairs(subject, content).items()
        if spread[pair]
    }
    for near in near_of(subject, content, dict(enumerate(past))):
        other = {pair: 1 + log(n) for pair, n in known[near.key].items()}
        dot = sum(weight * other.get(pair, 0) for pair, weight in asked.items())
        lengths = sqrt(sum(w * w for w in asked.values()) * sum(w * w for w in other.values()))
        assert abs(near.likeness / LIKE - dot / lengths) < 0.003


def test_a_nearer_case_outvotes_two_far_ones() -> None:
    near = [Near(1, 800, frozenset()), Near(2, 500, frozenset()), Near(3, 500, frozenset())]
    parts = {1: Parts((7,)), 2: Parts((8,)), 3: Parts((8,))}
    assert [voice.agency_id for voice in vote(near, parts)] == [7, 8]
    assert [voice.share for voice in vote(near, parts)] == [561, 438]


def test_joint_leads_each_get_the_vote_and_those_who_assisted_a_part() -> None:
    near = [Near(1, 900, frozenset()), Near(2, 900, frozenset())]
    parts = {1: Parts((7, 8), (9,)), 2: Parts((7,), (9,))}
    assert [(v.agency_id, v.share) for v in vote(near, parts)] == [(7, 666), (8, 333)]
    assert [(v.agency_id, v.share) for v in vote_assisting(near, parts, 7)] == [(8, 277), (9, 166)]


def test_of_equal_cases_the_lower_key_is_kept_and_only_k_vote() -> None:
    rows = [(3, "甲乙", 1000), (1, "甲乙", 1000), (2, "甲乙", 1000)]
    found = nearest({"甲乙": 1000}, rows, {1: 1000, 2: 1000, 3: 1000}, 2)
    assert [(near.key, near.likeness) for near in found] == [(1, LIKE), (2, LIKE)]


def test_shared_words_are_whole_pieces_of_the_text_the_weightiest_first() -> None:
    shared = frozenset({"報稅", "稅軟", "軟體", "下載"})
    weights = {"報稅": 10, "稅軟": 10, "軟體": 10, "下載": 50}
    text = "報稅軟體難用", "請開放下載。軟體太舊"
    assert shared_words(*text, shared, weights) == ("下載", "報稅軟體")
    assert shared_words(*text, frozenset(), weights) == ()


@given(texts, texts, st.sets(st.sampled_from([w[i : i + 2] for w in WORDS for i in range(3)])))
def test_every_shared_word_stands_in_the_text(subject: str, content: str, shared: set[str]) -> None:
    weights = dict.fromkeys(shared, 5)
    for word in shared_words(subject, content, frozenset(shared), weights):
        assert word in fold(subject) or word in fold(content)
        assert 2 <= len(word) <= WORD_MOST
        assert all(word[i : i + 2] in shared for i in range(len(word) - 1))


def test_a_long_shared_run_is_cut_and_nothing_of_it_lost() -> None:
    run = "".join(chr(0x4E00 + n) for n in range(20))
    shared = frozenset(run[i : i + 2] for i in range(19))
    words = shared_words(run, "", shared, dict.fromkeys(shared, 1))
    assert sorted(map(len, words)) == [9, 12]
    assert {word[i : i + 2] for word in words for i in range(len(word) - 1)} == shared
