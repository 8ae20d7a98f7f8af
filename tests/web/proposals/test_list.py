"""The list: facets with counts, order, pages, chips, odd addresses, and the part for htmx."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from minben.proposals.models import Proposal
from tests.factories import DAY, accept_one, file_one, make_agency, make_person
from tests.many import make_many
from tests.web.proposals.stages import (
    OPEN,
    answered_one,
    hidden_one,
    lapsed_one,
    open_one,
    pause,
    withdrawn_one,
)

pytestmark = pytest.mark.django_db
At = Callable[..., Any]
LIST = "/en/proposals/"


@pytest.fixture
def page(client: Client, at_instant: At) -> Callable[..., str]:
    def get(query: str = "", at: Any = OPEN, status: int = 200, **headers: str) -> str:
        with at_instant(at):
            response = client.get(f"{LIST}{query}", headers=headers)
        assert response.status_code == status
        return " ".join(response.content.decode().split())

    return get


def shown(html: str) -> list[str]:
    """The case numbers of the cards, in order."""
    return re.findall(r'<h3 class="proposal-card-title"><a href="/en/proposals/([^/"]+)/"', html)


def count_of(html: str, label: str) -> int:
    """The number beside a tick box."""
    found = re.search(rf'{re.escape(label)} <span class="num">(\d+)<', html)
    return int(found[1]) if found else 0


def numbers(*proposals: Proposal) -> list[str]:
    return [proposal.case.number for proposal in proposals]


def test_everything_public_stands_there_and_nothing_else(page: Callable[..., str]) -> None:
    file_one()
    hidden_one()
    opened, withdrawn = open_one(), withdrawn_one()
    assert set(shown(page())) == set(numbers(opened, withdrawn))


def test_withdrawn_before_its_check_never_became_public(page: Callable[..., str]) -> None:
    from minben.proposals import actions
    from tests.factories import DAY0, actor

    person = make_person()
    early = file_one(person)
    actions.withdraw(proposal_id=early.pk, reason="還沒想清楚，先撤回。", by=actor(person), at=DAY0)
    assert shown(page()) == []


def test_stages_are_told_by_state_and_time(page: Callable[..., str]) -> None:
    scheduled = accept_one(file_one(at=OPEN - DAY / 4), at=OPEN - DAY / 8)
    opened, reached, answered, _ = make_many(4)
    assert shown(page("?stage=scheduled")) == numbers(scheduled)
    assert shown(page("?stage=endorsing")) == numbers(opened)
    assert shown(page("?stage=reached")) == numbers(reached)
    assert shown(page("?stage=answered")) == numbers(answered)
    late = page("?stage=overdue", at=OPEN + 90 * DAY)
    assert shown(late) == numbers(reached)


def test_two_stages_show_either(page: Callable[..., str]) -> None:
    opened, reached, _, _ = make_many(4)
    assert set(shown(page("?stage=endorsing&stage=reached"))) == set(numbers(opened, reached))


def test_a_window_that_closed_reads_as_lapsed_before_the_tick(page: Callable[..., str]) -> None:
    opened = open_one()
    assert shown(page("?stage=lapsed", at=OPEN + 70 * DAY)) == numbers(opened)


def test_a_pause_is_a_stage_of_its_own(page: Callable[..., str]) -> None:
    opened = open_one()
    pause(OPEN, 10)
    html = page("?stage=paused", at=OPEN + DAY)
    assert shown(html) == numbers(opened)
    assert "Endorsing resumes" in html


def test_counts_ignore_their_own_facet_but_no_other(page: Callable[..., str]) -> None:
    make_many(6)
    html = page("?stage=endorsing&topic=transport")
    assert count_of(html, "Open for endorsement") == 2
    assert count_of(html, "Reached, awaiting response") == 0
    assert count_of(html, "Answered") == 1
    assert count_of(html, "Executive Yuan and its agencies") == 2


def test_agency_county_topic_and_government_narrow(page: Callable[..., str]) -> None:
    ministry, other = make_agency(), make_agency("交通部", "motc")
    one = open_one(agencies=(ministry, other))
    open_one(agencies=(other,))
    assert shown(page("?agency=mof")) == numbers(one)
    assert len(shown(page("?agency=mof&agency=motc"))) == 2
    assert len(shown(page("?county=臺北市&topic=transport&government=ey"))) == 2
    assert shown(page("?county=花蓮縣")) == []
    assert shown(page("?topic=health")) == []


def test_orders(page: Callable[..., str]) -> None:
    rows = make_many(4)  # endorsing, reached, answered, lapsed; the first was filed last
    endorsing, reached, answered, lapsed = numbers(*rows)
    assert shown(page()) == [endorsing, reached, answered, lapsed]
    assert shown(page("?sort=endorsed")) == [lapsed, answered, reached, endorsed := endorsing]
    assert shown(page("?sort=recent"))[:2] == [answered, reached]
    assert shown(page("?sort=reached"))[:2] == [reached, answered]
    Proposal.objects.filter(pk=rows[1].pk).update(closes_at=OPEN + DAY)
    assert shown(page("?sort=closing"))[0] == reached
    assert endorsed in shown(page("?sort=closing"))


def test_twenty_on_a_page(page: Callable[..., str]) -> None:
    make_many(45)
    first, last = shown(page()), shown(page("?page=3"))
    assert (len(first), len(last)) == (20, 5)
    assert not set(first) & set(last)
    assert 'href="?page=2"' in page()
    assert "?county=%E8%87%BA%E5%8C%97%E5%B8%82&amp;page=1" not in page("?county=臺北市")


def test_pages_keep_the_filters(page: Callable[..., str]) -> None:
    make_many(90)
    html = page("?topic=transport&sort=endorsed")
    assert 'href="?topic=transport&amp;sort=endorsed&amp;page=2"' in html


@pytest.mark.parametrize(
    "query",
    [
        "?page=abc",
        "?page=99999",
        "?page=-1",
        "?page=" + "9" * 5000,
        "?page=٣",
        "?stage=checking",
        "?stage=hidden",
        "?stage=nonsense",
        "?stage=&topic=&agency=&county=&government=",
        "?agency=nobody&government=nowhere&county=火星市&topic=x",
        "?sort=nonsense",
        "?sort=match",
        "?q=" + "長" * 10_000,
        "?q=%01%ff%fe&stage=%01",
        "?q=%3Cscript%3Ealert(1)%3C/script%3E",
        "?" + "&".join(f"stage=s{n}" for n in range(500)),
        "?q[]=1&stage[]=2&__proto__=1",
        "?q=%27%20OR%201=1--%25_",
    ],
)
def test_odd_addresses_never_break(page: Callable[..., str], query: str) -> None:
    open_one()
    html = page(query)
    assert "<script>alert" not in html
    assert "proposals" in html


def test_a_page_too_far_gives_the_last_one(page: Callable[..., str]) -> None:
    make_many(25)
    assert shown(page("?page=99999")) == shown(page("?page=2"))


def test_what_nobody_knows_is_told_and_left_out(page: Callable[..., str]) -> None:
    one = open_one()
    html = page("?stage=hidden&agency=nobody")
    assert shown(html) == numbers(one)
    assert "Nobody knows “hidden, nobody” here" in html


def test_very_long_words_are_cut_and_told(page: Callable[..., str]) -> None:
    html = page("?q=" + "長" * 10_000)
    assert "only the first 100 characters" in html
    assert "長" * 101 not in html


def test_chips_take_one_thing_away(page: Callable[..., str]) -> None:
    open_one()
    html = page("?q=路口&stage=endorsing&county=臺北市")
    words, stage, county = (
        "q=%E8%B7%AF%E5%8F%A3",
        "stage=endorsing",
        "county=%E8%87%BA%E5%8C%97%E5%B8%82",
    )
    for rest in (f"{stage}&amp;{county}", f"{words}&amp;{county}", f"{words}&amp;{stage}"):
        assert f'class="chip" href="{LIST}?{rest}"' in html


def test_what_was_asked_stands_in_the_form_again(page: Callable[..., str]) -> None:
    make_many(3)
    html = page('?q=行人"&stage=endorsing&topic=transport&sort=endorsed')
    assert 'value="行人&quot;"' in html
    assert re.search(r'name="stage" value="endorsing" checked', html)
    assert re.search(r'<option value="transport" selected', html)
    assert '<input type="hidden" name="sort" value="endorsed">' in html


def test_a_chosen_value_without_results_stays_in_the_form(page: Callable[..., str]) -> None:
    open_one()
    html = page("?stage=withdrawn")
    assert re.search(r'name="stage" value="withdrawn" checked', html)
    assert count_of(html, "Withdrawn") == 0


def test_an_empty_list_says_what_to_do(page: Callable[..., str]) -> None:
    html = page("?q=火星移民")
    assert "Nothing found for “火星移民”" in html
    assert 'href="/en/propose/"' in html
    assert "There is no proposal yet" in page()


def test_a_sentence_nobody_wrote_just_so_finds_what_comes_closest(
    page: Callable[..., str],
) -> None:
    close = accept_one(file_one(subject="希望報稅軟體支援各種作業系統"))
    open_one()
    html = page("?q=我覺得報稅軟體真的很難用")
    assert "0 proposals" in html
    section = html[html.index("These come closest") :]
    assert close.case.number in section
    assert "These come closest" not in page("?q=火星移民")
    # A filter may be the reason; then taking it away is the better advice.
    assert "These come closest" not in page("?q=我覺得報稅軟體真的很難用&topic=health")


def test_htmx_gets_only_the_part_that_changes(page: Callable[..., str]) -> None:
    open_one()
    whole, part = page("?stage=endorsing"), page("?stage=endorsing", **{"HX-Request": "true"})
    assert "<html" in whole
    assert part.startswith('<div id="listing">')
    assert shown(part) == shown(whole)
    # The heading takes the focus, so that a screen reader says how many there are.
    assert 'id="found" tabindex="-1" autofocus' in part
    assert "autofocus" not in whole


def test_the_two_answers_are_kept_apart_by_caches(client: Client) -> None:
    assert "HX-Request" in client.get(LIST)["Vary"]


def test_nothing_can_be_sent_to_the_list(client: Client) -> None:
    assert client.post(LIST).status_code == 405


def test_lapsed_and_answered_cards_tell_how_it_ended(page: Callable[..., str]) -> None:
    lapsed_one()
    answered_one(adoption="not_adopted")
    html = page(at=OPEN + 65 * DAY)
    assert "Did not reach" in html
    assert "Not adopted" in html


def test_chinese_is_complete(client: Client, at_instant: At) -> None:
    open_one()
    with at_instant(OPEN):
        html = client.get("/proposals/", {"q": "路口"}).content.decode()
    assert "附議中" in html
    assert 'hreflang="en" href="/en/proposals/?q=' in html
