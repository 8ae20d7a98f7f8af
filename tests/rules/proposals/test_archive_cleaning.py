"""Texts of an archive: junk goes, words stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minben.proposals.archive.cleaning import clean_line, clean_text

WORD = (
    "Normal \n 0 \n 0 \n 2 \n false \n false \n EN-US \n ZH-TW \n X-NONE \n"
    " /* Style Definitions */\n table.MsoNormalTable\n {mso-style-name:表格內文;\n"
    ' font-family:"Times New Roman";}\n 請降低門檻。'
)


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("一段 \n 二段\n", "一段\n二段"),
        ("一\n\n\n\n二", "一\n\n二"),
        ("請\x08標\x7f示\u200b日期\xa0", "請標示日期"),
        ("<p>請標示</p><p>日期 &amp; 結果</p>", "請標示\n日期 & 結果"),
        ("一<br/>二<script>alert('x')</script>", "一\n二"),
        ('<span style="color:red">紅</span>', "紅"),
        ("<o:p></o:p>段落", "段落"),
        ("旗下的<R2online>為例", "旗下的<R2online>為例"),
        ("<R2online>為例<br>換行", "<R2online>為例\n換行"),
        ("3 < 5 且 a<b，AT&T", "3 < 5 且 a<b，AT&T"),
        ("支持<3", "支持<3"),
        ("放寬\uf9dd一點\ufa08", "放寬\u5229一點\u884c"),
        (WORD, "請降低門檻。"),
        (WORD + "\n" + WORD, "請降低門檻。\n請降低門檻。"),
        ("Normal 0 是什麼意思", "Normal 0 是什麼意思"),
        ("", ""),
    ],
)
def test_words_stay_and_junk_goes(given_text: str, kept: str) -> None:
    assert clean_text(given_text) == kept


def test_a_title_is_one_line() -> None:
    assert clean_line("  請標示 \n 日期 ") == "請標示 日期"


@given(st.text(alphabet=st.characters(exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp"))))
def test_text_without_tags_or_controls_is_left_alone(text: str) -> None:
    plain = text.replace("<", "").translate(
        dict.fromkeys(map(ord, "\u200b\ufeff\u2060\u00ad\ufffc"))
    )
    plain = "".join(c for c in plain if not "\uf900" <= c <= "\ufaff")
    if "Style Definitions" not in plain:
        assert clean_text(plain) == plain.strip()


@given(st.text())
def test_cleaning_twice_is_cleaning_once_where_no_tag_is_spelled_out(text: str) -> None:
    once = clean_text(text.replace("<", "").replace("&", ""))
    assert clean_text(once) == once
