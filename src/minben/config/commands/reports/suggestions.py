"""`minben report suggestions`: how often suggested agencies were right on cases not seen before."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, Final

import click
from django.utils.html import format_html, format_html_join

from minben.assigning import queries as assigning
from minben.assigning.accuracy import (
    SEED,
    Accuracy,
    Part,
    Score,
    measure,
    split_at_random,
    split_by_time,
    thousandths,
    wilson,
)
from minben.assigning.rules import METHOD, NEIGHBOURS
from minben.kernel import clock
from minben.people import queries as people
from minben.simulation import clock_file

NAMES: Final = {
    "ranking": "依相似前案排序 · ranking by past cases",
    "most_frequent": "最常主辦之機關 · most frequent agencies",
    "proposer_ticked": "提議者所選之機關 · what the proposer ticked",
}
NO_TICKS: Final = (
    "這些前案沒有記載提議者所選機關（n = 0）。"
    " · None of these cases tells what the proposer ticked (n = 0)."
)
SPLITS: Final = {"time": split_by_time, "random": split_at_random}


@click.command("suggestions", short_help="分辦建議準確度 · were suggested agencies right?")
@click.option(
    "--split",
    type=click.Choice(sorted(SPLITS)),
    default="time",
    show_default=True,
    help="未見案件：最新者或隨機 · unseen cases: the newest, or drawn at random",
)
@click.option(
    "--share",
    type=click.FloatRange(0.1, 0.95),
    default=0.8,
    show_default=True,
    help="用以學習之比率 · share learnt from",
)
@click.option(
    "--k",
    type=click.IntRange(1, 100),
    default=NEIGHBOURS,
    show_default=True,
    help="參考之前案數 · past cases that vote",
)
@click.option(
    "--government", default="ey", show_default=True, help="政府機關代碼 · code of the government"
)
@click.option(
    "--format",
    "shape",
    type=click.Choice(["json", "csv", "html"]),
    default="json",
    show_default=True,
    help="輸出格式 · output",
)
def suggestions_command(split: str, share: float, k: int, government: str, shape: str) -> None:
    """以未見過的前案檢驗分辦建議，並與兩項基準比較。
    · Suggested agencies on past cases not seen before, against two baselines."""
    if not people.jurisdiction_names([government]):
        raise click.BadParameter(f"{government!r}", param_hint="--government")
    examples = assigning.examples(government)
    learnt, unseen = SPLITS[split](examples, round(share * 1000))
    if not learnt or not unseen:
        raise click.ClickException(
            "前案不足：請先匯入檔案資料並執行 minben tick"
            " · too few past cases: import an archive, or run minben tick"
        )
    with clock.moved_by(clock_file.offset()):
        at = clock.now()
    told = figures_of(measure(learnt, unseen, k), at)
    told |= {"government": government, "split": split, "k": k, "method": METHOD}
    told |= {"seed": SEED} if split == "random" else {}
    click.echo(SHAPES[shape](told), nl=False)


def figures_of(found: Accuracy, at: datetime) -> dict[str, Any]:  # Any: JSON values
    """Every figure with its n and the days of the cases; shares in thousandths."""
    return {
        "at": at.isoformat(),
        "learnt": _part(found.learnt),
        "unseen": _part(found.unseen),
        "scores": [_score(score) for score in found.scores],
        "paired": [
            {
                "against": one.name,
                "n": one.n,
                "top1": {"ranking_alone": one.top1_gained, "other_alone": one.top1_lost},
                "top3": {"ranking_alone": one.top3_gained, "other_alone": one.top3_lost},
            }
            for one in found.paired
        ],
    }


def _part(part: Part) -> dict[str, Any]:
    return {
        "n": part.n,
        "filed_from": part.since.isoformat() if part.since else None,
        "filed_until": part.until.isoformat() if part.until else None,
    }


def _score(score: Score) -> dict[str, Any]:
    told: dict[str, Any] = {"name": score.name, "n": score.n}
    for name, hits in (("top1", score.top1), ("top3", score.top3)):
        low, high = wilson(hits, score.n) or (None, None)
        told[name] = {
            "hits": hits,
            "thousandths": thousandths(hits, score.n),
            "from": low,
            "to": high,
        }
    if score.name == "proposer_ticked" and not score.n:
        told["remark"] = NO_TICKS
    return told


def _json(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _rows(told: dict[str, Any]) -> Iterator[list[Any]]:
    part = told["unseen"]
    for score in told["scores"]:
        for name in ("top1", "top3"):
            yield [
                score["name"],
                name,
                score["n"],
                part["filed_from"],
                part["filed_until"],
                *score[name].values(),
                told["learnt"]["n"],
                told["learnt"]["filed_from"],
                told["learnt"]["filed_until"],
                told["split"],
                told["k"],
            ]


HEAD: Final = [
    "name",
    "figure",
    "n",
    "filed_from",
    "filed_until",
    "hits",
    "thousandths",
    "from",
    "to",
    "learnt_n",
    "learnt_from",
    "learnt_until",
    "split",
    "k",
]


def _csv(told: dict[str, Any]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEAD)
    writer.writerows(_rows(told))
    return text.getvalue()


def _percent(value: int | None) -> str:
    return "–" if value is None else f"{value / 10:.1f} %"


def _html(told: dict[str, Any]) -> str:
    cells = [
        (
            NAMES[score["name"]],
            score["n"],
            *(
                f"{_percent(one['thousandths'])}（{_percent(one['from'])}–{_percent(one['to'])}）"
                if score["n"]
                else "n = 0"
                for one in (score["top1"], score["top3"])
            ),
        )
        for score in told["scores"]
    ]
    rows = format_html_join(
        "\n", '<tr><th scope="row">{}</th><td>{}</td><td>{}</td><td>{}</td></tr>', cells
    )
    return format_html(
        PAGE,
        rows=rows,
        no_ticks=" ".join(score["remark"] for score in told["scores"] if "remark" in score),
        **{f"learnt_{name}": value for name, value in told["learnt"].items()},
        **{f"unseen_{name}": value for name, value in told["unseen"].items()},
        **{name: told[name] for name in ("at", "split", "k", "method", "government")},
    )


PAGE: Final = """<!doctype html>
<html lang="zh-Hant"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>分辦建議準確度 · Accuracy of suggested agencies</title></head>
<body><h1>分辦建議準確度 · Accuracy of suggested agencies</h1>
<p>學習 {learnt_n} 件（{learnt_filed_from} 至 {learnt_filed_until} 送出），檢驗其未見之 {unseen_n} 件（{unseen_filed_from} 至 {unseen_filed_until}）。
· Learnt from {learnt_n} cases filed {learnt_filed_from} to {learnt_filed_until}; asked about {unseen_n} it had not seen, filed {unseen_filed_from} to {unseen_filed_until}.</p>
<table><thead><tr><th scope="col">方法 · method</th><th scope="col">n</th><th scope="col">第一名為主辦 · first is a lead</th><th scope="col">前三名含主辦 · a lead among three</th></tr></thead>
<tbody>
{rows}
</tbody></table>
<p>{no_ticks}</p>
<p>括號內為 95% 信賴區間（Wilson）。 · In brackets: 95 % interval (Wilson). {government}, split {split}, k = {k}, {method}, {at}</p>
</body></html>
"""
SHAPES: Final[dict[str, Callable[[dict[str, Any]], str]]] = {
    "json": _json,
    "csv": _csv,
    "html": _html,
}
