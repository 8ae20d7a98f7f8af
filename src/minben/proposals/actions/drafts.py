"""Writing a draft (草稿) and opening it for co-drafting (協作討論)."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from minben.audit.actions import record
from minben.casework import queries as casework
from minben.casework.permissions import require
from minben.discussion import actions as discussion
from minben.kernel.actor import Actor, Role
from minben.kernel.periods import end_of, local_day
from minben.kernel.refusal import Refusal
from minben.operations.rules import Service
from minben.operations.switches import refuse_if_stopped
from minben.people import queries as people
from minben.proposals.models import TOPICS, Draft, Proposal
from minben.proposals.rules import link_fault

CODRAFT_DAYS_MAX = 60
_TEXTS = {"subject": 200, "content": 20_000, "benefits": 20_000}


@transaction.atomic
def begin_draft(*, jurisdiction_code: str, by: Actor, at: datetime) -> Draft:
    """Begin a draft for one government; refuses where no rules are in force."""
    refuse_if_stopped(Service.CREATING)
    if by.person_id is None:
        raise Refusal("sign_in_required")
    rule_set = casework.rule_set_in_force(jurisdiction_code, at)
    draft = Draft.objects.create(
        author_id=by.person_id, jurisdiction=rule_set.jurisdiction, created_at=at, saved_at=at
    )
    record("proposals.draft_begun", by=by, at=at, subject=f"draft:{draft.pk}")
    return draft


def own_draft(draft_id: UUID, by: Actor) -> Draft:
    """Lock and return a draft of the actor's own; refuses anybody else."""
    draft = (
        Draft.objects.select_for_update(of=("self",), no_key=True)
        .select_related("jurisdiction")
        .filter(pk=draft_id)
        .first()
    )
    if draft is None or draft.author_id != by.person_id:
        raise Refusal("not_your_draft")
    if draft.thread_id and Proposal.objects.filter(codrafting=draft).exists():
        raise Refusal("draft_filed")  # kept for its discussion, and no longer being written
    return draft


@transaction.atomic
def save_draft(
    *,
    draft_id: UUID,
    changes: Mapping[str, Any],
    by: Actor,
    at: datetime,  # Any: form values
) -> Draft:
    """Save what was typed, whole or not: a draft may be unfinished, so lengths are not judged.

    `changes` may hold subject, content, benefits, topic, agency_ids, agencies_chosen, evidence.
    Only what can never be right is refused: links that are no web address, unknown topics and
    agencies, and texts there is no room for. Files are added and taken away by acts of their own. Saving what is saved already
    writes nothing, for a form saves itself every few seconds.
    """
    draft = own_draft(draft_id, by)
    before = _state_of(draft)
    for name, most in _TEXTS.items():
        if name in changes:
            if len(str(changes[name])) > most:  # refused and not cut: nothing typed is lost
                raise Refusal("field_too_long", field=name, limit=most)
            setattr(draft, name, str(changes[name]))
    if "topic" in changes:
        if changes["topic"] not in ("", *TOPICS):
            raise Refusal("topic_unknown", field="topic")
        draft.topic = changes["topic"]
    if "agency_ids" in changes:
        draft.agency_ids = _agency_ids(changes["agency_ids"], draft, at)
        draft.agencies_chosen = True
    if "evidence" in changes:
        draft.evidence = _evidence(changes["evidence"], draft, at)
    if _state_of(draft) == before:
        return draft
    draft.saved_at = at
    draft.save()
    record("proposals.draft_saved", by=by, at=at, subject=f"draft:{draft.pk}")
    return draft


def _state_of(draft: Draft) -> tuple[object, ...]:
    return (
        *(getattr(draft, name) for name in _TEXTS),
        draft.topic,
        list(draft.agency_ids),
        draft.agencies_chosen,
        draft.evidence,
    )


def _agency_ids(given: Sequence[int], draft: Draft, at: datetime) -> list[int]:
    ids = list(dict.fromkeys(given))
    most = casework.rule_set_in_force(draft.jurisdiction.code, at).rules.max_agencies
    if len(ids) > most:
        raise Refusal("too_many_agencies", field="agencies", most=most)
    if len(people.agencies_by_id(ids, draft.jurisdiction_id)) != len(ids):
        raise Refusal("agency_unknown", field="agencies")
    return ids


def _evidence(given: Mapping[str, Any], draft: Draft, at: datetime) -> dict[str, Any]:
    limits = casework.rule_set_in_force(draft.jurisdiction.code, at).rules.limits
    # A title without an address is refused too, rather than thrown away.
    links = [
        {"title": link.get("title", "").strip(), "url": link.get("url", "").strip()}
        for link in given.get("links", [])
        if link.get("url", "").strip() or link.get("title", "").strip()
    ]
    if len(links) > limits["links"]:
        raise Refusal("too_many_links", field="links", limit=limits["links"])
    for position, link in enumerate(links):
        if code := link_fault(link["title"], link["url"], limits):
            raise Refusal(code, field=f"link_{position}", limit=limits["link_title"])
    video = given.get("video", "").strip()
    if video and (code := link_fault("", video, limits)):
        raise Refusal(code, field="video")
    files = list(given.get("files", draft.evidence.get("files", [])))
    return {"links": links, "video": video, "files": files}


@transaction.atomic
def open_codrafting(*, draft_id: UUID, days: int, by: Actor, at: datetime) -> Draft:
    """Open a draft to the public for `days` days, so that others help with the wording.

    It ends with the last of these days, counted from the next one.
    """
    refuse_if_stopped(Service.CREATING)
    draft = own_draft(draft_id, by)
    if not 1 <= days <= CODRAFT_DAYS_MAX:
        raise Refusal("codrafting_days", field="days", most=CODRAFT_DAYS_MAX)
    if draft.codraft_until and draft.codraft_until > at:
        raise Refusal("codrafting_open_already")
    if not draft.subject.strip():
        raise Refusal("field_empty", field="subject")
    draft.codraft_from = at
    draft.codraft_until = end_of(local_day(at) + timedelta(days=days))
    draft.thread = draft.thread or discussion.open_thread(by=by, at=at)
    draft.save(update_fields=["codraft_from", "codraft_until", "thread"])
    record(
        "proposals.codrafting_opened",
        by=by,
        at=at,
        subject=f"draft:{draft.pk}",
        data={"until": draft.codraft_until.isoformat()},
    )
    return draft


@transaction.atomic
def discard_draft(*, draft_id: UUID, by: Actor, at: datetime) -> None:
    """Delete a draft of one's own for good."""
    draft = own_draft(draft_id, by)
    draft.delete()
    record("proposals.draft_discarded", by=by, at=at, subject=f"draft:{draft_id}")


@transaction.atomic
def tell_history(
    *, draft_id: UUID, history: Sequence[Mapping[str, str]], by: Actor, at: datetime
) -> None:
    """Add the dated facts of what became of a co-drafting; the platform's own act."""
    require(by, Role.ADMINISTRATOR)
    draft = Draft.objects.select_for_update(of=("self",), no_key=True).get(pk=draft_id)
    draft.history = [dict(fact) for fact in history]
    draft.save(update_fields=["history"])
    record("proposals.history_told", by=by, at=at, subject=f"draft:{draft.pk}")
