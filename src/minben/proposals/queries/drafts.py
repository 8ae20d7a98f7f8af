"""Drafts, one's own and those open to the public (草稿與協作討論)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from minben.audit import queries as audit
from minben.kernel.actor import Actor
from minben.proposals.models import Draft, Proposal
from minben.proposals.words import Bilingual


@dataclass(frozen=True, slots=True)
class Fact:
    """A dated fact of what became of a co-drafting. A year alone where the day is not known."""

    day: date | None
    year: int
    text: Bilingual
    source: str


def _unfiled() -> QuerySet[Draft]:
    filed = Proposal.objects.filter(codrafting=OuterRef("pk"))
    return Draft.objects.filter(~Exists(filed)).select_related("jurisdiction")


def drafts_of(actor: Actor) -> Sequence[Draft]:
    """What somebody is writing, last saved first. One query."""
    return list(_unfiled().filter(author_id=actor.person_id))


def draft_of(draft_id: UUID, actor: Actor) -> Draft | None:
    """One draft of the actor's own that is not submitted yet. One query."""
    return _unfiled().filter(pk=draft_id, author_id=actor.person_id).first()


def filed_from(draft_id: UUID, actor: Actor) -> Proposal | None:
    """The proposal that somebody's draft became, with its case. Two queries.

    Most drafts are deleted when they are submitted; the record remembers which they were.
    """
    event = audit.latest("proposals.draft_filed", f"draft:{draft_id}")
    if event is None or event.case_id is None or event.actor != actor.id:
        return None
    rows = Proposal.objects.select_related("case__rule_set", "case__jurisdiction")
    return rows.filter(case_id=event.case_id).first()


def codrafts(at: datetime, *, running: bool) -> QuerySet[Draft]:
    """Drafts open for co-drafting at `at`, soonest to end first; or those that were, newest first.

    One that was submitted and then hidden with its content withheld is left out.
    """
    rows = Draft.objects.filter(codraft_until__isnull=False).select_related("jurisdiction")
    rows = rows.filter(~Exists(_withheld(OuterRef("pk"))))
    if running:
        return rows.filter(codraft_until__gt=at).order_by("codraft_until", "created_at")
    return rows.filter(codraft_until__lte=at).order_by("-codraft_until", "created_at")


def codraft(draft_id: UUID) -> Draft | None:
    """A draft that is or was open for co-drafting, with its author. One query."""
    rows = Draft.objects.filter(~Exists(_withheld(OuterRef("pk"))), thread__isnull=False)
    return rows.select_related("jurisdiction", "author").filter(pk=draft_id).first()


def became(draft: Draft) -> Proposal | None:
    """The proposal a co-drafting became, if any, with its case. One query."""
    return Proposal.objects.select_related("case").filter(codrafting=draft).first()


def history_of(draft: Draft) -> list[Fact]:
    """The facts told of a draft, in the order they are told. No query."""
    return [_fact(told) for told in draft.history]


def _fact(told: Mapping[str, str]) -> Fact:
    day = date.fromisoformat(told["date"])
    return Fact(
        day=None if told.get("precision") == "year" else day,
        year=day.year,
        text=Bilingual(told["zh"], told.get("en", "")),
        source=told.get("source", ""),
    )


def _withheld(draft_id: OuterRef) -> QuerySet[Proposal]:
    return Proposal.objects.filter(
        Q(check_record__withheld=True), codrafting=draft_id, state="hidden"
    )
