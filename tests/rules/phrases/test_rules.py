"""Places are filled once and only from the case; whatever else stands in braces stays."""

from hypothesis import given
from hypothesis import strategies as st

from minben.phrases.rules import (
    TEXT_MAX,
    TITLE_MAX,
    appended,
    filled,
    is_chinese,
    left_open,
    words_fault,
)

FACTS = {"number": "2026-000123", "subject": "報稅軟體", "agency": "財政部", "due": "2026年5月2日"}
ODD = st.text(alphabet="{}%()_.!:[]0abnumber提 \n\\", max_size=60)


def test_places_are_filled() -> None:
    text = "{agency}就{subject}（{number}）於{due}前回應。"
    assert filled(text, FACTS) == "財政部就報稅軟體（2026-000123）於2026年5月2日前回應。"
    assert left_open(text, FACTS) == ()


def test_a_place_without_a_fact_stays_and_is_told() -> None:
    facts = FACTS | {"due": ""}
    assert filled("於{due}前", facts) == "於{due}前"
    assert left_open("於{due}前，{due}，{場次}", facts) == ("{due}", "{場次}")


def test_what_is_filled_in_is_not_looked_at_again() -> None:
    assert filled("{subject}", FACTS | {"subject": "{agency}"}) == "{agency}"
    assert left_open("{subject}", FACTS | {"subject": "{agency}"}) == ()


def test_nothing_is_evaluated() -> None:
    for text in ("{number.__class__}", "{0}", "{number!r}", "{number:>99}", "{", "}", "{{}}", "%s"):
        assert filled(text, FACTS) == text


@given(ODD)
def test_odd_braces_stay_as_they_are(text: str) -> None:
    assert filled(text, {}) == text
    unknown = text.replace("number", "nummer")
    assert filled(unknown, FACTS) == unknown
    assert all(one in text for one in left_open(text, {}))


@given(ODD, ODD)
def test_facts_stand_where_their_place_stood(before: str, after: str) -> None:
    before, after = before.replace("number", ""), after.replace("number", "")
    assert filled(f"{before}{{subject}}{after}", FACTS) == f"{before}報稅軟體{after}"


def test_a_template_stands_below_what_was_typed() -> None:
    assert appended("  \r\n", "範本") == "範本"
    assert appended("已寫的\r\n\r\n", "範本") == "已寫的\n\n範本"


def test_words_have_a_title_and_a_length() -> None:
    assert words_fault("名" * TITLE_MAX, "字" * TEXT_MAX) is None
    assert words_fault(" ", "字") == ("phrase_title", "title")
    assert words_fault("名" * (TITLE_MAX + 1), "字") == ("phrase_title", "title")
    assert words_fault("名", "\n") == ("phrase_text", "text")
    assert words_fault("名", "字" * (TEXT_MAX + 1)) == ("phrase_text", "text")


def test_the_language_of_a_text_is_seen() -> None:
    assert is_chinese("Re: 報稅")
    assert not is_chinese("The {agency} answers.")
