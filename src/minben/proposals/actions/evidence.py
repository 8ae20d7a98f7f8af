"""Files beside a draft (佐證檔案): added one by one, and taken away again."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from minben.audit.actions import record
from minben.discussion import actions as discussion
from minben.discussion.rules import FILES_MAX
from minben.discussion.uploads import Received
from minben.kernel.actor import Actor
from minben.kernel.refusal import Refusal
from minben.operations.rules import Service
from minben.operations.switches import refuse_if_stopped
from minben.proposals.actions.drafts import own_draft
from minben.proposals.models import Draft


@transaction.atomic
def attach_file(*, draft_id: UUID, file: Received, by: Actor, at: datetime) -> Draft:
    """Put a checked and stored file beside a draft; the same one again changes nothing."""
    refuse_if_stopped(Service.CREATING)
    draft = own_draft(draft_id, by)
    files = list(draft.evidence.get("files", []))
    if any(one["sha256"] == file.sha256 for one in files):
        return draft
    if len(files) >= FILES_MAX:
        raise Refusal("too_many_files", field="files", limit=FILES_MAX)
    kept = discussion.keep_file(
        sha256=file.sha256,
        name=file.name,
        media_type=file.media_type,
        size=file.size,
        by=by,
        at=at,
    )
    # Whoever brought it before keeps the name it had then: it is one file.
    entry = {
        "sha256": kept.sha256,
        "name": kept.name,
        "media_type": kept.media_type,
        "size": kept.size,
    }
    _keep_files(draft, [*files, entry], at)
    record(
        "proposals.file_attached",
        by=by,
        at=at,
        subject=f"draft:{draft.pk}",
        data={"sha256": kept.sha256},
    )
    return draft


@transaction.atomic
def detach_file(*, draft_id: UUID, sha256: str, by: Actor, at: datetime) -> Draft:
    """Take a file away from a draft; one that is not there changes nothing."""
    draft = own_draft(draft_id, by)
    files = draft.evidence.get("files", [])
    left = [one for one in files if one["sha256"] != sha256]
    if len(left) < len(files):
        _keep_files(draft, left, at)
        record(
            "proposals.file_detached",
            by=by,
            at=at,
            subject=f"draft:{draft.pk}",
            data={"sha256": sha256},
        )
    return draft


def _keep_files(draft: Draft, files: list[dict[str, object]], at: datetime) -> None:
    draft.evidence = {**draft.evidence, "files": files}
    draft.saved_at = at
    draft.save(update_fields=["evidence", "saved_at"])
