"""The acts of discussion; its only writers."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.db import IntegrityError, transaction

from minben.audit.actions import record
from minben.casework.permissions import require
from minben.discussion.models import Comment, Report, StoredFile, Thread
from minben.discussion.rules import COMMENT_MAX, REASON_MAX, HideGround, Side, hide_reason_fault
from minben.discussion.uploads import path_of
from minben.discussion.visibility import Sight, sight_of
from minben.kernel.actor import ANONYMOUS, Actor, Role
from minben.kernel.refusal import Refusal
from minben.operations.rules import Service
from minben.operations.switches import refuse_if_stopped
from minben.people import queries as people


def open_thread(*, by: Actor, at: datetime) -> Thread:
    """Open an empty thread; its owner records the act that needed it."""
    return Thread.objects.create()


def open_threads(*, closed_at: Sequence[datetime | None], by: Actor, at: datetime) -> list[Thread]:
    """Open a thread for each given closing time, in order; None leaves it open."""
    return Thread.objects.bulk_create(Thread(closed_at=closes) for closes in closed_at)


@transaction.atomic
def reopen_thread(
    *, thread_id: int, until: datetime, by: Actor, at: datetime, case_id: int | None = None
) -> None:
    """Take comments until `until` (exclusive), whether the thread was closed or not.

    It closes of itself: whoever writes at that instant or later is refused ``thread_closed``.
    """
    thread = Thread.objects.select_for_update().get(pk=thread_id)
    thread.closed_at = until
    thread.save(update_fields=["closed_at"])
    record(
        "discussion.reopened",
        by=by,
        at=at,
        subject=f"thread:{thread.pk}",
        case_id=case_id,
        data={"until": until.isoformat()},
    )


@transaction.atomic
def comment(
    *, thread_id: int, side: Side, body: str, by: Actor, at: datetime, case_id: int | None = None
) -> Comment:
    """Say something for or against. Commenting asks for the same confirmation as endorsing."""
    refuse_if_stopped(Service.CREATING)
    thread = Thread.objects.select_for_update().get(pk=thread_id)
    if not by.verified:
        raise Refusal("verification_required")
    if thread.closed_at is not None and thread.closed_at <= at:
        raise Refusal("thread_closed")
    text = body.strip()
    if not text:
        raise Refusal("comment_empty", field="body")
    if len(text) > COMMENT_MAX:
        raise Refusal("comment_too_long", field="body", limit=COMMENT_MAX)
    author = people.user_of(by)
    written = Comment.objects.create(
        thread=thread, side=side, author=author, author_name=author.public_name, body=text, at=at
    )
    record(
        "discussion.commented",
        by=by,
        at=at,
        subject=f"comment:{written.pk}",
        case_id=case_id,
        data={"side": side},
    )
    return written


@transaction.atomic
def hide_comment(
    *, comment_id: int, ground: HideGround, reason: str, by: Actor, at: datetime
) -> Comment:
    """Withhold a comment's text; ground and reason are shown in its place."""
    hidden = Comment.objects.select_for_update().get(pk=comment_id)
    require(by, Role.CHECKER, Role.ADMINISTRATOR)
    if hidden.hidden_at:
        raise Refusal("comment_hidden_already")
    _refuse_own(hidden, by)
    if ground not in set(HideGround):
        raise Refusal("comment_ground_unknown", field="ground")
    if code := hide_reason_fault(reason):
        raise Refusal(code, field="reason", limit=REASON_MAX)
    hidden.hidden_at, hidden.hidden_by = at, by.id
    hidden.hide_ground, hidden.hide_reason = ground, reason.strip()
    hidden.save()
    _settle(hidden, by, at)
    record(
        "discussion.comment_hidden",
        by=by,
        at=at,
        subject=f"comment:{hidden.pk}",
        data={"ground": ground, "reason": hidden.hide_reason},
    )
    return hidden


@transaction.atomic
def restore_comment(*, comment_id: int, by: Actor, at: datetime) -> Comment:
    """Show a hidden comment again."""
    shown = Comment.objects.select_for_update().get(pk=comment_id)
    require(by, Role.CHECKER, Role.ADMINISTRATOR)
    if not shown.hidden_at:
        raise Refusal("comment_not_hidden")
    _refuse_own(shown, by)
    shown.hidden_at, shown.hidden_by, shown.hide_ground, shown.hide_reason = None, "", "", ""
    shown.save()
    record("discussion.comment_restored", by=by, at=at, subject=f"comment:{shown.pk}")
    return shown


@transaction.atomic
def report_comment(*, comment_id: int, reason: str, by: Actor, at: datetime) -> Report:
    """Ask a moderator to look; a person reports a comment once."""
    reported = Comment.objects.get(pk=comment_id)
    if not by.verified:
        raise Refusal("verification_required")
    if not 1 <= len(reason.strip()) <= 300:
        raise Refusal("report_reason", field="reason")
    try:
        with transaction.atomic():
            report = Report.objects.create(
                comment=reported, reporter_id=by.person_id or 0, reason=reason.strip(), at=at
            )
    except IntegrityError as error:
        raise Refusal("reported_already") from error
    record("discussion.comment_reported", by=by, at=at, subject=f"comment:{reported.pk}")
    return report


@transaction.atomic
def dismiss_reports(*, comment_id: int, by: Actor, at: datetime) -> int:
    """A moderator looked and leaves the comment as it is; returns how many reports that settles."""
    require(by, Role.CHECKER, Role.ADMINISTRATOR)
    looked_at = Comment.objects.select_for_update().get(pk=comment_id)
    _refuse_own(looked_at, by)
    settled = _settle(looked_at, by, at)
    record("discussion.reports_dismissed", by=by, at=at, subject=f"comment:{comment_id}")
    return settled


def _refuse_own(about: Comment, by: Actor) -> None:
    """Nobody moderates what they said themselves."""
    if about.author_id == by.person_id:
        raise Refusal("comment_own")


def _settle(about: Comment, by: Actor, at: datetime) -> int:
    return Report.objects.filter(comment=about, settled_at=None).update(
        settled_at=at, settled_by=by.id
    )


@transaction.atomic
def keep_file(
    *, sha256: str, name: str, media_type: str, size: int, by: Actor, at: datetime
) -> StoredFile:
    """Register a checked and stored file; the same one again is the same row."""
    kept, fresh = StoredFile.objects.get_or_create(
        owner_id=by.person_id,
        sha256=sha256,
        defaults={"name": name, "media_type": media_type, "size": size, "at": at},
    )
    if fresh:
        record("discussion.file_kept", by=by, at=at, subject=f"file:{kept.pk}")
    return kept


def forget_person(*, person_id: int, keep_comments: bool, by: Actor, at: datetime) -> None:
    """Take a person's name off what they said, and destroy what nobody else needs.

    The text of their comments goes too, unless they leave it; hidden text goes in any case. Open
    reports stay for the moderators, without the words. Files go that no public proposal shows.
    """
    said = Comment.objects.filter(author_id=person_id)
    gone = said.filter(hidden_at__isnull=False) if keep_comments else said
    gone.filter(removed_at=None).update(removed_at=at, body="", author_name="")
    said.update(author_name="")
    Report.objects.filter(reporter_id=person_id).update(reason="")
    forgotten = []
    for kept in StoredFile.objects.filter(owner_id=person_id):
        if sight_of([kept], ANONYMOUS, at) is not Sight.PUBLIC:
            forgotten.append(kept.sha256)
            kept.delete()
    transaction.on_commit(partial(_drop_bytes, forgotten))


def _drop_bytes(forgotten: Sequence[str]) -> None:
    """Delete files from the disk, but for those somebody else uploaded as well."""
    needed = StoredFile.objects.filter(sha256__in=forgotten).values_list("sha256", flat=True)
    for sha256 in set(forgotten) - set(needed):
        path_of(sha256).unlink(missing_ok=True)
