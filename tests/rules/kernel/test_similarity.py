"""Likeness of subjects: the measure, the ranking, and the threshold on real candidates."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minben.kernel.text import NEAR_DUPLICATE, bigrams, rank_similar, similarity

CANDIDATES = (
    Path(__file__).parents[4] / "shared" / "data" / "join" / "near_duplicate_candidates.tsv"
)

SUBJECTS = [
    (1, "報稅軟體難用到爆炸"),
    (2, "請改善綜合所得稅線上報稅系統"),
    (3, "建議增設行人專用時相"),
    (4, "建議臺北市增設腳踏車道"),
    (5, "建議全面檢討斑馬線位置"),
    (6, "報稅"),
]

texts = st.text(alphabet="報稅軟體難用建議台臺，。 a", max_size=12)


@given(texts, texts)
def test_similarity_is_a_symmetric_share(a: str, b: str) -> None:
    score = similarity(a, b)
    assert 0.0 <= score <= 1.0
    assert score == similarity(b, a)
    assert (score == 1.0) == (bigrams(a) == bigrams(b) != frozenset())
    assert similarity(a, a) == (1.0 if bigrams(a) else 0.0)


def test_wording_varies_and_is_still_near() -> None:
    assert similarity("臺北市公車路線調整", "台北市公車路線之調整") >= NEAR_DUPLICATE
    assert similarity("臺北市公車路線調整", "夜間急診人力不足") == 0.0


def test_a_short_word_finds_the_subjects_that_hold_it() -> None:
    ranked = rank_similar("報稅", SUBJECTS)
    assert ranked == [(6, 1.0), (1, 1.0), (2, 1.0)]  # equal shares: the closer text first


def test_common_words_count_for_little() -> None:
    ranked = dict(rank_similar("建議增設行人天橋", SUBJECTS, at_least=0.0))
    assert max(ranked, key=lambda key: ranked[key]) == 3
    assert ranked[3] > ranked[4] > ranked[5]
    plain = len(bigrams("建議增設行人天橋") & bigrams(SUBJECTS[4][1])) / 7
    assert ranked[5] < plain


def test_the_ranking_is_cut_by_score_and_number() -> None:
    assert len(rank_similar("報稅", SUBJECTS, limit=2)) == 2
    assert rank_similar("報稅", SUBJECTS, at_least=1.01) == []
    assert rank_similar("，。", SUBJECTS) == []
    assert rank_similar("報稅", []) == []


@given(texts, st.lists(texts, max_size=5))
def test_scores_are_shares_in_falling_order(query: str, corpus: list[str]) -> None:
    scores = [score for _, score in rank_similar(query, enumerate(corpus), at_least=0.0)]
    assert scores == sorted(scores, reverse=True)
    assert all(0.0 < score <= 1.0 for score in scores)


def test_the_threshold_on_real_candidates() -> None:
    if not CANDIDATES.exists():
        pytest.skip("research data is not here: ../shared/data/join/near_duplicate_candidates.tsv")
    with CANDIDATES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    reached = [similarity(row["title_a"], row["title_b"]) >= NEAR_DUPLICATE for row in rows]
    closest = [ok for row, ok in zip(rows, reached, strict=True) if float(row["score"]) >= 0.8]
    assert closest
    assert all(closest)
    assert sum(reached) >= 0.6 * len(rows)
    assert not all(reached)  # the list holds pairs that only share boilerplate
