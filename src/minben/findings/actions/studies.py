"""Beginning a study and keeping what it says of itself (使用者測試之草稿)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from minben.audit.actions import record
from minben.findings import rules
from minben.findings.actions.shared import Facts, draft_of, require, text_of
from minben.findings.models import Group, Step, Study
from minben.findings.rules import BASIS
from minben.kernel.actor import Actor
from minben.kernel.periods import local_day
from minben.kernel.refusal import Refusal


@transaction.atomic
def begin_study(*, case_id: int, facts: Facts, by: Actor, at: datetime) -> Study:
    """Begin a draft about a test of a service.

    Raises:
        Refusal: ``findings_not_yours``, ``findings_text``, ``findings_day``, and what
            `save_study` says.
    """
    ids = require(case_id, by)
    study = Study(case_id=case_id, agency_id=_agency_of(ids, by), begun_at=at, begun_by=by.id)
    _put(study, facts, at)
    record("findings.begun", by=by, at=at, subject=f"study:{study.pk}", case_id=case_id)
    return study


@transaction.atomic
def save_study(*, study_id: int, facts: Facts, by: Actor, at: datetime) -> Study:
    """Keep what a draft says of itself.

    Raises:
        Refusal: ``findings_not_yours``, ``findings_published_already``, ``findings_text``,
            ``findings_day``, ``findings_groups``, ``findings_name_twice``,
            ``findings_name_too_long``, ``findings_too_many``, ``findings_step_used``,
            ``findings_people_fewer``.
    """
    study = draft_of(study_id, by)
    _put(study, facts, at)
    record("findings.saved", by=by, at=at, subject=f"study:{study.pk}", case_id=study.case_id)
    return study


def _agency_of(ids: Sequence[int], by: Actor) -> int:
    """Who tests: the lead, or the agency of the case that the actor is of."""
    own = [pk for pk in ids if pk in by.agency_ids | by.participates_for]
    found = (own or list(ids))[:1]
    if not found:
        raise Refusal("findings_not_yours", basis=BASIS)
    return found[0]


def _put(study: Study, facts: Facts, at: datetime) -> None:
    study.service = text_of(facts.service, "service", rules.SERVICE_MAX, 2)
    if facts.tested_on > local_day(at):
        raise Refusal("findings_day", field="tested_on")
    study.tested_on = facts.tested_on
    study.method = text_of(facts.method, "method", rules.METHOD_MAX, 0)
    study.bounds = text_of(facts.bounds, "bounds", rules.BOUNDS_MAX, 0)
    study.source = text_of(facts.source, "source", rules.SOURCE_MAX, 0)
    if code := rules.groups_fault(facts.groups):
        raise Refusal(code, field="groups", limit=rules.GROUPS_MAX, most=rules.NAME_MAX)
    if code := rules.steps_fault(facts.steps):
        raise Refusal(code, field="steps", limit=rules.STEPS_MAX, most=rules.NAME_MAX)
    study.save()
    _put_groups(study, facts.groups)
    _put_steps(study, facts.steps)


def _put_groups(study: Study, groups: Sequence[rules.Group]) -> None:
    total = sum(group.n for group in groups)
    most = max((row.hit for row in study.findings.all()), default=0)
    if total < most:
        raise Refusal("findings_people_fewer", field="groups", hit=most)
    study.groups.all().delete()
    Group.objects.bulk_create(Group(study=study, kind=one.kind, n=one.n) for one in groups)
    study.findings.update(people=total)


def _put_steps(study: Study, names: Sequence[str]) -> None:
    held = {step.name: step for step in study.steps.all()}
    gone = [step.pk for name, step in held.items() if name not in names]
    used = study.findings.filter(step__in=gone).select_related("step").first()
    if used is not None:
        raise Refusal("findings_step_used", field="steps", step=used.step.name)
    study.steps.filter(pk__in=gone).delete()
    for position, name in enumerate(names, start=1):
        step = held.get(name) or Step(study=study, name=name)
        step.position = position
        step.save()
