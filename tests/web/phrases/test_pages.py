"""Templates in the browser: kept by their owners, and inserted without saving anything."""

from collections.abc import Callable
from typing import Any

import pytest

from minben.answering.models import Plan, Post
from minben.audit.models import Event
from minben.casework.models import Extension, Response
from minben.demands.models import DraftText
from minben.kernel.actor import Role
from minben.people.models import Agency
from minben.phrases import actions, queries
from minben.phrases.models import Phrase
from minben.phrases.rules import Kind
from minben.proposals.models import Proposal
from tests.db.answering.scenes import AT, answer, reached_one
from tests.db.demands.scene import NOW as SPLIT_AT
from tests.db.demands.scene import assigned, scene
from tests.db.refused.by_phrases import add
from tests.factories import make_agency, make_staff
from tests.web.conftest import SignedIn
from tests.web.desk.conftest import queries_of

pytestmark = pytest.mark.django_db
LIST = "/en/desk/phrases/"
BLOCKS = ("analysis", "deliberation", "adoption_reason", "follow_up")


@pytest.fixture
def agency() -> Agency:
    return make_agency()


@pytest.fixture
def officer(
    staff_client: Callable[..., SignedIn], agency: Agency, at_instant: Callable[..., Any]
) -> Any:
    client = staff_client(Role.OFFICER, agency)
    with at_instant(AT):
        yield client


def typed(client: SignedIn, **changes: str) -> Any:
    owner = str(next(iter(client.actor.agency_ids), "platform"))
    words = {"owner": owner, "kind": "plan", "title": "開場", "text": "本案將邀{場次}。"}
    return client.post(f"{LIST}new/", words | changes)


def pages(proposal: Proposal) -> dict[str, tuple[Kind, str]]:
    """Each page with a field templates are inserted into."""
    number = proposal.case.number
    return {
        f"/en/desk/responses/{number}/": (Kind.ANSWER, "analysis"),
        f"/en/desk/responses/{number}/extend/": (Kind.EXTENSION, "reason"),
        f"/en/desk/cases/{number}/plan/": (Kind.PLAN, "summary"),
    }


def test_one_is_added_read_changed_and_retired(officer: SignedIn) -> None:
    assert "There is no template yet" in officer.get(LIST).content.decode()
    assert typed(officer)["Location"] == LIST
    page = officer.get(LIST).content.decode()
    made = Phrase.objects.get()
    assert "開場" in page
    assert f'href="{LIST}{made.pk}/"' in page
    one = f"{LIST}{made.pk}/"
    assert "本案將邀{場次}。" in officer.get(one).content.decode()
    changed = officer.post(one, {"revision": 1, "title": "開場", "text": "改過的文字。"})
    assert changed["Location"] == one
    page = officer.get(one).content.decode()
    assert "Version 2" in page
    assert "本案將邀{場次}。" in page
    assert officer.post(f"{one}retire/")["Location"] == LIST
    assert "開場" not in officer.get(LIST).content.decode()
    page = officer.get(one).content.decode()
    assert "It is offered no more" in page
    assert "<textarea" not in page


def test_what_was_typed_is_kept_beside_what_is_wrong_with_it(officer: SignedIn) -> None:
    refused = typed(officer, title="")
    assert refused.status_code == 422
    assert "本案將邀{場次}。" in refused.content.decode()
    assert typed(officer, text="字" * 4001).status_code == 422
    assert typed(officer, owner="platform").status_code == 422
    assert not Phrase.objects.exists()


def test_who_changes_what_somebody_else_changed_sees_both(officer: SignedIn) -> None:
    typed(officer)
    made = Phrase.objects.get()
    one = f"{LIST}{made.pk}/"
    officer.post(one, {"revision": 1, "title": "開場", "text": "甲的文字。"})
    refused = officer.post(one, {"revision": 1, "title": "開場", "text": "乙的文字。"})
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "甲的文字。" in page
    assert "乙的文字。" in page
    assert 'name="revision" value="2"' in page
    assert queries.versions_of(made.pk)[0].text == "甲的文字。"
    officer.post(one, {"revision": 2, "title": "開場", "text": "乙的文字。"})
    assert queries.versions_of(made.pk)[0].text == "乙的文字。"


def test_an_agencys_are_its_own_and_the_platforms_are_read_by_all(
    officer: SignedIn, staff_client: Callable[..., SignedIn]
) -> None:
    typed(officer)
    theirs = Phrase.objects.get()
    admin = staff_client(Role.ADMINISTRATOR)
    other = staff_client(Role.LEAD, make_agency("交通部", "motc"))
    for client in (admin, other):
        assert client.get(f"{LIST}{theirs.pk}/").status_code == 403
        assert client.post(f"{LIST}{theirs.pk}/retire/").status_code == 403
        assert "開場" not in client.get(LIST).content.decode()
    assert typed(admin, title="平臺開場").status_code == 302
    shared = Phrase.objects.get(agency=None)
    page = officer.get(f"{LIST}{shared.pk}/").content.decode()
    assert "平臺開場" in page
    assert "<textarea" not in page
    words = {"revision": 1, "title": "開場", "text": "改"}
    assert officer.post(f"{LIST}{shared.pk}/", words).status_code == 403
    assert officer.post(f"{LIST}{shared.pk}/retire/").status_code == 403
    for role in (Role.CHECKER, Role.PARTICIPATION):
        own = make_agency() if role is Role.PARTICIPATION else None
        assert staff_client(role, own).get(LIST).status_code == 403


def test_it_stands_below_what_was_typed_and_nothing_is_saved(
    officer: SignedIn, agency: Agency
) -> None:
    proposal = reached_one()
    for page, (kind, field) in pages(proposal).items():
        made = add(officer.actor, agency.pk, kind, text="{agency}就{number}答覆，{場次}另行公告。")
        assert f'<option value="{made.pk}">' in officer.get(page).content.decode()
        before = Event.objects.count()
        given = {"revision": 0, field: "已經寫的字", "insert": field, f"phrase_{field}": made.pk}
        answer_ = officer.post(page, given | {"until": "2026-06-30", "office": "第一科"})
        shown = answer_.content.decode()
        assert answer_.status_code == 200, page
        told = f"已經寫的字\n\n財政部就{proposal.case.number}答覆，{{場次}}另行公告。</textarea>"
        assert told in shown, page
        assert "Nothing is saved yet" in shown
        assert "Still to be filled in: {場次}" in shown
        assert "ds-error-summary" not in shown
        assert Event.objects.count() == before
    assert 'value="第一科"' in shown
    assert not Response.objects.exists()
    assert not Extension.objects.exists()
    assert not Plan.objects.exists()


def test_the_day_it_is_due_is_told_in_the_language_of_the_text(
    officer: SignedIn, agency: Agency
) -> None:
    proposal = reached_one()
    page = f"/en/desk/responses/{proposal.case.number}/extend/"
    for text, told in (("於{due}前", "日（週"), ("by {due}", " 2026</textarea>")):
        made = add(officer.actor, agency.pk, Kind.EXTENSION, text=text)
        shown = officer.post(page, {"insert": "reason", "phrase_reason": made.pk}).content.decode()
        assert told in shown
        assert "{due}" not in shown


def test_reports_take_them_as_well(officer: SignedIn, agency: Agency) -> None:
    proposal = reached_one()
    answer(proposal, officer.actor)
    made = add(officer.actor, agency.pk, Kind.REPORT, text="截至本日，{subject}辦理如下。")
    given = {"kind": "progress", "done": "甲", "insert": "ahead", "phrase_ahead": made.pk}
    shown = officer.post(f"/en/desk/cases/{proposal.case.number}/posts/", given).content.decode()
    assert f"截至本日，{proposal.subject}辦理如下。</textarea>" in shown
    assert ">\n甲</textarea>" in shown
    assert not Post.objects.exists()


def test_drafts_on_demands_take_them_as_well(
    staff_client: Callable[..., SignedIn], at_instant: Callable[..., Any]
) -> None:
    one = scene()
    [row] = assigned(one, "增設行人庇護島")
    client = staff_client(Role.OFFICER, one.agency)
    made = add(client.actor, one.agency.pk, Kind.DEMAND, text="本{agency}就{number}，於{due}前。")
    page = f"/en/desk/demands/{row.pk}/"
    given = {"revision": 0, "reason": "理由", "insert": "reason", "phrase_reason": made.pk}
    with at_instant(SPLIT_AT):
        assert 'name="phrase_follow_up"' in client.get(page).content.decode()
        shown = client.post(page, given).content.decode()
    assert f"理由\n\n本財政部就{one.proposal.case.number}，於2026年5月" in shown
    assert "ds-error-summary" not in shown
    assert not DraftText.objects.exists()


def test_only_what_is_offered_is_inserted(officer: SignedIn, agency: Agency) -> None:
    proposal = reached_one()
    other = make_agency("交通部", "motc")
    foreign = add(make_staff(Role.OFFICER, other), other.pk, text="他機關的文字")
    elsewhere = add(officer.actor, agency.pk, Kind.PLAN, text="處理規劃的文字")
    retired = add(officer.actor, agency.pk, text="停用的文字")
    actions.retire_phrase(phrase_id=retired.pk, by=officer.actor, at=AT)
    page = f"/en/desk/responses/{proposal.case.number}/"
    assert "Insert a template" not in officer.get(page).content.decode()
    for wanted in (foreign.pk, elsewhere.pk, retired.pk, "", "abc", 10**30):
        given = {"revision": 0, "analysis": "我的字", "insert": "analysis"}
        refused = officer.post(page, given | {"phrase_analysis": wanted})
        shown = refused.content.decode()
        assert refused.status_code == 422
        assert "Choose a template from the list" in shown  # phrase_not_offered
        assert "我的字</textarea>" in shown
        assert "的文字" not in shown
    own = add(officer.actor, agency.pk)
    for field in ("revision", "adoption", "nothing", ""):
        given = {"revision": 0, "insert": field, f"phrase_{field}": own.pk}
        assert officer.post(page, given).status_code == 422
    assert not Response.objects.exists()


def test_every_block_of_the_answer_has_its_own_choice(officer: SignedIn, agency: Agency) -> None:
    add(officer.actor, agency.pk)
    shown = officer.get(f"/en/desk/responses/{reached_one().case.number}/").content.decode()
    for block in BLOCKS:
        assert f'name="phrase_{block}"' in shown
        assert f'name="insert" value="{block}"' in shown


def test_enter_in_a_line_is_still_the_act_of_the_form(officer: SignedIn, agency: Agency) -> None:
    """The first button of a form is the one that Enter stands for."""
    proposal = reached_one()
    for page, (kind, _) in pages(proposal).items():
        add(officer.actor, agency.pk, kind)
        shown = officer.get(page).content.decode()
        form = shown[shown.index('<form class="form"') :]
        first = form[form.index('type="submit"') :].split(">")[0]
        assert "insert" not in first, page


def test_many_templates_ask_no_more_often(officer: SignedIn, agency: Agency) -> None:
    proposal = reached_one()
    for page, (kind, _) in {**pages(proposal), LIST: (Kind.PLAN, "")}.items():
        add(officer.actor, agency.pk, kind)
        officer.get(page)
        few = queries_of(lambda page=page: officer.get(page))  # type: ignore[misc]
        for _ in range(5):
            add(officer.actor, agency.pk, kind)
        assert queries_of(lambda page=page: officer.get(page)) == few <= 12  # type: ignore[misc]
