"""What the pages of writing share: the draft itself, and the way through its steps (共用)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise

from minben.base.access import Request
from minben.kernel.refusal import Refusal
from minben.proposals import queries
from minben.proposals.labels import STEP_LABELS
from minben.proposals.models import Draft

ORDER: Sequence[str] = tuple(STEP_LABELS)
_FIELD_STEPS = {"topic": "agencies"}


@dataclass(frozen=True, slots=True)
class StepLink:
    """A step one may go to."""

    label: str | Promise
    url: str


def with_draft(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Hand the view the reader's own draft in place of its id.

    One that was submitted leads to what became of it; somebody else's, or none, is refused alike.
    """

    @wraps(view)
    def wrapper(request: Request, draft_id: UUID, **more: Any) -> HttpResponseBase:
        draft = queries.draft_of(draft_id, request.actor)
        if draft is not None:
            return view(request, draft, **more)
        if queries.filed_from(draft_id, request.actor):
            return redirect("proposals:draft_step", draft_id, "done")
        raise Refusal("not_your_draft")

    return wrapper


def step_url(draft_id: UUID, step: str) -> str:
    """The address of a step."""
    return reverse("proposals:draft_step", args=[draft_id, step])


def step_of(field: str | None) -> str:
    """The step on which a field is asked for; empty for what is asked nowhere."""
    step = _FIELD_STEPS.get(field or "", field or "")
    return step if step in ORDER else ""


def after(step: str, by: int = 1) -> str:
    """The step that follows (or precedes) `step`; the ends stay."""
    return ORDER[min(max(ORDER.index(step) + by, 0), len(ORDER) - 1)]


def way(draft: Draft, step: str) -> dict[str, Any]:  # Any: template context
    """The steps with their addresses, and where `step` stands among them."""
    return {
        "draft": draft,
        "step": step,
        "label": STEP_LABELS[step],
        "steps": [StepLink(label, step_url(draft.pk, code)) for code, label in STEP_LABELS.items()],
        "number": ORDER.index(step) + 1,
        "total": len(ORDER),
    }
