"""Sample content of the styleguide (樣式指南): every component once, with believable text.

The texts are invented for this page. Nothing here reads the database.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator

from minben.base.presentation import adoption_codes, stage_codes
from minben.kernel.periods import local_day

COLOURS = ("accent", "neutral", "brand1", "success", "warning", "danger", "info")
TONES = ("surface-tinted", "border-subtle", "border-default", "base-default", "text-default")
ICONS = [
    "pencil",
    "people",
    "person",
    "search",
    "hidden",
    "clock",
    "late",
    "endorse",
    "flag",
    "seal",
    "closed",
    "back",
    "pause",
    "calendar",
    "check",
    "check-circle",
    "cross",
    "info",
    "warning",
    "link",
    "file",
    "video",
    "right",
    "left",
    "down",
    "menu",
    "globe",
    "lock",
    "agency",
    "place",
    "comment",
    "feed",
    "pro",
    "con",
    "exit",
    "scales",
    "print",
]


class SampleForm(forms.Form):
    """One field of every shape; bound with faults, so that errors are seen too."""

    subject = forms.CharField(
        label="提議主題", max_length=50, help_text="用一句話說明您希望政府做什麼。"
    )
    content = forms.CharField(label="提議內容或建議事項", widget=forms.Textarea)
    county = forms.ChoiceField(
        label="居住縣市", choices=[("", "請選擇"), ("taipei", "臺北市"), ("hualien", "花蓮縣")]
    )
    deciding = forms.ChoiceField(
        label="由哪個機關回應？",
        choices=[("named", "我指定機關（最多三個）"), ("admin", "由平臺管理機關決定")],
        widget=forms.RadioSelect,
        help_text="不確定沒關係，管理機關會在檢核時分派。",
    )
    topics = forms.MultipleChoiceField(
        label="主題分類",
        choices=[("tax", "財政稅務"), ("traffic", "交通"), ("health", "衛生福利")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    evidence = forms.FileField(
        label="佐證資料", required=False, help_text="PDF、圖片或試算表，每個檔案不超過 10 MB。"
    )
    consent = forms.BooleanField(label="我了解提議送出後內容會公開。")


def bound_form() -> SampleForm:
    """The sample form after a refused submission."""
    return SampleForm(
        {
            "subject": "報稅軟體請支援各種作業系統，並請公開驗證元件的規格，讓沒有視窗電腦的人也能在家報稅，不必借用別人的電腦",
            "content": "",
            "topics": ["tax"],
        }
    )


def _comment(nickname: str, county: str, township: str, body: str, at: datetime) -> dict[str, Any]:
    return {"nickname": nickname, "county": county, "township": township, "body": body, "at": at}


def _cards(at: datetime) -> list[dict[str, Any]]:
    day = local_day(at)
    rows = (
        ("國小周邊人行道請優先改善，並公布各校改善時程", "endorsing", 3120, "交通部、內政部", 41),
        ("報稅軟體請支援各種作業系統", "reached", 6204, "財政部", 12),
        ("醫院候診號碼請提供語音及簡訊通知", "endorsing", 4871, "衛生福利部", 2),
        ("山區公車請公布即時到站資料", "overdue", 5310, "交通部", -2),
    )
    return [
        {
            "subject": subject,
            "stage": stage,
            "count": count,
            "goal": 5000,
            "reached": count >= 5000,
            "agencies": agencies,
            "filed": day - timedelta(days=60 - left),
            "next_what": "附議截止" if stage == "endorsing" else "機關應正式回應",
            "next_due": day + timedelta(days=left),
        }
        for subject, stage, count, agencies, left in rows
    ]


def context(at: datetime) -> dict[str, Any]:  # Any: template context
    """Everything the two styleguide pages show. `at` is ``request.at``."""
    day = local_day(at)
    return {
        "colours": COLOURS,
        "tones": TONES,
        "icons": ICONS,
        "stages": stage_codes(),
        "adoptions": adoption_codes(),
        "empty_form": SampleForm(prefix="empty"),
        "form": bound_form(),
        "cards": _cards(at),
        "soon": day + timedelta(days=2),
        "later": day + timedelta(days=41),
        "past": day - timedelta(days=2),
        "steps": [
            {"label": label, "url": "#steps"}
            for label in ("主題", "內容", "利益與影響", "佐證資料", "機關", "確認送出")
        ],
        "rows": [
            {"label": "提議主題", "value": "報稅軟體請支援各種作業系統", "url": "#summary"},
            {
                "label": "提議內容",
                "value": "第一段說明現況。\n\n第二段說明建議。",
                "url": "#summary",
            },
            {"label": "佐證資料", "value": "", "url": "#summary"},
        ],
        "page": Paginator(range(400), 20).page(7),
        "pros": [
            _comment(
                "阿榮", "臺中市", "西屯區", "去年報稅時得向鄰居借電腦，今年希望能自己完成。", at
            ),
            _comment("麥子", "花蓮縣", "壽豐鄉", "公開規格之後，其他軟體也能幫忙把關。", at),
        ],
        "cons": [_comment("小滿", "新北市", "板橋區", "先把手機版做好，可能更多人受惠。", at)],
        "sample_day": date(2026, 11, 22),
    }
