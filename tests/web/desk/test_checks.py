"""The check in the browser: queue, lock, accept, hide, and everything that is refused."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from minben.audit.models import Event
from minben.kernel.actor import Role
from minben.notify.models import Notice
from minben.proposals.models import Check, Proposal
from tests.factories import DAY, DAY0, accept_one, file_one, make_agency
from tests.web.conftest import SignedIn
from tests.web.desk.conftest import NOW, hide_one

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
STAFF = Callable[..., SignedIn]
REASON = "與附議中的另一件提議內容相同，請加入該提議。"


@pytest.fixture
def checker(staff_client: STAFF) -> SignedIn:
    return staff_client(Role.CHECKER)


@pytest.fixture
def held(checker: SignedIn) -> Proposal:
    """A proposal this checker has taken up."""
    proposal = file_one(agencies=(make_agency(),))
    assert act(checker, proposal, "take-up").status_code == 302
    return proposal


def act(client: SignedIn, proposal: Proposal, name: str = "", **data: Any) -> Any:
    return client.post(f"/desk/checks/{proposal.case.number}/{name and name + '/'}", data)


def screen(client: SignedIn, proposal: Proposal, name: str = "") -> str:
    answer = client.get(f"/desk/checks/{proposal.case.number}/{name and name + '/'}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_queue_is_ordered_by_due_time_and_marks_the_late(
    checker: SignedIn, at_instant: Callable[[datetime], Any]
) -> None:
    late = file_one(subject="先提出的這一件", at=DAY0)
    soon = file_one(subject="後提出的這一件", at=DAY0 + 3 * DAY)
    with at_instant(DAY0 + 4 * DAY):
        page = checker.get("/desk/checks/").content.decode()
    assert page.index(late.subject) < page.index(soon.subject)
    assert 'data-urgency="overdue"' in page
    assert "2 件待檢核" in page


def test_the_queue_has_pages(checker: SignedIn) -> None:
    for _ in range(26):
        file_one()
    assert checker.get("/desk/checks/").content.decode().count('class="desk-item"') == 25
    second = checker.get("/desk/checks/?page=2").content.decode()
    assert second.count('class="desk-item"') == 1
    assert checker.get("/desk/checks/?page=nonsense").status_code == 200


def test_an_empty_queue_says_so(checker: SignedIn) -> None:
    assert "沒有待檢核的提議" in checker.get("/desk/checks/").content.decode()


def test_taking_up_shows_others_who_holds_it(
    checker: SignedIn, held: Proposal, staff_client: STAFF
) -> None:
    assert "檢核通過…" in screen(checker, held)
    other = staff_client(Role.CHECKER)
    page = screen(other, held)
    assert checker.user.nickname in page
    assert "檢核通過…" not in page
    answer = act(other, held, "take-up")
    assert answer.status_code == 423
    assert "12:30" in answer.content.decode()  # NOW is noon in Taipei
    assert Check.objects.get(proposal=held).locked_by_id == checker.user.pk


def test_a_lock_that_ran_out_is_free(
    checker: SignedIn, held: Proposal, staff_client: STAFF, at_instant: Callable[[datetime], Any]
) -> None:
    with at_instant(NOW + timedelta(minutes=31)):
        other = staff_client(Role.CHECKER)
        assert "開始檢核" in screen(other, held)
        assert act(other, held, "take-up").status_code == 302
        answer = act(checker, held, "hide", ground="unclear_or_private", reason=REASON)
    assert answer.status_code == 423
    assert REASON in answer.content.decode()


def test_giving_back_frees_it(checker: SignedIn, held: Proposal, staff_client: STAFF) -> None:
    other = staff_client(Role.CHECKER)
    act(other, held, "give-back")
    assert Check.objects.get(proposal=held).locked_by_id == checker.user.pk
    assert act(checker, held, "give-back")["Location"] == "/desk/checks/"
    assert Check.objects.get(proposal=held).locked_by_id is None
    assert act(other, held, "take-up").status_code == 302


def test_accepting_opens_the_window_on_the_next_day(checker: SignedIn, held: Proposal) -> None:
    assert "2026年3月3日" in screen(checker, held, "accept")
    answer = act(checker, held, "accept")
    assert answer["Location"] == "/desk/checks/"
    held.refresh_from_db()
    assert held.state == "endorsing"
    assert "2026年3月3日" in checker.get("/desk/checks/").content.decode()


def test_accepting_and_hiding_ask_for_the_lock(checker: SignedIn) -> None:
    free = file_one()
    for name in ("accept", "hide"):
        assert checker.get(f"/desk/checks/{free.case.number}/{name}/").status_code == 302
    assert act(checker, free, "accept").status_code == 423
    answer = act(checker, free, "hide", ground="unclear_or_private", reason=REASON)
    assert answer.status_code == 423
    assert REASON in answer.content.decode()
    free.refresh_from_db()
    assert free.state == "checking"


def test_hiding_records_ground_and_reason_and_tells_the_proposer(
    checker: SignedIn, held: Proposal
) -> None:
    page = screen(checker, held, "hide")
    assert page.count('name="ground"') == 13
    assert page.count("內容不公開</span>") == 3
    act(checker, held, "hide", ground="illegal_content", reason=REASON)
    check = Check.objects.get(proposal=held)
    assert (check.accepted, check.ground, check.withheld) == (False, "illegal_content", True)
    assert check.reason == REASON
    assert Notice.objects.filter(kind="proposals.hidden").exists()


def test_a_duplicate_is_advised_to_join_and_nobody_is_moved(
    checker: SignedIn, held: Proposal
) -> None:
    target = accept_one(file_one(subject=f"{held.subject}並延長秒數"))
    page = screen(checker, held, "hide")
    assert f'value="{target.pk}"' in page
    assert f'/proposals/{target.case.number}/"' in screen(checker, held)
    act(checker, held, "hide", ground="duplicate_open", reason=REASON, merge_into=target.pk)
    check = Check.objects.get(proposal=held)
    assert check.merge_into_id == target.pk
    target.refresh_from_db()
    assert target.endorsed == 0


def test_a_target_counts_only_where_the_ground_advises_joining(
    checker: SignedIn, held: Proposal
) -> None:
    target = accept_one(file_one(subject=f"{held.subject}並延長秒數"))
    act(checker, held, "hide", ground="virtual", reason=REASON, merge_into=target.pk)
    assert Check.objects.get(proposal=held).merge_into_id is None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ground": ""}, "ground"),
        ({"ground": "i_do_not_like_it"}, "ground"),
        ({"reason": ""}, "reason"),
        ({"reason": "  短  "}, "reason"),
        ({"reason": "長" * 1001}, "reason"),
        ({"ground": "duplicate_open"}, "merge_into"),
        ({"ground": "duplicate_open", "merge_into": "987654"}, "merge_into"),
        ({"merge_into": "drop table"}, "merge_into"),
    ],
)
def test_bad_input_is_told_beside_its_field_and_nothing_typed_is_lost(
    checker: SignedIn, held: Proposal, changes: dict[str, str], field: str
) -> None:
    data = {"ground": "unclear_or_private", "reason": REASON} | changes
    answer = act(checker, held, "hide", **data)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f'id="id_{field}_error"' in page
    assert data["reason"].strip() in page
    held.refresh_from_db()
    assert held.state == "checking"


def test_line_breaks_of_browsers_do_not_count_twice(checker: SignedIn, held: Proposal) -> None:
    act(checker, held, "hide", ground="virtual", reason="一行\r\n" * 333)
    assert Check.objects.get(proposal=held).accepted is False


def test_what_is_decided_is_decided_once(
    checker: SignedIn, held: Proposal, staff_client: STAFF
) -> None:
    hide_one(held, checker.actor)
    assert act(checker, held, "accept").status_code == 409
    assert act(checker, held, "take-up").status_code == 409
    answer = act(checker, held, "hide", ground="virtual", reason=REASON)
    assert answer.status_code == 409
    assert REASON in answer.content.decode()
    assert Event.objects.filter(kind="proposals.hidden").count() == 1
    page = screen(staff_client(Role.CHECKER), held)
    assert "檢核後隱藏" in page
    assert "開始檢核" not in page


def test_nobody_checks_a_proposal_of_their_own(checker: SignedIn) -> None:
    own = file_one(checker.user)
    page = screen(checker, own)
    assert "這是您自己的提議" in page
    assert "開始檢核" not in page
    for name in ("take-up", "accept"):
        assert act(checker, own, name).status_code == 403
    assert act(checker, own, "hide", ground="virtual", reason=REASON).status_code == 403
    own.refresh_from_db()
    assert own.state == "checking"


def test_an_administrator_reads_along_and_does_not_decide(staff_client: STAFF) -> None:
    proposal = file_one()
    admin = staff_client(Role.ADMINISTRATOR)
    page = screen(admin, proposal)
    assert "開始檢核" not in page
    assert act(admin, proposal, "take-up").status_code == 403


def test_the_checker_who_holds_it_names_the_agencies(
    checker: SignedIn, held: Proposal, staff_client: STAFF
) -> None:
    mof, motc = make_agency(), make_agency("交通部", "motc")
    url = f"/desk/cases/{held.case.number}/agencies/"
    data = {"agency_0": motc.pk, "agency_1": mof.pk, "agency_2": ""}
    assert staff_client(Role.CHECKER).post(url, data).status_code == 423
    assert checker.post(url, data)["Location"] == f"/desk/checks/{held.case.number}/"
    held.case.refresh_from_db()
    assert held.case.agency_names == ["交通部", "財政部"]
    assert held.case.lead_id == motc.pk


def test_evidence_is_shown_and_a_dangerous_link_is_not(checker: SignedIn, held: Proposal) -> None:
    Proposal.objects.filter(pk=held.pk).update(
        evidence={
            "links": [
                {"title": "統計", "url": "https://example.org/a"},
                {"title": "壞連結", "url": "javascript:alert(1)"},
            ],
            "files": [{"sha256": "a" * 64, "name": "照片.jpg", "media_type": "image/jpeg"}],
        },
        content="<script>alert(1)</script>",
    )
    page = screen(checker, held)
    assert 'href="https://example.org/a"' in page
    assert "照片.jpg" in page
    assert "javascript:" not in page
    assert "<script>alert" not in page
