"""What the tests of writing share: a draft on its way, and files to put beside it."""

import io
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from PIL import Image

from minben.proposals import actions
from minben.proposals.models import Draft
from tests.factories import DAY0, make_agency
from tests.web.conftest import SignedIn

WHOLE: Mapping[str, Any] = {
    "subject": "讓報稅軟體看得懂",
    "content": "每年報稅都看不懂畫面上的說明，請找真正的使用者來試用，再重新安排流程與文字。",
    "benefits": "看得懂的人變多，打電話求助的人變少。",
    "topic": "tax-finance",
}


def begin(client: SignedIn, jurisdiction: str = "ey", **changes: object) -> Draft:
    """A draft of the client's person, with `changes` saved."""
    draft = actions.begin_draft(jurisdiction_code=jurisdiction, by=client.actor, at=DAY0)
    if changes:
        actions.save_draft(draft_id=draft.pk, changes=changes, by=client.actor, at=DAY0)
    return draft


def whole(client: SignedIn) -> Draft:
    """A draft that lacks nothing."""
    return begin(client, **WHOLE, agency_ids=[make_agency().pk])


def url(draft: Draft | UUID, step: str, language: str = "") -> str:
    """The address of a step."""
    return f"{language}/propose/{draft.pk if isinstance(draft, Draft) else draft}/{step}/"


def post(client: SignedIn, draft: Draft, step: str, **data: Any) -> HttpResponse:
    """Press a button of a step; "Continue" unless `go` or `remove` says otherwise."""
    pressed = {} if "remove" in data else {"go": "next"}
    return client.post(url(draft, step), {"step": step, **pressed, **data})  # type: ignore[return-value]


def body(response: HttpResponse) -> str:
    """The page as text."""
    return response.content.decode()


def photo(name: str = "路口.jpg", shade: str = "#284") -> SimpleUploadedFile:
    """A small true picture."""
    made = io.BytesIO()
    Image.new("RGB", (60, 40), shade).save(made, "JPEG")
    return SimpleUploadedFile(name, made.getvalue(), content_type="image/jpeg")
