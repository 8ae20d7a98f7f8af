"""Words find proposals: two characters, variants, whole runs, single characters, case numbers."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from minben.proposals.models import Proposal
from minben.proposals.queries.search import search
from tests.factories import DAY0, accept_one, file_one
from tests.web.proposals.stages import OPEN, open_one

pytestmark = pytest.mark.django_db
At = Callable[..., Any]


def public(subject: str) -> Proposal:
    return accept_one(file_one(subject=subject))


def found(words: str) -> set[int]:
    return set(search(words).ids)


def test_a_word_of_two_characters_is_found_in_a_long_subject() -> None:
    long = public("希望每年五月大家在家裡就可以輕鬆完成報稅，不必再到處借用別人的電腦")
    public("路口請增設行人庇護島")
    assert found("報稅") == {long.pk}


@pytest.mark.parametrize("words", ["台北", "臺北", "　臺北　", "臺北!"])
def test_variants_and_width_make_no_difference(words: str) -> None:
    one = public("臺北車站請增設電梯")
    assert found(words) == {one.pk}


@pytest.mark.parametrize("words", ["APP", "app", "ＡＰＰ", "App "])
def test_latin_words_are_found_in_any_case_and_width(words: str) -> None:
    one = public("請把繳費 App 做得簡單一點")
    public("請增加行人秒數")
    assert found(words) == {one.pk}


def test_a_single_character_is_found_wherever_it_stands() -> None:
    first, last = public("水質請每天公布結果"), public("請每天公布我家的自來水")
    public("路口請增設行人庇護島")
    assert found("水") == {first.pk, last.pk}


def test_a_longer_word_is_found_only_in_one_piece() -> None:
    whole = public("每一個公車站都要有座位")
    apart = public("公車請準時，車站請乾淨")
    assert apart.pk not in found("公車站")
    assert found("公車站") == {whole.pk}


def test_all_words_must_occur_but_in_any_order() -> None:
    both = public("捷運末班車請延後到凌晨")
    public("捷運站請增設廁所")
    assert found("末班車 捷運") == {both.pk}


def test_the_content_is_searched_and_the_subject_comes_first() -> None:
    in_content = public("請讓長者安心過馬路")  # the factory's content says 庇護島
    in_subject = public("請蓋庇護島讓大家休息")
    hits = search("庇護島")
    assert set(hits.ids) == {in_content.pk, in_subject.pk}
    assert hits.in_subject == (in_subject.pk,)


def test_two_characters_in_the_subject_come_first_too() -> None:
    in_content, in_subject = public("請讓長者安心過馬路"), public("每一座路口都要有綠燈倒數")
    hits = search("綠燈")
    assert set(hits.ids) == {in_content.pk, in_subject.pk}
    assert hits.in_subject == (in_subject.pk,)


def test_a_case_number_finds_its_case(client: Client, at_instant: At) -> None:
    one = open_one()
    open_one()
    with at_instant(OPEN):
        page = client.get("/en/proposals/", {"q": one.case.number}).content.decode()
    assert "1 proposal<" in page
    assert f"/en/proposals/{one.case.number}/" in page


@pytest.mark.parametrize("words", ["!!!", "。", "\u200b", "   "])
def test_words_without_letters_find_nothing(words: str) -> None:
    public("請讓長者安心過馬路")
    assert found(words) == set()


def test_too_many_are_cut_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("minben.proposals.queries.search.MOST", 2)
    rows = [public(f"第{n}座公園請增設廁所") for n in "一二三"]
    hits = search("廁所")
    assert hits.cut
    assert hits.ids == (rows[2].pk, rows[1].pk)


def test_what_is_not_public_is_not_listed(client: Client, at_instant: At) -> None:
    file_one(subject="這一件還在檢核中的報稅提議", at=DAY0)
    with at_instant(OPEN):
        page = client.get("/en/proposals/", {"q": "報稅"}).content.decode()
    assert "0 proposals" in page
    assert "還在檢核中" not in page
