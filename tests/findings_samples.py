"""A study of the income-tax service, as tests need it."""

from datetime import datetime
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from minben.casework import actions as casework
from minben.casework.models import Case
from minben.findings import actions
from minben.findings.actions import Facts, Seen
from minben.findings.models import Finding, Study
from minben.findings.rules import Group, Severity
from minben.kernel.actor import SYSTEM, Actor, Role
from minben.kernel.periods import local_day
from tests.factories import DAY0, make_agency, make_staff

STEPS = ("登入", "確認家戶", "填扣除額", "繳稅", "收執聯")
GROUPS = (Group("上班族", 4), Group("退休教師", 2))
FACTS = Facts(
    service="網路報稅",
    tested_on=local_day(DAY0),
    method="請六位使用者從登入做到收執聯，一人一場，一位同仁觀察。",
    bounds="契約第四年，變更須另議。",
    groups=GROUPS,
    steps=STEPS,
)
BLOCKS = Seen(
    step="登入",
    severity=Severity.BLOCKS,
    what="找不到讀卡機元件的安裝說明，做不下去。",
    hit=3,
    quote="我到底裝了沒有？",
)
HESITATES = Seen(
    step="填扣除額",
    severity=Severity.HESITATES,
    what="看不懂「列舉」與「標準」，停下來猜。",
    hit=5,
)


def a_case(agency_code: str = "mof", at: datetime = DAY0) -> Case:
    """A case the agency brought itself."""
    agency = make_agency("財政部", agency_code)
    return casework.open_agency_case(
        agency_id=agency.pk, jurisdiction_code="ey", subject="讓報稅好用", by=SYSTEM, at=at
    )


def officer(case: Case, role: Role = Role.OFFICER) -> Actor:
    """Somebody of the case's lead agency."""
    return make_staff(role, case.lead)


def a_draft(case: Case, by: Actor, facts: Facts = FACTS, at: datetime = DAY0) -> Study:
    """A draft with two findings, one of each severity."""
    study = actions.begin_study(case_id=case.pk, facts=facts, by=by, at=at)
    for seen in (BLOCKS, HESITATES):
        actions.add_finding(study_id=study.pk, seen=seen, by=by, at=at)
    return study


def published(case: Case, by: Actor, at: datetime = DAY0) -> Study:
    """The same, public."""
    return actions.publish_study(study_id=a_draft(case, by, at=at).pk, by=by, at=at)


def finding(study: Study, severity: Severity = Severity.BLOCKS) -> Finding:
    """The finding of that severity."""
    return Finding.objects.get(study=study, severity=severity, correction=None)


def picture(name: str = "screen.png") -> SimpleUploadedFile:
    """A small screenshot as it is uploaded."""
    made = BytesIO()
    Image.new("RGB", (40, 30), "white").save(made, "PNG")
    return SimpleUploadedFile(name, made.getvalue(), "image/png")
