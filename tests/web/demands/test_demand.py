"""One demand on the desk, in the browser: draft, clearance, decision, correction."""

from collections.abc import Callable

import pytest
from django.utils import translation

from minben.demands import actions
from minben.demands.inboxes import _waiting
from minben.demands.models import ClearanceAct, Demand, Disposition, DraftText
from minben.kernel.actor import Role
from tests.db.demands.scene import NOW, REASON, Scene, answered, assigned, clear, draft
from tests.db.demands.scene import split as split_of
from tests.factories import make_staff
from tests.web.conftest import SignedIn
from tests.web.desk.conftest import queries_of

pytestmark = pytest.mark.django_db
STAFF = Callable[..., SignedIn]
MINE, THEIRS = f"甲案。{REASON}", f"乙案。{REASON}"


@pytest.fixture
def row(one: Scene) -> Demand:
    return assigned(one, "增設行人庇護島")[0]


def path(row: Demand, act: str = "") -> str:
    return f"/en/desk/demands/{row.pk}/{act}"


def words(revision: int, reason: str = REASON, **more: object) -> dict[str, object]:
    return {"revision": revision, "adoption": "adopted", "reason": reason, "follow_up": ""} | more


def test_a_draft_is_saved_with_gaps_and_shown_again(row: Demand, officer: SignedIn) -> None:
    assert officer.get(path(row)).status_code == 200
    officer.post(path(row), words(0, "可行\r\n但須評估", adoption=""))
    text = DraftText.objects.get()
    assert (text.reason, text.adoption, text.revision) == ("可行\n但須評估", "", 1)
    page = officer.get(path(row)).content.decode()
    assert ">\n可行\n但須評估</textarea>" in page
    assert 'name="revision" value="1"' in page


def test_what_is_too_long_comes_back_whole(row: Demand, officer: SignedIn) -> None:
    answer = officer.post(path(row), words(0, "理" * 6001))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "The reason has at most 6000 characters." in page
    assert "理" * 6001 in page
    assert not DraftText.objects.exists()


def test_the_second_writer_sees_both_texts_and_loses_neither(
    one: Scene, row: Demand, officer: SignedIn
) -> None:
    draft(row, one.officer, reason=MINE)
    answer = officer.post(path(row), words(0, THEIRS))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody saved this draft while you were writing" in page
    assert "平臺訴求處理規則" in page
    assert f"<p>{MINE}</p>" in page
    assert f">\n{THEIRS}</textarea>" in page
    assert 'name="revision" value="1"' in page
    kept = DraftText.objects.get(aside=True)
    assert (kept.reason, kept.by) == (THEIRS, officer.actor.id)
    page = officer.get(path(row)).content.decode()  # also whoever only looks finds it
    assert "Kept beside the draft" in page
    assert THEIRS in page
    officer.post(path(row), words(1, f"{MINE}{THEIRS}"))
    assert DraftText.objects.get(revision=2).reason == f"{MINE}{THEIRS}"
    assert "Kept beside the draft" not in officer.get(path(row)).content.decode()


def test_a_demand_without_agency_says_so(one: Scene, officer: SignedIn) -> None:
    [bare] = split_of(one, "增設行人庇護島")
    page = officer.get(path(bare)).content.decode()
    assert "no agency is responsible for this demand" in page
    assert "<textarea" not in page
    answer = officer.post(path(bare, "dispose/"), {"revision": 0})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Name one first" in page
    assert "公共政策網路參與實施要點" in page


def test_a_draft_goes_through_clearance_to_the_decision(
    one: Scene, row: Demand, officer: SignedIn, staff_client: STAFF
) -> None:
    officer.post(path(row), words(0))
    officer.post(path(row, "hand-in/"), {"revision": 1, "legal": "on"})
    assert "Section head" in officer.get(path(row)).content.decode()
    own = officer.get(path(row)).content.decode()
    assert "You wrote this text" in own
    for role, name in (
        (Role.OFFICER, "section_head"),
        (Role.OFFICER, "legal"),
        (Role.LEAD, "lead"),
    ):
        reader = staff_client(role, one.agency)
        assert f'name="step" value="{name}"' in reader.get(path(row)).content.decode()
        told = {"revision": 1, "step": name, "outcome": "approved", "note": ""}
        assert reader.post(path(row, "clear/"), told).status_code == 302
    officer.post(path(row, "dispose/"), {"revision": 1})
    row.refresh_from_db()
    assert row.state == "disposed"
    page = officer.get(path(row)).content.decode()
    assert "Decided; public with the final answer" in page
    answer = officer.post(path(row, "take-back/"), {"why": "變"})
    assert answer.status_code == 422
    assert ">\n變</textarea>" in answer.content.decode()
    officer.post(path(row, "take-back/"), {"why": "經費有變，須重議。"})
    row.refresh_from_db()
    assert row.state == "open"


def test_returning_needs_a_note_which_comes_back(
    one: Scene, row: Demand, officer: SignedIn
) -> None:
    draft(row, one.officer)
    actions.hand_in(demand_id=row.pk, revision=1, legal=False, by=one.officer, at=NOW)
    told = {"revision": 1, "step": "section_head", "outcome": "returned", "note": "改"}
    answer = officer.post(path(row, "clear/"), told)
    assert answer.status_code == 422
    assert ">\n改</textarea>" in answer.content.decode()
    officer.post(path(row, "clear/"), told | {"note": "請補充經費來源。"})
    assert ClearanceAct.objects.get(outcome="returned").note == "請補充經費來源。"
    assert "請補充經費來源。" in officer.get(path(row)).content.decode()
    answer = officer.post(path(row, "clear/"), told | {"step": "minister", "note": "請補充。"})
    assert answer.status_code == 422


def test_an_incomplete_draft_is_not_handed_in(row: Demand, officer: SignedIn) -> None:
    officer.post(path(row), words(0, "可行"))
    answer = officer.post(path(row, "hand-in/"), {"revision": 1})
    assert answer.status_code == 422
    assert "Give the reason in at least 20 characters" in answer.content.decode()
    assert officer.post(path(row, "hand-in/"), {}).status_code == 422


def test_a_published_disposition_is_corrected_with_a_reason(one: Scene, officer: SignedIn) -> None:
    [row] = answered(one, "adopted")
    assert REASON in officer.get(path(row, "correct/")).content.decode()
    told = {
        "number": 1,
        "adoption": "not_adopted",
        "reason": THEIRS,
        "follow_up": "",
        "because": "",
    }
    answer = officer.post(path(row, "correct/"), told)
    assert answer.status_code == 422
    assert f">\n{THEIRS}</textarea>" in answer.content.decode()
    assert officer.post(path(row, "correct/"), told | {"because": "數字有誤"}).status_code == 422
    officer.post(path(row, "correct/"), told | {"because": "原列數字有誤。"})
    assert Disposition.objects.get(number=2).because == "原列數字有誤。"
    answer = officer.post(path(row, "correct/"), told | {"because": "原列數字有誤。"})
    assert answer.status_code == 409
    assert f">\n{THEIRS}</textarea>" in answer.content.decode()


def test_what_is_not_published_is_not_corrected(row: Demand, officer: SignedIn) -> None:
    assert officer.get(path(row, "correct/")).status_code == 409


def test_who_reads_a_draft_and_who_does_not(
    one: Scene, row: Demand, officer: SignedIn, staff_client: STAFF
) -> None:
    draft(row, one.officer)
    actions.assign_demand(demand_id=row.pk, agency_id=one.other.pk, by=one.officer, at=NOW)
    page = officer.get(path(row)).content.decode()  # the agency that leads reads
    assert REASON in page
    assert "<textarea" not in page
    assert officer.post(path(row), words(1, THEIRS)).status_code == 403
    participation = staff_client(Role.PARTICIPATION, one.other)
    assert participation.get(path(row)).status_code == 200
    assert participation.post(path(row, "hand-in/"), {"revision": 1}).status_code == 403
    third = staff_client(
        Role.OFFICER,
        type(one.other).objects.create(
            code="moi", jurisdiction=one.other.jurisdiction, name_zh="內政部"
        ),
    )
    assert third.get(path(row)).status_code == 403
    assert third.get(path(row, "correct/")).status_code == 403
    for act in ("hand-in/", "clear/", "dispose/", "take-back/"):
        assert third.post(path(row, act)).status_code == 403
    assert staff_client(Role.ADMINISTRATOR).get(path(row)).status_code == 200
    assert staff_client(Role.CHECKER).get(path(row)).status_code == 403


def test_the_statements_of_a_demand_do_not_grow_with_its_history(
    one: Scene, row: Demand, officer: SignedIn
) -> None:
    draft(row, one.officer)
    officer.get(path(row))
    few = queries_of(lambda: officer.get(path(row)))
    for revision in range(1, 6):
        draft(row, one.officer, revision=revision, reason=f"第{revision}案。{REASON}")
    clear(one, row, revision=6)
    assert queries_of(lambda: officer.get(path(row))) <= few
    assert few <= 16


def waiting(client: SignedIn) -> dict[str, list[tuple[str, str]]]:
    """What waits for somebody: by for whom it waits, the tasks and what hinders them."""
    found: dict[str, list[tuple[str, str]]] = {}
    with translation.override("zh-hant"):
        for item in _waiting(client.actor, NOW):
            found.setdefault(item.waits.value, []).append((str(item.task), str(item.hindrance)))
    return found


def test_what_waits_for_whom(one: Scene, officer: SignedIn, staff_client: STAFF) -> None:
    lead = staff_client(Role.LEAD, one.agency)
    theirs = staff_client(Role.OFFICER, one.other)
    first, second, third = split_of(one)
    for row, agency in ((first, one.agency), (second, one.other)):
        actions.assign_demand(demand_id=row.pk, agency_id=agency.pk, by=one.officer, at=NOW)
    assert waiting(officer) == {
        "me": [("擬辦第 1 項訴求", "")],
        "others": [("擬辦第 2 項訴求", "交通部 · 擬稿")],
        "blocked": [("第 3 項訴求", "尚未指定權責機關。")],
    }
    assert waiting(theirs) == {"me": [("擬辦第 2 項訴求", "")]}
    draft(first, officer.actor)
    actions.hand_in(demand_id=first.pk, revision=1, legal=False, by=officer.actor, at=NOW)
    assert waiting(officer)["others"][0] == (
        "第 1 項訴求擬稿待核稿",
        "財政部 · 核稿（科室主管）",
    )
    assert waiting(lead)["me"] == [("第 1 項訴求擬稿待核稿", "")]
    actions.drop_demand(demand_id=third.pk, why="提議並未要求。", by=one.officer, at=NOW)
    assert "blocked" not in waiting(officer)
    assert waiting(staff_client(Role.CHECKER)) == {}


def test_what_waits_is_asked_in_two_statements(
    one: Scene, officer: SignedIn, django_assert_num_queries: Callable[..., object]
) -> None:
    assigned(one)
    other = make_staff(Role.PARTICIPATION, one.agency)
    with django_assert_num_queries(2):  # type: ignore[attr-defined]
        items = list(_waiting(officer.actor, NOW))
    assert [item.due_at for item in items] == [one.proposal.response_due_at] * 3
    assert list(_waiting(other, NOW)) == []
