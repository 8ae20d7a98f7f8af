"""Archived proposals on two matters, with the agencies that led them: what suggestions rest on."""

from typing import Any

from minben.kernel.actor import ARCHIVE
from minben.proposals import actions
from minben.proposals.archive.proposals_file import parse_proposal
from tests.archive_samples import NOW, lapsed, line

TAX, ROAD = "財政部", "交通部"


def archived(n: int, **changes: Any) -> dict[str, Any]:
    """The n-th: of even numbers a matter of taxes, of odd ones a matter of roads."""
    tax = n % 2 == 0
    told = {
        "id": f"{n:08d}-0000-4000-8000-000000000000",
        "case_number": None,
        "title": f"報稅軟體請支援第{n}種電腦" if tax else f"第{n}號省道路面坑洞請修補",
        "content": "每年五月報稅都裝不起來。" if tax else "騎車經過坑洞很危險。",
        "submitted": f"2017-06-{4 + n % 2:02d}T10:00:00+08:00",
        "lead": [TAX if tax else ROAD],
        "assist": ["內政部"],
    }
    return lapsed(**(told | changes))


def take(*records: dict[str, Any]) -> actions.Taken:
    """The records, imported."""
    told = [parse_proposal(line(one), number, NOW) for number, one in enumerate(records, start=1)]
    return actions.import_proposals(records=told, by=ARCHIVE, at=NOW)


def take_past_cases(n: int = 40) -> None:
    """Import `n` of them, which keeps them as past cases."""
    assert not take(*(archived(i) for i in range(n))).rejected
