"""Records in the shape of the archive, made up here: no real proposal, person or answer."""

import gzip
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
HEADER = "proposal_id,no,endorsed_at,county,township,reason"
ONE = "aaaaaaaa-0000-4000-8000-000000000001"
REAL = Path(__file__).parents[2] / "shared" / "data" / "join"
NO_REAL = "the real archive is not here (../shared/data/join)"


def lapsed(**changes: Any) -> dict[str, Any]:
    """A proposal that fell short: filed on Monday 5 June 2017, open from 8 June to 6 August."""
    return {
        "id": ONE,
        "case_number": "20170605-9001",
        "title": "公園飲水機請標示濾心更換日期",
        "content": "公園飲水機看不出濾心何時更換。 \n 請貼出日期與檢驗結果。",
        "benefits_impact": "喝得安心。",
        "status": "FirstSigned",
        "outcome": "not_reached_when_last_seen",
        "submitted": "2017-06-05T10:00:00+08:00",
        "sent_for_check": "2017-06-05T10:05:00+08:00",
        "check_due": "2017-06-21T23:59:59+08:00",
        "approved": "2017-06-07T18:00:00+08:00",
        "endorse_due": "2017-08-07T00:00:00+08:00",
        "goal_reached": None,
        "endorse_goal": 5000,
        "endorse_days": 60,
        "endorse_count_last_seen": 12,
        "last_seen": "2017-08-06",
        "attention": 0,
        "lead": ["行政院環境保護署"],
        "assist": ["內政部"],
        "revoked": None,
        "revoked_reason": None,
        "video": None,
        "n_attachments": 0,
        "responses": [],
        "curve": [["2017-06-09", 4], ["2017-08-05", 12]],
    } | changes


def post(time: str, **changes: Any) -> dict[str, Any]:
    """A post of an agency with four blocks."""
    return {
        "org": "行政院環境保護署",
        "time": f"{time}T15:00:00+08:00",
        "analysis": "已盤點各地公園。",
        "deliberation": "已與地方政府研商。",
        "adoption": "納入研議，將訂定標示格式。",
        "plan": "一年內完成。",
        "looks_interim": False,
        "disposition_guess": "納入研議",
        "links": None,
    } | changes


def answered(**changes: Any) -> dict[str, Any]:
    """The same proposal, reached on 20 June 2017 and answered on 15 August, after a notice."""
    notice = post("2017-07-01", looks_interim=True, adoption="〈將於正式回應時說明〉")
    return (
        lapsed(
            status="Completed",
            outcome="completed",
            goal_reached="2017-06-20T00:00:00+08:00",
            endorse_count_last_seen=5100,
            curve=[["2017-06-20", 5005], ["2017-08-06", 5100]],
            responses=[notice, post("2017-08-15")],
        )
        | changes
    )


def withdrawn(**changes: Any) -> dict[str, Any]:
    """The same proposal, withdrawn a week after it was accepted."""
    return (
        lapsed(
            status="Revoked", revoked="2017-06-14T09:00:00+08:00", revoked_reason="想再寫清楚一點"
        )
        | changes
    )


def line(record: dict[str, Any]) -> str:
    """A record as one line of the file."""
    return json.dumps(record, ensure_ascii=False)


def rows(count: int, *, proposal: str = ONE, first: int = 1, reason: str = "") -> list[str]:
    """Rows of endorsements from the morning of 8 June 2017 on, one every two minutes."""
    start = datetime(2017, 6, 8, 9, 0)
    return [
        f"{proposal},{n},{start + timedelta(minutes=2 * n)},臺北市,中正區,{reason}"
        for n in range(first, first + count)
    ]


def write_jsonl(path: Path, *records: dict[str, Any] | str) -> Path:
    """A file of proposals; a text stands for a line as it is."""
    lines = (record if isinstance(record, str) else line(record) for record in records)
    path.write_text("".join(f"{one}\n" for one in lines), encoding="utf-8")
    return path


def write_csv(path: Path, *given: str, header: str = HEADER) -> Path:
    """A file of endorsements, gzipped if it is called so."""
    data = "".join(f"{one}\n" for one in (header, *given)).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path
