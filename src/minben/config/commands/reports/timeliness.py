"""`minben report timeliness`: how long answers took, as JSON, CSV or a page (回應時效報表)."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import asdict, fields
from datetime import date, datetime
from enum import StrEnum

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from minben.kernel.periods import TAIPEI
from minben.kernel.text import formula_safe
from minben.proposals.timeliness import Line, Spread, Summary

METHOD = {
    "days": "自成案當日起算之整日數（始日不計，臺灣日期）"
    " · whole days in Taiwan, the day of reaching not counted",
    "ranks": "最近等級法，皆為實際案件之日數 · nearest rank: each is the days of some case",
    "day_only": "僅知成案日期（檔案載為午夜）者照計，時刻不影響日數"
    " · of these only the day of reaching is known; the hour changes no figure",
    "reentered": "貼文日期為 2017-03-30（JOIN 重新登錄日）者照檔案所載計日，但不據以認定逾期"
    " · stamped on the day JOIN entered earlier posts anew: counted as stamped, called late by nothing",
    "last": "最後一則回應含成案後之進度說明 · the last post, reports of progress included",
}
_SPREADS = {
    "first": "至首則回應 · to the first post",
    "final": "至正式回應 · to the formal response",
    "last": "至最後回應 · to the last post",
}
_COUNTS = {
    "reached": "已成案 · reached",
    "archived": "其中來自檔案 · of these from an archive",
    "answered": "已正式回應 · answered",
    "on_time": "如期 · in time",
    "decided": "可判定者 · known to be kept or late",
    "running": "期限未屆 · still running",
    "unknown": "無法判定 · not known",
    "day_only": "僅知成案日期 · only the day of reaching known",
    "reentered": "重新登錄之日期 · entered anew on 2017-03-30",
    "seen_until": "最後貼文日 · latest post",
}
Told = tuple[list[Line], Summary]


def source_of(figures: Summary) -> str:
    """Where the lines come from, in one sentence."""
    here = figures.reached - figures.archived
    return (
        f"匯入檔案 {figures.archived} 案（JOIN 提點子），本平臺 {here} 案"
        f" · {figures.archived} cases of an imported archive (JOIN), {here} of this platform"
    )


def as_json(told: Told, at: datetime, government: str) -> str:
    """Everything, with how it was computed."""
    lines, figures = told
    return json.dumps(
        {
            "at": at.astimezone(TAIPEI).isoformat(timespec="seconds"),
            "government": government or None,
            "source": source_of(figures),
            "method": METHOD,
            "summary": asdict(figures),
            "cases": [asdict(line) for line in lines],
        },
        ensure_ascii=False,
        indent=1,
        default=_plain,
    )


def as_csv(told: Told, at: datetime, government: str) -> str:
    """One line per case, with the names of the fields of JSON as header."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(field.name for field in fields(Line))
    for line in told[0]:
        writer.writerow(_safe(getattr(line, field.name)) for field in fields(Line))
    return out.getvalue().rstrip("\n")


def as_html(told: Told, at: datetime, government: str) -> str:
    """A page of its own, without scripts or style, for printing and publishing."""
    lines, figures = told
    return format_html(
        '<!doctype html>\n<html lang="zh-Hant">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n<title>{title}</title>\n'
        "<h1>{title}</h1>\n<p>n = {n} · {day} · {source}</p>\n"
        '<table border="1"><caption>{what}</caption>\n{spreads}</table>\n'
        "<ul>{counts}</ul>\n<ul>{method}</ul>\n"
        '<table border="1">\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody></table>\n</html>',
        title="回應時效 · How long answers took",
        what="日數 · days",
        n=figures.reached,
        day=at.astimezone(TAIPEI).date().isoformat(),
        source=source_of(figures),
        spreads=_spread_rows(figures),
        counts=format_html_join(
            "\n",
            "<li>{}: {}</li>",
            ((name, _cell(getattr(figures, key))) for key, name in _COUNTS.items()),
        ),
        method=format_html_join("\n", "<li>{}</li>", ((text,) for text in METHOD.values())),
        heads=_cells("th", [field.name for field in fields(Line)]),
        rows=format_html_join(
            "",
            "<tr>{}</tr>\n",
            (
                (_cells("td", [_cell(getattr(line, field.name)) for field in fields(Line)]),)
                for line in lines
            ),
        ),
    )


FORMATS: dict[str, Callable[[Told, datetime, str], str]] = {
    "json": as_json,
    "csv": as_csv,
    "html": as_html,
}


def _spread_rows(figures: Summary) -> SafeString:
    names = [field.name for field in fields(Spread)]
    told = [
        [text, *(_cell(getattr(getattr(figures, key), name)) for name in names)]
        for key, text in _SPREADS.items()
    ]
    return format_html_join(
        "", "<tr>{}</tr>\n", ((_cells("td", row),) for row in [["", *names], *told])
    )


def _cells(tag: str, values: list[str]) -> SafeString:
    return format_html_join("", "<{0}>{1}</{0}>", ((tag, value) for value in values))


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return "、".join(value)
    return _plain(value)


def _safe(value: object) -> str:
    """A cell of CSV; what somebody else wrote must not run as a formula."""
    text = _cell(value)
    return formula_safe(text) if isinstance(value, str | tuple) else text
