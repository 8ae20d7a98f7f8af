"""What is told in public of a study: itself, corrections, changes, re-tests (發布、更正、修改、複測)."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction

from minben.casework.about import about_one
from minben.findings import rules
from minben.findings.actions.shared import (
    Seen,
    checked,
    draft_of,
    published,
    require,
    tell,
    text_of,
)
from minben.findings.models import Finding, Fix, Retest, Study
from minben.findings.rules import BASIS, Severity, text_fault
from minben.kernel.actor import Actor
from minben.kernel.periods import local_day
from minben.kernel.refusal import Refusal


@transaction.atomic
def publish_study(*, study_id: int, by: Actor, at: datetime) -> Study:
    """Publish a study; from now on rows are only added.

    Raises:
        Refusal: ``findings_not_yours``, ``findings_published_already``, ``findings_incomplete``,
            ``findings_case_hidden``.
    """
    study = draft_of(study_id, by)
    require(study.case_id, by, publishing=True)
    if not about_one(study.case_id).public:
        raise Refusal("findings_case_hidden")
    groups, steps = list(study.groups.all()), study.steps.count()
    if not groups or not steps or text_fault(study.method, rules.METHOD_MAX):
        raise Refusal("findings_incomplete", basis=BASIS)
    study.published_at, study.published_by = at, by.id
    study.save(update_fields=["published_at", "published_by"])
    counts = study.findings.values_list("severity", flat=True)
    found = {one.value: sum(row == one for row in counts) for one in Severity}
    tell(
        "findings.published",
        study,
        by,
        at,
        {
            "tested_on": study.tested_on.isoformat(),
            "participants": sum(group.n for group in groups),
            "steps": steps,
            **found,
            "service": study.service,
        },
    )
    return study


@transaction.atomic
def correct_finding(
    *, finding_id: int, seen: Seen, reason: str, by: Actor, at: datetime
) -> Finding:
    """Put a finding of a published study right; the older wording stays to be read.

    The screenshot goes on belonging to it.

    Raises:
        Refusal: ``findings_not_yours``, ``findings_not_published``,
            ``findings_corrected_already``, and what `add_finding` says of the words.
    """
    old, study = published(finding_id, by, publishing=True)
    why = text_of(reason, "reason", rules.REASON_MAX)
    values = checked(study, seen)
    if old.picture and not values["alt"]:
        raise Refusal("findings_alt_missing", field="alt")
    try:
        with transaction.atomic():
            row = Finding.objects.create(
                study=study,
                picture=old.picture,
                corrects=old,
                first_id=old.origin_id,
                reason=why,
                at=at,
                by=by.id,
                **values,
            )
    except IntegrityError as error:
        raise Refusal("findings_corrected_already") from error
    tell("findings.corrected", study, by, at, {"finding": row.pk, "of": old.pk, "reason": why})
    return row


@transaction.atomic
def tell_fix(*, finding_id: int, what: str, changed_on: date, by: Actor, at: datetime) -> Fix:
    """Tell in public what was changed because of a finding, and on which day.

    Raises:
        Refusal: ``findings_not_yours``, ``findings_not_published``, ``findings_text``,
            ``findings_day``.
    """
    row, study = published(finding_id, by, publishing=True)
    told = text_of(what, "what", rules.WHAT_MAX)
    if not rules.days_in_order(study.tested_on, changed_on, local_day(at)):
        raise Refusal("findings_day", field="changed_on")
    fix = Fix.objects.create(
        finding_id=row.origin_id, what=told, changed_on=changed_on, at=at, by=by.id
    )
    data = {"finding": row.origin_id, "changed_on": changed_on.isoformat(), "what": told}
    tell("findings.fixed", study, by, at, data)
    return fix


@transaction.atomic
def tell_retest(
    *,
    study_id: int,
    tested_on: date,
    n: int,
    still: Mapping[int, int],
    by: Actor,
    at: datetime,
) -> int:
    """Tell in public how many of `n` people still stumbled, by finding; returns how many findings.

    Raises:
        Refusal: ``findings_not_yours``, ``findings_not_published``, ``findings_day``,
            ``findings_number``, ``findings_retest_empty``, ``findings_retest_twice``.
    """
    study = Study.objects.select_for_update().get(pk=study_id)
    require(study.case_id, by, publishing=True)
    if study.published_at is None:
        raise Refusal("findings_not_published", basis=BASIS)
    if not rules.days_in_order(study.tested_on, tested_on, local_day(at)):
        raise Refusal("findings_day", field="tested_on")
    if not 1 <= n <= rules.PEOPLE_MAX:
        raise Refusal("findings_number", field="n", n=rules.PEOPLE_MAX)
    rows = {row.pk: row for row in study.findings.filter(pk__in=list(still))}
    if not rows:
        raise Refusal("findings_retest_empty", field="n")
    for pk in rows:
        if not 0 <= still[pk] <= n:
            raise Refusal("findings_number", field=f"still_{pk}", n=n)
    told = [
        Retest(finding_id=row.origin_id, tested_on=tested_on, n=n, still=still[pk], at=at, by=by.id)
        for pk, row in rows.items()
    ]
    try:
        with transaction.atomic():
            Retest.objects.bulk_create(told)
    except IntegrityError as error:
        raise Refusal("findings_retest_twice", field="tested_on") from error
    tell(
        "findings.retested",
        study,
        by,
        at,
        {
            "tested_on": tested_on.isoformat(),
            "participants": n,
            "findings": len(told),
            "solved": sum(one.still == 0 for one in told),
        },
    )
    return len(told)
