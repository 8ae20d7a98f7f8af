"""Folding, bigrams, excerpts, counting, and the guard for exports."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from minben.kernel.text import (
    bigrams,
    count_characters,
    excerpt,
    fold,
    formula_safe,
    whole_number,
)

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
FLAG = "\U0001f1f9\U0001f1fc"
HAND = "\U0001f44d\U0001f3fd"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("臺北市", "台北市"),
        ("ＪＯＩＮ　提議", "join 提議"),
        ("這裡", "這裏"),
        ("看著", "看着"),
        ("為民", "爲民"),
        ("民眾", "民衆"),
        ("社群", "社羣"),
        ("高峰會", "高峯會"),
        ("啟用", "啓用"),
        ("報稅", "報税"),
        ("計畫", "計劃"),
        ("身分", "身份"),
        ("每週", "每周"),
        ("  一\t二\n三 ", "一 二 三"),
        ("報\u200b稅", "報稅"),
        ("葛\U000e0100飾", "葛飾"),
        ("e\u0301", "É"),
        ("Straße", "STRASSE"),
    ],
)
def test_variants_fold_to_one_form(a: str, b: str) -> None:
    assert fold(a) == fold(b)


@pytest.mark.parametrize(("a", "b"), [("颱風", "台風"), ("後來", "后來"), ("公里", "公裡")])
def test_words_that_differ_in_meaning_stay_apart(a: str, b: str) -> None:
    assert fold(a) != fold(b)


@given(st.text())
@example("\u0345\u03b1")
@example("\u0130\u0307")
@example("\ud800")
@example("a\u00ad\u0301")
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text)
    assert fold(once) == once


def test_bigrams_stop_at_punctuation() -> None:
    assert bigrams("報稅，好難！") == {"報稅", "好難"}
    assert bigrams("我 A") == {"我", "a"}
    assert bigrams("臺中") == {"台中"}
    assert bigrams("，。　!?") == frozenset()
    assert bigrams("") == frozenset()


def test_a_two_character_word_is_found_in_a_longer_subject() -> None:
    assert bigrams("報稅") <= bigrams("報稅軟體難用到爆炸")
    assert bigrams("報稅") <= bigrams("請改善線上報稅系統（Mac 版）")


@given(st.text(max_size=40))
def test_bigrams_are_short_and_folded(text: str) -> None:
    pairs = bigrams(text)
    assert all(1 <= len(pair) <= 2 for pair in pairs)
    assert bigrams(fold(text)) == pairs


@pytest.mark.parametrize(
    ("text", "n", "expected"),
    [
        ("報稅軟體", 4, "報稅軟體"),
        ("報稅軟體難用", 4, "報稅軟…"),
        ("報稅 軟體", 4, "報稅…"),
        ("一\n二\r\n三", 9, "一 二 三"),
        ("e\u0301e\u0301e\u0301", 2, "e\u0301…"),
        (FAMILY * 3, 2, FAMILY + "…"),
        ("報稅", 1, "…"),
        ("", 5, ""),
    ],
)
def test_excerpt(text: str, n: int, expected: str) -> None:
    assert excerpt(text, n) == expected


def test_an_excerpt_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="1 character or more"):
        excerpt("報稅", 0)


@given(st.text(), st.integers(1, 30))
def test_an_excerpt_is_never_longer_and_is_a_beginning(text: str, n: int) -> None:
    short = excerpt(text, n)
    line = " ".join(text.split())
    assert count_characters(short) <= n
    assert short == line or (short.endswith("…") and line.startswith(short[:-1]))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("報稅", 2),
        ("e\u0301", 1),
        ("葛\U000e0100", 1),
        (FAMILY, 1),
        (FLAG * 2, 2),
        (HAND, 1),
        ("a\u200db", 2),  # a joiner joins pictures only
        ("一\r\n二", 3),
        ("\n\n", 2),
        ("\u0301", 1),
        ("\U00020000", 1),  # beyond the basic plane
    ],
)
def test_count_characters(text: str, count: int) -> None:
    assert count_characters(text) == count


@given(st.text())
def test_a_character_holds_at_most_sixteen_code_points(text: str) -> None:
    assert count_characters(text) <= len(text) <= 16 * count_characters(text)
    assert count_characters(text + "\u0301" * 160) >= 10


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+886",
        "-1",
        "@SUM",
        "\t=1",
        "\rx",
        "\nx",
        "＝1",
        "＋1",
        "－1",
        "＠a",
        " =1",
        "\ufeff=1",
    ],
)
def test_what_a_spreadsheet_might_run_is_guarded(text: str) -> None:
    assert formula_safe(text) == "'" + text


@pytest.mark.parametrize("text", ["", "報稅", "1+1=2", "a@b.tw", "'=1", "  ", "（=1）"])
def test_plain_text_is_left_alone(text: str) -> None:
    assert formula_safe(text) == text


@given(st.text())
def test_guarding_twice_changes_nothing(text: str) -> None:
    safe = formula_safe(text)
    assert formula_safe(safe) == safe
    assert safe.removeprefix("'") == text.removeprefix("'")
    assert not safe.lstrip().startswith(tuple("=+-@＝＋－＠"))


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("007", 7), ("9" * 18, 10**18 - 1), ("9" * 19, None), ("9" * 5000, None)]
    + [(text, None) for text in ("", " 1", "-1", "+1", "1.0", "1e3", "1_0", "²", "٣", "½", "一")],
)
def test_a_number_that_was_sent_is_small_and_written_plainly(text: str, number: object) -> None:
    assert whole_number(text) == number
