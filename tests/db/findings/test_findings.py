"""Studies: drafts that change, publications that don't, and what is told afterwards."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import IntegrityError, connection, transaction
from django.db.models import Model
from django.db.utils import DatabaseError
from django.test import Client

from minben.audit.models import Event
from minben.base.inbox import waiting
from minben.discussion.uploads import receive
from minben.findings import actions, queries
from minben.findings.models import Finding, Fix, Group, Retest, Step, Study
from minben.findings.rules import Severity, Standing
from minben.kernel.actor import Role
from minben.kernel.periods import local_day
from minben.kernel.refusal import Refusal
from minben.ledger.models import Leaf
from tests.factories import DAY, DAY0, count, make_agency, make_staff
from tests.findings_samples import (
    BLOCKS,
    FACTS,
    GROUPS,
    HESITATES,
    STEPS,
    a_case,
    a_draft,
    finding,
    officer,
    picture,
    published,
)

pytestmark = pytest.mark.django_db
LATER = DAY0 + 30 * DAY


def test_a_draft_is_kept_changed_and_told_to_nobody() -> None:
    case = a_case()
    by = officer(case, Role.PARTICIPATION)
    study = a_draft(case, by)
    facts = replace(FACTS, steps=(*STEPS[::-1], "退稅"), service="網路報稅（網頁版）")
    actions.save_study(study_id=study.pk, facts=facts, by=by, at=DAY0)
    row = finding(study, Severity.HESITATES)
    actions.change_finding(finding_id=row.pk, seen=replace(HESITATES, hit=6), by=by, at=DAY0)
    actions.remove_finding(finding_id=finding(study).pk, by=by, at=DAY0)
    whole = queries.whole_study(study.pk)
    assert whole is not None
    assert [name for name, _ in whole.steps] == [*STEPS[::-1], "退稅"]
    assert (whole.study.service, whole.people) == ("網路報稅（網頁版）", 6)
    assert [told.row.hit for told in whole.findings] == [6]
    assert queries.whole_studies(case.pk) == ()
    assert not Event.objects.filter(kind="findings.published").exists()


def test_who_only_co_ordinates_writes_but_does_not_publish() -> None:
    case = a_case()
    study = a_draft(case, officer(case, Role.PARTICIPATION))
    with pytest.raises(Refusal, match="findings_not_yours"):
        actions.publish_study(study_id=study.pk, by=officer(case, Role.PARTICIPATION), at=DAY0)
    actions.publish_study(study_id=study.pk, by=officer(case, Role.LEAD), at=DAY0)


def test_publishing_is_an_official_act_in_the_ledger_without_the_words() -> None:
    case = a_case()
    published(case, officer(case))
    event = Event.objects.get(kind="findings.published")
    assert event.case_id == case.pk
    assert event.actor_label == "財政部"
    assert (event.data["participants"], event.data["blocks"], event.data["hesitates"]) == (6, 1, 1)
    assert event.declaration.official
    count(DAY0)
    entries = [bytes(leaf.entry).decode() for leaf in Leaf.objects.all()]
    [told] = [one for one in entries if "findings.published" in one]
    assert '"participants":6' in told
    assert "網路報稅" not in told


def test_a_correction_follows_the_older_wording_and_keeps_what_was_told_of_it() -> None:
    case = a_case()
    by = officer(case)
    study = published(case, by)
    first = finding(study)
    day = local_day(LATER)
    actions.tell_fix(finding_id=first.pk, what="加上安裝說明", changed_on=day, by=by, at=LATER)
    second = actions.correct_finding(
        finding_id=first.pk, seen=replace(BLOCKS, hit=4), reason="人數誤植", by=by, at=LATER
    )
    third = actions.correct_finding(
        finding_id=second.pk, seen=replace(BLOCKS, hit=2), reason="再次核對", by=by, at=LATER
    )
    actions.tell_retest(study_id=study.pk, tested_on=day, n=5, still={third.pk: 0}, by=by, at=LATER)
    whole = queries.whole_study(study.pk)
    assert whole is not None
    [told] = [one for one in whole.findings if one.row.severity == "blocks"]
    assert (told.row.pk, told.row.hit, told.row.reason) == (third.pk, 2, "再次核對")
    assert [one.pk for one in told.before] == [second.pk, first.pk]
    assert [one.what for one in told.fixes] == ["加上安裝說明"]
    assert told.standing is Standing.SOLVED
    assert (whole.total("blocks"), whole.total("blocks", after=True)) == (1, 0)
    assert (whole.total("hesitates"), whole.total("hesitates", after=True)) == (1, 1)
    assert [line.blocking for line in queries.lines_of(case.pk)] == [0]


def test_the_latest_retest_counts_however_late_it_was_told() -> None:
    case = a_case()
    by = officer(case)
    study = published(case, by)
    row = finding(study)
    for days, still in ((20, 2), (10, 0)):
        actions.tell_retest(
            study_id=study.pk,
            tested_on=local_day(DAY0 + days * DAY),
            n=5,
            still={row.pk: still},
            by=by,
            at=LATER,
        )
    whole = queries.whole_study(study.pk)
    assert whole is not None
    assert whole.findings[0].standing is Standing.STILL
    assert [n for _, n in whole.retests] == [5, 5]


@pytest.mark.parametrize("days", [-1, 31])
def test_a_change_or_retest_before_the_test_or_to_come_is_refused(days: int) -> None:
    case = a_case()
    by = officer(case)
    study = published(case, by)
    row, day = finding(study), local_day(DAY0 + days * DAY)
    with pytest.raises(Refusal, match="findings_day"):
        actions.tell_fix(finding_id=row.pk, what="加上說明", changed_on=day, by=by, at=LATER)
    with pytest.raises(Refusal, match="findings_day"):
        actions.tell_retest(
            study_id=study.pk, tested_on=day, n=5, still={row.pk: 0}, by=by, at=LATER
        )


@pytest.mark.parametrize(("n", "still"), [(0, 0), (5, 6), (5, -1), (10_001, 0)])
def test_more_than_took_part_can_not_stumble(n: int, still: int) -> None:
    case = a_case()
    by = officer(case)
    study = published(case, by)
    with pytest.raises(Refusal, match="findings_number"):
        actions.tell_retest(
            study_id=study.pk,
            tested_on=FACTS.tested_on,
            n=n,
            still={finding(study).pk: still},
            by=by,
            at=LATER,
        )


def test_an_agency_that_takes_part_writes_in_its_own_name() -> None:
    case = a_case()
    other = make_agency("財政資訊中心", "mof-fia")
    from minben.casework import actions as casework
    from minben.kernel.actor import SYSTEM

    lead = case.lead_id or 0
    casework.assign_agencies(case=case, agency_ids=[lead, other.pk], by=SYSTEM, at=DAY0)
    study = published(case, make_staff(Role.OFFICER, other))
    assert study.agency_id == other.pk
    assert Event.objects.get(kind="findings.published").actor_label == "財政資訊中心"


def test_what_waits_for_officers() -> None:
    case = a_case()
    by = officer(case)
    study = a_draft(case, by)

    def mine() -> list[str]:
        return [str(item.task) for item in waiting(by, LATER) if "/findings/" in item.url]

    assert len(mine()) == 1
    before = mine()
    actions.publish_study(study_id=study.pk, by=by, at=DAY0)
    assert len(mine()) == 1
    assert mine() != before
    stranger = make_staff(Role.OFFICER, make_agency("交通部", "motc"))
    assert not [item for item in waiting(stranger, LATER) if "/findings/" in item.url]
    actions.tell_fix(
        finding_id=finding(study).pk,
        what="加上安裝說明",
        changed_on=FACTS.tested_on,
        by=by,
        at=LATER,
    )
    assert mine() == []


def test_a_screenshot_is_private_to_staff_until_it_is_published(
    settings: LazySettings, tmp_path: Path, client: Client
) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    case = a_case()
    by = officer(case)
    study = a_draft(case, by)
    row = actions.add_finding(
        study_id=study.pk,
        seen=replace(BLOCKS, alt="安裝元件的視窗，沒有任何按鈕"),
        picture=receive(picture()),
        by=by,
        at=DAY0,
    )
    url = f"/files/{row.picture['sha256']}/{row.picture['name']}"
    assert client.get(url).status_code == 404
    actions.publish_study(study_id=study.pk, by=by, at=DAY0)
    answer = client.get(url)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/png"
    with pytest.raises(Refusal, match="findings_alt_missing"):
        actions.correct_finding(finding_id=row.pk, seen=BLOCKS, reason="刪去說明", by=by, at=LATER)
    corrected = actions.correct_finding(
        finding_id=row.pk,
        seen=replace(BLOCKS, alt="安裝元件的視窗"),
        reason="說明更精簡",
        by=by,
        at=LATER,
    )
    assert corrected.picture == row.picture


class TestDatabase:
    def refuses(self, row: Model, match: str = "never changed", **change: Any) -> None:
        rows = type(row)._default_manager.filter(pk=row.pk)
        with pytest.raises(DatabaseError, match=match), transaction.atomic():
            rows.update(**change)

    def test_what_is_public_is_never_changed(self) -> None:
        case = a_case()
        by = officer(case)
        study = published(case, by)
        row = finding(study)
        fix = actions.tell_fix(
            finding_id=row.pk, what="加上說明", changed_on=FACTS.tested_on, by=by, at=DAY0
        )
        actions.tell_retest(
            study_id=study.pk, tested_on=FACTS.tested_on, n=5, still={row.pk: 0}, by=by, at=DAY0
        )
        self.refuses(study, service="另一項服務")
        self.refuses(row, hit=1)
        self.refuses(fix, what="沒有修改")
        self.refuses(Retest.objects.get(), still=1)
        if connection.vendor == "postgresql":
            with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
                finding(study, Severity.HESITATES).delete()

    @pytest.mark.parametrize(
        ("change", "name"),
        [
            ({"severity": "annoys"}, "findings_finding_severity"),
            ({"hit": 0}, "findings_finding_of_all"),
            ({"hit": 7}, "findings_finding_of_all"),
            ({"what": ""}, "findings_finding_says"),
            ({"picture": {"sha256": "0"}}, "findings_finding_picture_told"),
            ({"reason": "無"}, "findings_finding_correction"),
        ],
    )
    def test_findings(self, change: dict[str, Any], name: str) -> None:
        case = a_case()
        self.refuses(finding(a_draft(case, officer(case))), name, **change)

    @pytest.mark.parametrize(
        ("change", "name"),
        [
            ({"service": ""}, "findings_study_service"),
            ({"published_by": "person:1"}, "findings_study_published_pair"),
            ({"published_at": DAY0}, "findings_study_published_pair"),
        ],
    )
    def test_studies(self, change: dict[str, Any], name: str) -> None:
        case = a_case()
        self.refuses(a_draft(case, officer(case)), name, **change)

    def test_parts(self) -> None:
        case = a_case()
        by = officer(case)
        study = a_draft(case, by)
        row = finding(study)
        group = Group.objects.filter(study=study).first()
        assert group is not None
        self.refuses(group, "findings_group_people", n=0)
        said: dict[str, Any] = {"finding": row, "at": DAY0, "by": by.id}
        broken: list[tuple[Model, str]] = [
            (Group(study=study, kind=GROUPS[0].kind, n=1), "findings_group_once"),
            (Step(study=study, name=STEPS[0], position=9), "findings_step_once"),
            (Fix(what="", changed_on=FACTS.tested_on, **said), "findings_fix_says"),
            (Retest(tested_on=FACTS.tested_on, n=5, still=6, **said), "findings_retest_of_all"),
        ]
        for one, name in broken:
            told = "UNIQUE|" if name.endswith("_once") else ""
            with pytest.raises(IntegrityError, match=f"{told}{name}"), transaction.atomic():
                one.save(force_insert=True)

    def test_one_correction_of_a_wording(self) -> None:
        case = a_case()
        by = officer(case)
        study = published(case, by)
        row = finding(study)
        actions.correct_finding(finding_id=row.pk, seen=BLOCKS, reason="誤植人數", by=by, at=LATER)
        twin = Finding.objects.get(corrects=row)
        twin.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            twin.save(force_insert=True)


def test_lines_take_one_query_and_whole_studies_six(django_assert_num_queries: Any) -> None:
    case = a_case()
    by = officer(case)
    for n in range(3):
        published(case, by, at=DAY0 + timedelta(hours=n))
    with django_assert_num_queries(1):
        assert [line.blocking for line in queries.lines_of(case.pk)] == [1, 1, 1]
    with django_assert_num_queries(6):
        assert len(queries.whole_studies(case.pk)) == 3
    with django_assert_num_queries(1):
        assert len(queries.lines_for(by.agency_ids)) == 3
    assert Study.objects.count() == 3
