"""Writing a proposal, step by step: what is typed is saved, and what is wrong is told beside it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from django.test import Client

from minben.base.refusals import sentence
from minben.casework.models import RuleSet
from minben.kernel.actor import Role
from minben.kernel.refusal import Refusal
from minben.proposals import actions
from minben.proposals.models import Draft
from tests.factories import DAY, DAY0, accept_one, file_one, make_agency, make_staff
from tests.web.conftest import SignedIn
from tests.web.proposals.writing import WHOLE, begin, body, post, url, whole

pytestmark = pytest.mark.django_db
At = Callable[..., AbstractContextManager[None]]


@pytest.fixture(autouse=True)
def _day_one(at_instant: At) -> Iterator[None]:
    with at_instant(DAY0 + DAY):
        yield


@pytest.fixture
def writer(citizen_client: Callable[..., SignedIn]) -> SignedIn:
    return citizen_client()


def test_whoever_is_not_signed_in_or_not_confirmed_is_sent_there_first(
    citizen_client: Callable[..., SignedIn],
) -> None:
    assert Client().get("/propose/")["Location"].startswith("/account/login/?next=")
    assert citizen_client(verified=False).get("/propose/").status_code == 302


def test_the_start_shows_each_government_with_its_own_numbers(writer: SignedIn) -> None:
    page = body(writer.get("/en/propose/"))
    for words in (
        "5,000 endorsements within 60 days",
        "1,500 endorsements within 45 days",
        "checked within 5 working days",
        "checked by 2026-03-06",
    ):
        assert words in page
    assert "paused" not in page


def test_a_pause_is_told_with_its_last_day_and_writing_goes_on(writer: SignedIn) -> None:
    pause(starts=0, days=10)
    page = body(writer.get("/en/propose/"))
    assert "Proposing is paused until" in page
    assert 'datetime="2026-03-13"' in page
    assert writer.post("/propose/", {"government": "ey"}).status_code == 302


def test_choosing_a_government_begins_a_draft(writer: SignedIn) -> None:
    response = writer.post("/propose/", {"government": "taipei"})
    draft = Draft.objects.get()
    assert draft.jurisdiction.code == "taipei"
    assert response["Location"] == url(draft, "subject")


@pytest.mark.parametrize("given", [{}, {"government": ""}, {"government": "mars"}])
def test_no_government_or_a_forged_one(writer: SignedIn, given: dict[str, str]) -> None:
    response = writer.post("/en/propose/", given)
    assert response.status_code == 422
    assert "Choose the government you propose to." in body(response)
    assert not Draft.objects.exists()


def test_own_drafts_are_listed_and_lead_to_the_step_that_is_missing(
    writer: SignedIn, citizen_client: Callable[..., SignedIn]
) -> None:
    half = begin(writer, subject="讓報稅軟體看得懂", content=WHOLE["content"])
    ready = whole(writer)
    other = begin(citizen_client(), subject="別人的草稿")
    page = body(writer.get("/propose/"))
    assert url(half, "benefits") in page
    assert url(ready, "check") in page
    assert str(other.pk) not in page


def test_every_step_shows_what_is_saved(writer: SignedIn) -> None:
    draft = whole(writer)
    assert WHOLE["subject"] in body(writer.get(url(draft, "subject")))
    assert WHOLE["content"] in body(writer.get(url(draft, "content")))
    assert WHOLE["benefits"] in body(writer.get(url(draft, "benefits")))
    assert writer.get(url(draft, "evidence")).status_code == 200
    assert writer.get(url(draft, "agencies")).status_code == 200
    assert writer.get(url(draft, "nonsense")).status_code == 404


@pytest.mark.parametrize(
    ("step", "text", "follows"),
    [
        ("subject", "讓報稅軟體看得懂", "content"),
        ("content", WHOLE["content"], "benefits"),
        ("benefits", WHOLE["benefits"], "evidence"),
    ],
)
def test_a_text_is_saved_and_the_next_step_follows(
    writer: SignedIn, step: str, text: str, follows: str
) -> None:
    draft = begin(writer)
    response = post(writer, draft, step, **{step: text})
    assert (response.status_code, response["Location"]) == (302, url(draft, follows))
    draft.refresh_from_db()
    assert getattr(draft, step) == text


@pytest.mark.parametrize(
    ("step", "text", "sentence"),
    [
        ("subject", "", "Please fill this in."),
        ("subject", "報稅", "Please write at least 5 characters."),
        ("subject", "稅" * 51, "At most 50 characters."),
        ("subject", "稅" * 300, "At most 50 characters."),
        ("content", "太短", "Please write at least 20 characters."),
        ("content", "長" * 3001, "At most 3000 characters."),
        ("benefits", "  \n ", "Please fill this in."),
    ],
)
def test_what_is_wrong_is_told_beside_the_field_and_stays_typed(
    writer: SignedIn, step: str, text: str, sentence: str
) -> None:
    draft = begin(writer)
    response = writer.post(url(draft, step, "/en"), {"step": step, "go": "next", step: text})
    page = body(response)
    assert response.status_code == 422
    assert page.count(sentence) == 2  # in the summary, and beside the field
    assert f'id="id_{step}_error"' in page
    assert text.replace("\0", "�").strip() in page.replace("\0", "�")


def test_even_what_is_refused_is_saved(writer: SignedIn) -> None:
    draft = begin(writer)
    post(writer, draft, "content", content="還沒寫完")
    draft.refresh_from_db()
    assert draft.content == "還沒寫完"


def test_a_line_break_counts_once(writer: SignedIn) -> None:
    draft = begin(writer)
    text = "行\r\n" * 1500  # 3,000 characters as people count, 4,500 as a browser sends them
    assert post(writer, draft, "content", content=text.rstrip()).status_code == 302


def test_going_back_and_later_save_without_judging(writer: SignedIn) -> None:
    draft = begin(writer)
    back = post(writer, draft, "content", content="一", go="back")
    later = post(writer, draft, "benefits", benefits="二", go="later")
    draft.refresh_from_db()
    assert (back["Location"], later["Location"]) == (url(draft, "subject"), "/propose/")
    assert (draft.content, draft.benefits) == ("一", "二")


def test_coming_from_the_check_leads_back_to_it(writer: SignedIn) -> None:
    draft = begin(writer, **{**WHOLE, "content": "太短"})
    page = body(writer.get(url(draft, "content", "/en") + "?review=1"))
    assert "Please write at least 20 characters." in page
    response = post(writer, draft, "content", content=WHOLE["content"], review="1")
    assert response["Location"] == url(draft, "check")


def test_markup_that_is_typed_is_shown_as_typed(writer: SignedIn) -> None:
    draft = begin(writer, subject="<script>alert(1)</script>")
    for step in ("subject", "similar", "check"):
        assert "<script>alert" not in body(writer.get(url(draft, step), follow=True))


def test_saving_while_typing(writer: SignedIn) -> None:
    draft = begin(writer)
    response = writer.post(url(draft, "save", "/en"), {"step": "content", "content": "半句"})
    draft.refresh_from_db()
    assert response.status_code == 200
    assert "Saved at 10:00" in body(response)
    assert "<html" not in body(response)
    assert draft.content == "半句"


def test_saving_while_typing_says_what_is_not_whole_yet(writer: SignedIn) -> None:
    draft = begin(writer)
    data = {
        "step": "evidence",
        "url_0": "https://example.org/report",
        "title_1": "還沒有網址",
        "video": "",
    }
    response = writer.post(url(draft, "save", "/en"), data)
    draft.refresh_from_db()
    assert "without what is not complete yet" in body(response)
    assert [link["url"] for link in draft.evidence["links"]] == ["https://example.org/report"]


def test_the_wrapper_that_saves_passes_nothing_on_to_what_it_holds(writer: SignedIn) -> None:
    """htmx inherits attributes; the list of similar proposals would come up empty."""
    page = body(writer.get(url(begin(writer), "subject")))
    wrapper = page[page.index('data-hx-select="#saved') :]
    assert 'data-hx-disinherit="*"' in wrapper[: wrapper.index(">", 30)]


def test_saving_the_same_again_writes_nothing(writer: SignedIn) -> None:
    draft = begin(writer, content="半句")
    writer.post(url(draft, "save"), {"step": "content", "content": "半句"})
    draft.refresh_from_db()
    assert draft.saved_at == DAY0


def test_saving_asks_for_a_step_and_for_post(writer: SignedIn) -> None:
    draft = begin(writer)
    assert (
        writer.post(url(draft, "save"), {"step": "author_id", "author_id": "1"}).status_code == 404
    )
    assert writer.get(url(draft, "save")).status_code == 405


def test_forged_fields_change_nothing_else(
    writer: SignedIn, citizen_client: Callable[..., SignedIn]
) -> None:
    draft = begin(writer)
    thief = citizen_client()
    post(writer, draft, "content", content=WHOLE["content"], author=thief.user.pk, state="reached")
    draft.refresh_from_db()
    assert draft.author_id == writer.user.pk


STEPS = ("subject", "similar", "content", "benefits", "evidence", "agencies", "check", "discard")


@pytest.mark.parametrize("step", [*STEPS, "co-drafting"])
def test_somebody_elses_draft_is_refused(
    writer: SignedIn, citizen_client: Callable[..., SignedIn], step: str
) -> None:
    draft = whole(writer)
    thief = citizen_client()
    assert thief.get(url(draft, step)).status_code == 403
    if step != "similar":
        assert thief.post(url(draft, step), {"subject": "被改掉了嗎"}).status_code == 403
    draft.refresh_from_db()
    assert draft.subject == WHOLE["subject"]


def test_nobody_learns_which_drafts_exist(
    writer: SignedIn, citizen_client: Callable[..., SignedIn]
) -> None:
    there = citizen_client().get(url(whole(writer), "content"))
    nowhere = writer.get("/propose/00000000-0000-4000-8000-000000000000/content/")
    assert there.status_code == nowhere.status_code == 403
    assert writer.get("/propose/not-an-id/content/").status_code == 404


def test_discarding_asks_once(writer: SignedIn) -> None:
    draft = whole(writer)
    assert WHOLE["subject"] in body(writer.get(url(draft, "discard")))
    assert Draft.objects.filter(pk=draft.pk).exists()
    assert writer.post(url(draft, "discard"))["Location"] == "/propose/"
    assert not Draft.objects.filter(pk=draft.pk).exists()
    assert writer.post(url(draft, "discard")).status_code == 403


def test_no_rules_in_force_is_told(writer: SignedIn) -> None:
    draft = begin(writer)
    RuleSet.objects.filter(jurisdiction__code="ey").update(in_force_until="2026-03-03")
    assert writer.get(url(draft, "content")).status_code == 422


# Topic and agencies


def test_topic_and_agencies_are_saved(writer: SignedIn) -> None:
    draft = begin(writer)
    agencies = [make_agency().pk, make_agency("交通部", "motc").pk]
    response = post(
        writer, draft, "agencies", topic="transport", deciding="named", agencies=agencies
    )
    draft.refresh_from_db()
    assert response["Location"] == url(draft, "check")
    assert (draft.topic, draft.agency_ids, draft.agencies_chosen) == ("transport", agencies, True)


def test_the_administrator_may_decide(writer: SignedIn) -> None:
    draft = begin(writer, agency_ids=[make_agency().pk])
    post(writer, draft, "agencies", topic="health", deciding="administrator")
    draft.refresh_from_db()
    assert (draft.agency_ids, draft.agencies_chosen) == ([], True)


def test_agencies_of_the_topic_stand_first(writer: SignedIn) -> None:
    make_agency("勞動部", "mol")
    finance = make_agency()
    finance.topics = ["tax-finance"]
    finance.save()
    draft = begin(writer)
    page = body(
        writer.post(url(draft, "agency-list", "/en"), {"topic": "tax-finance", "step": "agencies"})
    )
    assert page.index("Suggested for your topic") < page.index("MOF") < page.index("MOL")
    assert "<html" not in page


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"deciding": "administrator"}, "Choose a topic from the list."),
        ({"topic": "astrology", "deciding": "administrator"}, "Choose a topic from the list."),
        ({"topic": "health"}, "Name at least one agency, or let the administrator decide."),
        (
            {"topic": "health", "deciding": "named"},
            "Name at least one agency, or let the administrator decide.",
        ),
        (
            {"topic": "health", "deciding": "named", "agencies": ["999999"]},
            "This agency does not exist or belongs to another government.",
        ),
        (
            {"topic": "health", "deciding": "named", "agencies": ["1; drop table"]},
            "This agency does not exist or belongs to another government.",
        ),
    ],
)
def test_what_is_missing_or_forged_is_told(
    writer: SignedIn, given: dict[str, object], sentence: str
) -> None:
    draft = begin(writer)
    response = writer.post(
        url(draft, "agencies", "/en"), {"step": "agencies", "go": "next", **given}
    )
    draft.refresh_from_db()
    assert response.status_code == 422
    assert sentence in body(response)
    assert draft.agency_ids == []
    assert draft.topic in ("", "health")


@pytest.mark.parametrize(
    ("deciding", "named", "code"),
    [
        ("named", False, "agencies_not_named"),
        ("", False, "agencies_not_named"),
        ("administrator", True, "agencies_unclear"),
    ],
)
def test_the_question_of_agencies_is_answered_without_contradiction(
    writer: SignedIn, deciding: str, named: bool, code: str
) -> None:
    draft = begin(writer)
    agencies = [make_agency().pk] if named else []
    response = post(writer, draft, "agencies", topic="health", deciding=deciding, agencies=agencies)
    assert response.status_code == 422
    assert sentence(Refusal(code)) in body(response)


def test_ticking_an_agency_answers_the_question(writer: SignedIn) -> None:
    draft = begin(writer)
    mof = make_agency()
    response = post(writer, draft, "agencies", topic="health", agencies=[mof.pk])
    draft.refresh_from_db()
    assert (response.status_code, draft.agency_ids) == (302, [mof.pk])


def test_an_agency_of_another_government_is_refused(writer: SignedIn) -> None:
    draft = begin(writer, jurisdiction="taipei")
    response = post(
        writer, draft, "agencies", topic="health", deciding="named", agencies=[make_agency().pk]
    )
    draft.refresh_from_db()
    assert (response.status_code, draft.agency_ids) == (422, [])


def test_at_most_three_agencies(writer: SignedIn) -> None:
    draft = begin(writer)
    ids = [make_agency(f"第{n}部", f"agency-{n}").pk for n in range(4)]
    response = post(writer, draft, "agencies", topic="health", deciding="named", agencies=ids)
    draft.refresh_from_db()
    assert response.status_code == 422
    assert body(response).count("checked") >= 4
    assert (draft.topic, draft.agency_ids) == ("health", [])


def test_naming_agencies_and_leaving_the_choice_contradict_each_other(writer: SignedIn) -> None:
    draft = begin(writer)
    response = writer.post(
        url(draft, "agencies", "/en"),
        {
            "step": "agencies",
            "topic": "health",
            "deciding": "administrator",
            "agencies": [make_agency().pk],
        },
    )
    assert response.status_code == 422
    assert "also left the choice to the administrator" in body(response)


# Similar proposals


@pytest.mark.parametrize("typed", ["報稅系統", "報稅軟體", "報稅軟體介面", "ＡＰＰ報稅"])
def test_similar_proposals_follow_the_subject_without_javascript(
    writer: SignedIn, typed: str
) -> None:
    number = accept_one(
        file_one(subject="財政部應該重新設計所得稅報稅軟體，讓每個人都會用")
    ).case.number
    draft = begin(writer)
    response = post(writer, draft, "subject", subject=typed + "要改")
    assert response["Location"] == url(draft, "similar")
    page = body(writer.get(url(draft, "similar")))
    assert f"/proposals/{number}/" in page
    assert "5,000" in page  # its progress


def test_a_two_character_word_is_found_while_typing(writer: SignedIn) -> None:
    accept_one(file_one(subject="財政部應該重新設計所得稅報稅軟體，讓每個人都會用"))
    page = body(writer.post("/propose/similar/", {"subject": "報稅"}))
    assert "報稅軟體" in page
    assert "<html" not in page


@pytest.mark.parametrize(
    "typed", ["台北車站", "臺北車站", "臺北車站　ＹｏｕＢｉｋｅ", "台北車站youbike"]
)
def test_variant_and_full_width_forms_are_found(writer: SignedIn, typed: str) -> None:
    accept_one(file_one(subject="臺北車站東三門增設 YouBike 停車格"))
    assert "東三門" in body(writer.post("/propose/similar/", {"subject": typed}))


def test_only_public_proposals_are_shown(writer: SignedIn) -> None:
    file_one(subject="還沒檢核的報稅提議內容")
    withdrawn = file_one(subject="檢核前就撤回的報稅提議")
    by = make_staff(Role.CHECKER)
    assert by
    actions.withdraw(
        proposal_id=withdrawn.pk,
        reason="想清楚再提一次",
        by=writer_of(withdrawn.proposer_id),
        at=DAY0,
    )
    assert "報稅提議" not in body(writer.post("/propose/similar/", {"subject": "報稅"}))


def test_nothing_similar_goes_straight_on(writer: SignedIn) -> None:
    draft = begin(writer, subject="讓海豚也有健保卡")
    assert writer.get(url(draft, "similar"))["Location"] == url(draft, "content")


def test_what_was_seen_while_typing_is_not_shown_again(writer: SignedIn) -> None:
    number = accept_one(file_one(subject="重新設計所得稅報稅軟體")).case.number
    draft = begin(writer)
    seen = post(writer, draft, "subject", subject="報稅軟體要看得懂", seen=[number])
    forged = post(writer, draft, "subject", subject="報稅軟體要看得懂", seen=["2020-000001"])
    assert seen["Location"] == url(draft, "content")
    assert forged["Location"] == url(draft, "similar")


def test_similar_takes_four_queries(
    writer: SignedIn, django_assert_max_num_queries: object
) -> None:
    for n in range(4):
        accept_one(file_one(subject=f"重新設計所得稅報稅軟體之{n}"))
    with django_assert_max_num_queries(4):  # type: ignore[operator]
        page = body(Client().post("/propose/similar/", {"subject": "報稅軟體"}))
    assert page.count('class="proposal-card"') == 4


@pytest.mark.parametrize("typed", ["", " ", "!!!", "的" * 5000])
def test_similar_of_next_to_nothing_is_nothing(writer: SignedIn, typed: str) -> None:
    accept_one(file_one(subject="重新設計所得稅報稅軟體"))
    response = writer.post("/propose/similar/", {"subject": typed})
    assert response.status_code == 200
    assert "proposal-card" not in body(response)


def writer_of(person_id: int | None) -> object:
    from minben.people.queries import user_by_id
    from tests.factories import actor

    return actor(user_by_id(person_id or 0))


def pause(*, starts: int, days: int) -> None:
    ey = RuleSet.objects.filter(jurisdiction__code="ey").values_list("jurisdiction_id", flat=True)
    actions.declare_pause(
        jurisdiction_id=ey[0],
        starts_at=DAY0 + starts * DAY,
        ends_at=DAY0.replace(hour=16) + (days + 1) * DAY,
        reason_zh="選舉期間",
        reason_en="Election period",
        source="選舉公告",
        by=make_staff(Role.ADMINISTRATOR),
        at=DAY0,
    )
