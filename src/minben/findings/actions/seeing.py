"""What was seen at the steps, while the study is a draft (發現之增修)."""

from datetime import datetime

from django.db import transaction

from minben.discussion.uploads import Received
from minben.findings import rules
from minben.findings.actions.shared import Seen, checked, draft_of, kept, note
from minben.findings.models import Finding
from minben.kernel.actor import Actor
from minben.kernel.refusal import Refusal


@transaction.atomic
def add_finding(
    *, study_id: int, seen: Seen, picture: Received | None = None, by: Actor, at: datetime
) -> Finding:
    """Add to a draft what was seen at a step, with a screenshot if there is one.

    Raises:
        Refusal: ``findings_not_yours``, ``findings_published_already``, ``findings_too_many``,
            ``findings_step_unknown``, ``findings_text``, ``findings_number``,
            ``findings_alt_missing``, ``findings_picture_type``.
    """
    study = draft_of(study_id, by)
    if study.findings.count() >= rules.FINDINGS_MAX:
        raise Refusal("findings_too_many", limit=rules.FINDINGS_MAX)
    row = Finding(study=study, at=at, by=by.id, **checked(study, seen))
    row.picture = kept(picture, seen.alt, by, at)
    row.save(force_insert=True)
    note(row, "findings.added", by, at)
    return row


@transaction.atomic
def change_finding(
    *, finding_id: int, seen: Seen, picture: Received | None = None, by: Actor, at: datetime
) -> Finding:
    """Change a finding of a draft; a picture that is not sent anew stays.

    Raises:
        Refusal: as `add_finding`.
    """
    row = Finding.objects.select_for_update(of=("self",)).select_related("study").get(pk=finding_id)
    study = draft_of(row.study_id, by)
    for name, value in checked(study, seen).items():
        setattr(row, name, value)
    if picture is not None:
        row.picture = kept(picture, seen.alt, by, at)
    elif row.picture and not row.alt:
        raise Refusal("findings_alt_missing", field="alt")
    row.save()
    note(row, "findings.changed", by, at)
    return row


@transaction.atomic
def remove_finding(*, finding_id: int, by: Actor, at: datetime) -> None:
    """Take a finding out of a draft.

    Raises:
        Refusal: ``findings_not_yours``, ``findings_published_already``.
    """
    row = Finding.objects.get(pk=finding_id)
    draft_of(row.study_id, by)
    note(row, "findings.removed", by, at)
    row.delete()
