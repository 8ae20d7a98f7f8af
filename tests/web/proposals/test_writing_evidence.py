"""Evidence beside a draft: links, a video and files, and who may see them afterwards."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from minben.discussion.models import StoredFile
from minben.kernel.actor import Role
from minben.proposals import actions
from minben.proposals.models import Draft, Proposal
from tests.factories import DAY, DAY0, accept_one, make_staff
from tests.web.conftest import SignedIn
from tests.web.proposals.writing import begin, body, photo, post, url, whole

pytestmark = pytest.mark.django_db
At = Callable[..., AbstractContextManager[None]]
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n"


@pytest.fixture(autouse=True)
def _day_one(at_instant: At, settings: object, tmp_path: Path) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    with at_instant(DAY0 + DAY):
        yield


@pytest.fixture
def writer(citizen_client: Callable[..., SignedIn]) -> SignedIn:
    return citizen_client()


def evidence(draft: Draft) -> dict[str, list[dict[str, str]]]:
    draft.refresh_from_db()
    return draft.evidence


def brought(writer: SignedIn, draft: Draft, *files: SimpleUploadedFile) -> list[str]:
    """Upload files; returns their addresses."""
    post(writer, draft, "evidence", uploads=list(files or [photo()]))
    return [f"/files/{one['sha256']}/{one['name']}" for one in evidence(draft)["files"]]


def test_links_and_a_video_are_saved_without_empty_rows(writer: SignedIn) -> None:
    draft = begin(writer)
    response = post(
        writer,
        draft,
        "evidence",
        title_0="研究報告",
        url_0="https://example.org/report",
        url_3="www.example.org.tw/news?id=3",
        video="http://video.example.org/v/1",
    )
    assert response["Location"] == url(draft, "agencies")
    assert evidence(draft) == {
        "links": [
            {"title": "研究報告", "url": "https://example.org/report"},
            {"title": "", "url": "https://www.example.org.tw/news?id=3"},
        ],
        "video": "http://video.example.org/v/1",
        "files": [],
    }


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "ftp://example.org/x",
        "https://bank.example@evil.example/",
        "https://[::1",
        "https://exa mple.org/a b",
        "看報告",
    ],
)
def test_what_is_no_web_address_is_refused_and_stays_typed(writer: SignedIn, address: str) -> None:
    draft = begin(writer)
    data = {
        "step": "evidence",
        "go": "next",
        "url_0": "https://example.org/sound",
        "url_2": address,
        "video": address,
    }
    response = writer.post(url(draft, "evidence", "/en"), data)
    page = body(response)
    assert response.status_code == 422
    assert page.count("Give a full web address that begins with http:// or https://.") == 4
    assert 'id="id_url_2_error"' in page
    assert 'id="id_video_error"' in page
    assert f'href="{address}"' not in page
    assert [link["url"] for link in evidence(draft)["links"]] == ["https://example.org/sound"]


def test_a_title_without_an_address_is_not_thrown_away(writer: SignedIn) -> None:
    draft = begin(writer)
    response = post(writer, draft, "evidence", title_1="忘了貼網址")
    assert response.status_code == 422
    assert "忘了貼網址" in body(response)


def test_a_title_may_have_sixty_characters(writer: SignedIn) -> None:
    draft = begin(writer)
    response = writer.post(
        url(draft, "evidence", "/en"),
        {"step": "evidence", "title_0": "題" * 61, "url_0": "https://example.org"},
    )
    assert "The title of a link has at most 60 characters." in body(response)
    assert 'id="id_title_0_error"' in body(response)


def test_forged_links_beyond_the_five_rows_are_not_read(writer: SignedIn) -> None:
    draft = begin(writer)
    data = {f"url_{n}": f"https://example.org/{n}" for n in range(9)}
    post(writer, draft, "evidence", **data)
    assert len(evidence(draft)["links"]) == 5


def test_files_are_kept_shown_and_taken_away(writer: SignedIn) -> None:
    draft = begin(writer)
    document = SimpleUploadedFile("報告 書.PDF", PDF, content_type="text/html")
    response = post(writer, draft, "evidence", go="upload", uploads=[photo(), document])
    assert response["Location"] == url(draft, "evidence") + "#files"
    files = evidence(draft)["files"]
    assert [(one["name"], one["media_type"]) for one in files] == [
        ("路口.jpg", "image/jpeg"),
        ("報告_書.pdf", "application/pdf"),
    ]
    page = body(writer.get(url(draft, "evidence")))
    assert "路口.jpg" in page
    first = files[0]["sha256"]
    typed = {"title_0": "新打的", "url_0": "https://example.org/new"}
    assert post(writer, draft, "evidence", remove=first, **typed).status_code == 302
    assert [one["name"] for one in evidence(draft)["files"]] == ["報告_書.pdf"]
    assert evidence(draft)["links"][0]["title"] == "新打的"


def test_pressing_enter_never_removes_a_file(writer: SignedIn) -> None:
    draft = begin(writer)
    brought(writer, draft)
    page = body(writer.get(url(draft, "evidence")))
    form = page[page.index('<form class="form"') :]
    first = form[form.index("<button") :]
    assert 'value="next"' in first[: first.index(">")]


def test_a_file_that_lies_is_named_and_the_true_one_stays(writer: SignedIn) -> None:
    draft = begin(writer)
    lie = SimpleUploadedFile("假照片.jpg", b"<html><script>alert(1)</script>", "image/jpeg")
    response = writer.post(
        url(draft, "evidence", "/en"),
        {
            "step": "evidence",
            "url_0": "https://example.org/typed",
            "uploads": [lie, photo("真.jpg")],
        },
    )
    page = body(response)
    assert response.status_code == 415
    assert "假照片.jpg is no JPEG, PNG or WebP picture and no PDF" in page
    assert 'id="id_uploads_error"' in page
    assert "真.jpg" in page
    assert [one["name"] for one in evidence(draft)["files"]] == ["真.jpg"]
    assert StoredFile.objects.count() == 1


def test_a_file_that_is_too_large(writer: SignedIn) -> None:
    draft = begin(writer)
    large = SimpleUploadedFile("大.pdf", PDF + b" " * 10_000_000)
    response = writer.post(url(draft, "evidence", "/en"), {"step": "evidence", "uploads": large})
    assert response.status_code == 413
    assert "大.pdf is larger than 10 MB." in body(response)
    assert not evidence(draft).get("files")


def test_at_most_five_files(writer: SignedIn) -> None:
    draft = begin(writer)
    shades = ("#111", "#222", "#333", "#444", "#555", "#666", "#777")
    files = [photo(f"{n}.jpg", shade) for n, shade in enumerate(shades)]
    response = writer.post(url(draft, "evidence", "/en"), {"step": "evidence", "uploads": files})
    assert response.status_code == 422
    assert body(response).count("At most 5 files.") == 2
    assert len(evidence(draft)["files"]) == 5


def test_saving_while_typing_leaves_files_alone(writer: SignedIn) -> None:
    draft = begin(writer)
    brought(writer, draft)
    data = {"step": "evidence", "url_0": "https://example.org", "files": "[]", "uploads": "x"}
    writer.post(url(draft, "save"), data)
    assert len(evidence(draft)["files"]) == 1


def test_the_same_picture_twice_is_one_file(writer: SignedIn) -> None:
    draft = begin(writer)
    assert len(brought(writer, draft, photo("a.jpg"), photo("b.jpg"))) == 1


def test_more_than_anything_we_take_is_not_even_read(writer: SignedIn) -> None:
    draft = begin(writer)
    address = url(draft, "evidence")
    response = writer.generic(
        "POST",
        address,
        b"--b--",
        content_type="multipart/form-data; boundary=b",
        CONTENT_LENGTH="200000000",
    )
    assert response.status_code == 400


# Serving


def test_a_picture_is_shown_with_headers_that_let_nothing_run(writer: SignedIn) -> None:
    (address,) = brought(writer, begin(writer))
    response = writer.get(address)
    assert response.status_code == 200
    assert b"".join(response.streaming_content).startswith(b"\xff\xd8")  # type: ignore[attr-defined]
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Disposition"].startswith("inline; filename*=utf-8''")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "private, max-age=31536000, immutable"


def test_a_pdf_is_a_download(writer: SignedIn) -> None:
    (address,) = brought(writer, begin(writer), SimpleUploadedFile("x.html", PDF))
    response = writer.get(address)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="x.pdf"'


def test_a_file_of_a_draft_is_its_authors_own(
    writer: SignedIn, citizen_client: Callable[..., SignedIn]
) -> None:
    (address,) = brought(writer, begin(writer))
    assert citizen_client().get(address).status_code == 404
    assert Client().get(address).status_code == 404


def test_a_file_nobody_refers_to_any_more_is_not_found(writer: SignedIn) -> None:
    draft = begin(writer)
    (address,) = brought(writer, draft)
    post(writer, draft, "evidence", remove=address.split("/")[2])
    assert writer.get(address).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/files/" + "0" * 64 + "/a.jpg",
        "/files/..%2f..%2fetc/passwd",
        "/files/" + "g" * 64 + "/a.jpg",
    ],
)
def test_files_that_are_not_there(writer: SignedIn, address: str) -> None:
    assert writer.get(address).status_code == 404


def test_another_name_is_another_address(writer: SignedIn) -> None:
    (address,) = brought(writer, begin(writer))
    assert writer.get(address.rsplit("/", 1)[0] + "/invoice.exe").status_code == 404


def test_bytes_that_are_gone_are_not_found(writer: SignedIn, tmp_path: Path) -> None:
    (address,) = brought(writer, begin(writer))
    sha256 = address.split("/")[2]
    (tmp_path / sha256[:2] / sha256).unlink()
    assert writer.get(address).status_code == 404


def filed_with_file(writer: SignedIn) -> tuple[Proposal, str]:
    draft = whole(writer)
    (address,) = brought(writer, draft)
    return actions.file_proposal(draft_id=draft.pk, by=writer.actor, at=DAY0 + DAY), address


def test_a_file_becomes_public_with_its_proposal(
    writer: SignedIn, staff_client: Callable[..., SignedIn]
) -> None:
    proposal, address = filed_with_file(writer)
    assert Client().get(address).status_code == 404
    assert writer.get(address).status_code == 200
    assert staff_client(Role.CHECKER).get(address).status_code == 200
    accept_one(proposal, DAY0 + DAY)
    response = Client().get(address)
    assert response.status_code == 200
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Set-Cookie" not in response


@pytest.mark.parametrize(("ground", "seen"), [("court_case", 200), ("infringes_rights", 404)])
def test_a_hidden_proposals_file_is_withheld_where_the_ground_demands_it(
    writer: SignedIn, ground: str, seen: int
) -> None:
    proposal, address = filed_with_file(writer)
    checker = make_staff(Role.CHECKER)
    actions.take_up_check(proposal_id=proposal.pk, by=checker, at=DAY0 + DAY)
    actions.hide(
        proposal_id=proposal.pk,
        ground=ground,
        reason="依規定不予公開附議",
        by=checker,
        at=DAY0 + DAY,
    )
    assert Client().get(address).status_code == seen
    assert writer.get(address).status_code == 200
