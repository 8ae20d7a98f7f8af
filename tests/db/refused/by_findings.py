"""Refusals of the acts on studies and findings."""

from dataclasses import replace
from datetime import timedelta

from minben.discussion.uploads import Received
from minben.findings import actions
from minben.findings.rules import Group
from minben.kernel.actor import SYSTEM, Role
from minben.kernel.periods import local_day
from tests import findings_samples as samples
from tests.db.refused import answered
from tests.factories import DAY0, file_one, make_agency, make_staff
from tests.findings_samples import BLOCKS, FACTS, a_case, a_draft, finding, officer, published

PICTURE = Received("0" * 64, "a.png", "image/png", 10)


@answered(403, basis=True)
def findings_not_yours() -> None:
    stranger = make_staff(Role.OFFICER, make_agency("交通部", "motc"))
    actions.begin_study(case_id=a_case().pk, facts=FACTS, by=stranger, at=DAY0)


@answered(409, basis=True)
def findings_published_already() -> None:
    case = a_case()
    by = officer(case)
    study = published(case, by)
    actions.add_finding(study_id=study.pk, seen=BLOCKS, by=by, at=DAY0)


@answered(409, basis=True)
def findings_not_published() -> None:
    case = a_case()
    by = officer(case)
    row = finding(a_draft(case, by))
    actions.tell_fix(finding_id=row.pk, what="加上說明", changed_on=FACTS.tested_on, by=by, at=DAY0)


@answered(409, basis=True)
def findings_incomplete() -> None:
    case = a_case()
    by = officer(case)
    study = actions.begin_study(case_id=case.pk, facts=replace(FACTS, method=""), by=by, at=DAY0)
    actions.publish_study(study_id=study.pk, by=by, at=DAY0)


@answered(409)
def findings_case_hidden() -> None:
    agency = make_agency()
    case = file_one(agencies=(agency,)).case
    study = actions.begin_study(
        case_id=case.pk, facts=FACTS, by=make_staff(Role.OFFICER, agency), at=DAY0
    )
    actions.publish_study(study_id=study.pk, by=SYSTEM, at=DAY0)


@answered(422, field="what")
def findings_text() -> None:
    case = a_case()
    by = officer(case)
    study = a_draft(case, by)
    actions.add_finding(study_id=study.pk, seen=replace(BLOCKS, what="卡"), by=by, at=DAY0)


@answered(422, field="tested_on")
def findings_day() -> None:
    case = a_case()
    facts = replace(FACTS, tested_on=local_day(DAY0 + timedelta(days=1)))
    actions.begin_study(case_id=case.pk, facts=facts, by=officer(case), at=DAY0)


@answered(422, field="groups")
def findings_groups() -> None:
    case = a_case()
    facts = replace(FACTS, groups=(Group("上班族", 0),))
    actions.begin_study(case_id=case.pk, facts=facts, by=officer(case), at=DAY0)


@answered(422, field="steps")
def findings_name_twice() -> None:
    case = a_case()
    facts = replace(FACTS, steps=("登入", "登入"))
    actions.begin_study(case_id=case.pk, facts=facts, by=officer(case), at=DAY0)


@answered(422, field="steps")
def findings_name_too_long() -> None:
    case = a_case()
    facts = replace(FACTS, steps=("登" * 61,))
    actions.begin_study(case_id=case.pk, facts=facts, by=officer(case), at=DAY0)


@answered(422, field="steps")
def findings_too_many() -> None:
    case = a_case()
    facts = replace(FACTS, steps=tuple(f"步驟{n}" for n in range(31)))
    actions.begin_study(case_id=case.pk, facts=facts, by=officer(case), at=DAY0)


@answered(422, field="steps")
def findings_step_used() -> None:
    case = a_case()
    by = officer(case)
    study = a_draft(case, by)
    facts = replace(FACTS, steps=samples.STEPS[1:])
    actions.save_study(study_id=study.pk, facts=facts, by=by, at=DAY0)


@answered(422, field="groups")
def findings_people_fewer() -> None:
    case = a_case()
    by = officer(case)
    study = a_draft(case, by)
    facts = replace(FACTS, groups=(Group("上班族", 4),))
    actions.save_study(study_id=study.pk, facts=facts, by=by, at=DAY0)


@answered(422, field="step")
def findings_step_unknown() -> None:
    case = a_case()
    by = officer(case)
    study = a_draft(case, by)
    actions.add_finding(study_id=study.pk, seen=replace(BLOCKS, step="退稅"), by=by, at=DAY0)


@answered(422, field="hit")
def findings_number() -> None:
    case = a_case()
    by = officer(case)
    study = a_draft(case, by)
    actions.add_finding(study_id=study.pk, seen=replace(BLOCKS, hit=7), by=by, at=DAY0)


@answered(422, field="alt")
def findings_alt_missing() -> None:
    case = a_case()
    by = officer(case)
    study = a_draft(case, by)
    actions.add_finding(study_id=study.pk, seen=BLOCKS, picture=PICTURE, by=by, at=DAY0)


@answered(422, field="picture")
def findings_picture_type() -> None:
    case = a_case()
    by = officer(case)
    study = a_draft(case, by)
    document = replace(PICTURE, media_type="application/pdf")
    actions.add_finding(study_id=study.pk, seen=BLOCKS, picture=document, by=by, at=DAY0)


@answered(409)
def findings_corrected_already() -> None:
    case = a_case()
    by = officer(case)
    row = finding(published(case, by))
    for _ in range(2):
        actions.correct_finding(finding_id=row.pk, seen=BLOCKS, reason="人數誤植", by=by, at=DAY0)


@answered(422, field="n")
def findings_retest_empty() -> None:
    case = a_case()
    by = officer(case)
    study = published(case, by)
    actions.tell_retest(study_id=study.pk, tested_on=FACTS.tested_on, n=5, still={}, by=by, at=DAY0)


@answered(422, field="tested_on")
def findings_retest_twice() -> None:
    case = a_case()
    by = officer(case)
    study = published(case, by)
    still = {finding(study).pk: 1}
    for _ in range(2):
        actions.tell_retest(
            study_id=study.pk, tested_on=FACTS.tested_on, n=5, still=still, by=by, at=DAY0
        )
