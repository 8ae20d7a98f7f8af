"""The public page of the demands and its twin: for everybody, and the acts of the petitioner."""

from collections.abc import Callable

import pytest
from django.test import Client

from minben.demands import actions
from minben.demands.models import Correction, SplitVersion
from minben.demands.rules import CorrectionKind
from tests.db.demands.scene import NOW, REASON, Scene, answered, close, propose, scene, split
from tests.factories import DAY, file_one
from tests.web.conftest import SignedIn
from tests.web.desk.conftest import queries_of

pytestmark = pytest.mark.django_db
CITIZEN = Callable[..., SignedIn]


def path(one: Scene, act: str = "") -> str:
    return f"/en/cases/{one.proposal.case.number}/demands/{act}"


def publish(one: Scene) -> None:
    split(one)
    actions.publish_split(case_id=one.case_id, by=one.officer, at=NOW)


CORRECTION = {
    "version": 1,
    "kind": "reword",
    "demand": "1",
    "text": "增設無障礙的庇護島",
    "why": "原提議第二段如此寫。",
}


def test_before_a_split_the_page_says_so(one: Scene, client: Client) -> None:
    split(one)
    page = client.get(path(one)).content.decode()
    assert "The case is not split into demands yet" in page
    assert "增設行人庇護島" not in page


def test_everybody_reads_the_split(one: Scene, client: Client, citizen_client: CITIZEN) -> None:
    publish(one)
    for reader in (client, citizen_client()):
        page = reader.get(path(one)).content.decode()
        assert "增設行人庇護島" in page
        assert "Not answered yet" in page
        assert "I agree with the split" not in page
        assert "Publish my correction" not in page


def test_a_case_that_is_not_public_has_no_page(now: object, client: Client) -> None:
    number = file_one().case.number
    assert client.get(f"/en/cases/{number}/demands/").status_code == 404
    assert client.get(f"/api/v1/cases/{number}/demands").status_code == 404
    assert client.get("/en/cases/2026-999999/demands/").status_code == 404


def test_the_petitioner_agrees(one: Scene, petitioner: SignedIn) -> None:
    publish(one)
    assert "I agree with the split" in petitioner.get(path(one)).content.decode()
    petitioner.post(path(one, "agree/"), {"version": "1"})
    agreed = SplitVersion.objects.get().agreed_at
    assert agreed
    assert NOW <= agreed < NOW + DAY
    page = petitioner.get(path(one)).content.decode()
    assert "The proposer agreed with this version on" in page
    assert "Publish my correction" not in page
    assert petitioner.post(path(one, "agree/"), {"version": "1"}).status_code == 409
    assert petitioner.post(path(one, "agree/"), {"version": "½"}).status_code == 409


def test_the_petitioner_corrects_and_everybody_reads_it(
    one: Scene, petitioner: SignedIn, client: Client
) -> None:
    publish(one)
    assert petitioner.post(path(one, "correct/"), CORRECTION).status_code == 302
    page = client.get(path(one)).content.decode()
    assert "增設無障礙的庇護島" in page
    assert "原提議第二段如此寫。" in page
    made = Correction.objects.get()
    actions.answer_correction(
        correction_id=made.pk, taken=False, answer="原文並無此句。", by=one.officer, at=NOW + DAY
    )
    page = client.get(path(one)).content.decode()
    assert "Not taken over." in page
    assert "原文並無此句。" in page


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"kind": ""}, "This field is required."),
        ({"text": "燈"}, "how the demand should read"),
        ({"why": "無"}, "Say why in 5 to 500 characters"),
        ({"demand": ""}, "Choose the demand that should be corrected"),
        ({"demand": "99"}, "Select a valid choice"),
    ],
)
def test_a_correction_that_is_refused_comes_back_whole(
    one: Scene, petitioner: SignedIn, change: dict[str, str], sentence: str
) -> None:
    publish(one)
    told = CORRECTION | change
    answer = petitioner.post(path(one, "correct/"), told)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert f">\n{told['text']}</textarea>" in page
    assert f">\n{told['why']}</textarea>" in page
    assert not Correction.objects.exists()


def test_nobody_else_corrects(one: Scene, client: Client, citizen_client: CITIZEN) -> None:
    publish(one)
    for act in ("agree/", "correct/"):
        answer = client.post(path(one, act), CORRECTION)
        assert answer.status_code == 302
        assert "login" in answer["Location"]
        answer = citizen_client().post(path(one, act), CORRECTION)
        assert answer.status_code == 403
        assert "Only whoever brought the proposal" in answer.content.decode()


def test_after_its_time_the_page_says_until_when_it_was(
    one: Scene, petitioner: SignedIn, at_instant: Callable[..., object]
) -> None:
    publish(one)
    with at_instant(NOW + 9 * DAY):  # type: ignore[attr-defined]
        page = petitioner.get(path(one)).content.decode()
        assert "could correct it until the end of" in page
        assert "12 March 2026" in page
        answer = petitioner.post(path(one, "correct/"), CORRECTION)
        assert answer.status_code == 409
        assert "The time for corrections ended with 2026-03-12" in answer.content.decode()


def test_dispositions_corrections_and_versions_are_all_readable(one: Scene, client: Client) -> None:
    rows = answered(one, "adopted", "under_study")
    page = client.get(path(one)).content.decode()
    assert page.count(REASON) == 2
    assert "For the case as a whole:" in page
    close(one)
    actions.correct_disposition(
        demand_id=rows[0].pk,
        adoption="not_adopted",
        reason=f"經再查明，{REASON}",
        follow_up="",
        because="原列經費數字有誤。",
        number=1,
        by=one.officer,
        at=NOW,
    )
    page = client.get(path(one)).content.decode()
    assert "Corrected; what it said before" in page
    assert "原列經費數字有誤。" in page
    assert "<ins>經再查明，</ins>" in page


def test_versions_are_compared(one: Scene, client: Client) -> None:
    publish(one)
    made = propose(one, kind=CorrectionKind.SUPERFLUOUS, number=3, text="")
    actions.answer_correction(
        correction_id=made.pk, taken=True, answer="確非提議原意。", by=one.officer, at=NOW
    )
    actions.publish_split(case_id=one.case_id, note="依提議者更正", by=one.officer, at=NOW)
    page = client.get(path(one)).content.decode()
    assert "Earlier versions of the split" in page
    assert "依提議者更正" in page
    assert "<del>路口加裝照明</del>" in page


def test_the_handling_page_tells_the_same(one: Scene, client: Client) -> None:
    handling = f"/en/cases/{one.proposal.case.number}/"
    assert "what becomes of it" not in client.get(handling).content.decode()
    answered(one, "adopted", "not_adopted")
    page = client.get(handling).content.decode()
    assert "What is asked for, and what becomes of it" in page
    assert page.count(REASON) == 2
    assert f'href="{path(one)}"' in page


def test_the_twin_tells_it_to_machines(one: Scene, client: Client) -> None:
    api = f"/api/v1/cases/{one.proposal.case.number}/demands"
    assert client.get(api).json() == {
        "number": one.proposal.case.number,
        "version": None,
        "published_at": None,
        "corrections_until": None,
        "agreed_at": None,
        "adoption": None,
        "demands": [],
        "corrections": [],
    }
    answered(one, "adopted", "not_adopted")
    propose(one, kind=CorrectionKind.MISSING, number=None, text="路口加強取締")
    assert f'href="{api}"' in client.get(path(one)).content.decode()
    told = client.get(api).json()
    assert (told["version"], told["adoption"]) == (1, "partly_adopted")
    assert told["corrections_until"]["last_day"] == "2026-03-12"
    assert [one["text"] for one in told["demands"]] == ["增設行人庇護島", "延長行人綠燈秒數"]
    [first] = told["demands"][0]["dispositions"]
    assert (first["adoption"], first["reason"]) == ("adopted", REASON)
    assert first["agency"] == {"zh": "財政部", "en": "MOF", "code": "mof"}
    [correction] = told["corrections"]
    assert (correction["kind"], correction["demand"], correction["taken"]) == (
        "missing",
        None,
        None,
    )
    assert set(correction) == {
        "version",
        "demand",
        "kind",
        "text",
        "why",
        "at",
        "taken",
        "answer",
    }
    assert one.petitioner.nickname not in str(told)


def test_the_statements_of_the_page_do_not_grow(one: Scene, client: Client) -> None:
    answered(one, "adopted")
    client.get(path(one))
    few = queries_of(lambda: client.get(path(one)))
    many = scene()
    answered(many, "adopted", "not_adopted", "under_study")
    client.get(path(many))
    assert queries_of(lambda: client.get(path(many))) == few
    assert few <= 9
