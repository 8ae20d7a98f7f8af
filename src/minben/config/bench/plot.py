"""Results as a picture and a table (結果圖), drawn from the JSON alone: the same in, the same out."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

Result = Mapping[str, Any]  # Any: JSON values
WIDTH, LEFT, BAR, GAP, TOP = 920, 290, 22, 10, 56
WORDS = {
    "real": "endorse, the platform",
    "load80": "endorse at 80 % of peak",
    "no_op": "no-op behind the same middleware",
    "no_op_person": "no-op that asks who it is",
    "plain": "plain view, gunicorn sync",
    "pgbench": "the statement alone, pgbench",
    "few": "1,000 endorsements there",
    "many": "1,000,000 endorsements there",
    "sqlite real": "endorse, SQLite",
    "sqlite load80": "endorse at 80 %, SQLite",
    "count": "count.json, warm",
    "page": "proposal page, warm",
    "list": "list page, warm",
    "home": "first page, warm",
}


def best(result: Result) -> list[Mapping[str, Any]]:
    """The best run of each kind, in the order they were run."""
    found: dict[str, Mapping[str, Any]] = {}
    for run in result["runs"]:
        name = run["run"]
        if name not in found or run["throughput"] > found[name]["throughput"]:
            found[name] = run
    return list(found.values())


def table(results: Sequence[Result]) -> str:
    """Best runs as a table of Markdown."""
    lines = [
        "| bench | run | at once | per second | p50 ms | p95 ms | p99 ms | errors |",
        "|---|---|---:|---:|---:|---:|---:|---:|",
    ]
    for result in results:
        for run in best(result):
            cells = (
                result["bench"],
                WORDS.get(run["run"], run["run"]),
                run.get("connections", run.get("clients", "")),
                f"{run['throughput']:,.0f}",
                *(run.get(name, "") for name in ("p50_ms", "p95_ms", "p99_ms")),
                run.get("errors", run.get("failed", "")),
            )
            lines.append("| " + " | ".join(str(cell) for cell in cells) + " |")
    return "\n".join(lines)


def svg(results: Sequence[Result]) -> str:
    """Bars of the best runs, each bench with a scale of its own."""
    parts: list[str] = []
    y = 0
    for result in results:
        drawn, y = _bench(result, y)
        parts += drawn
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y}" width="{WIDTH}"'
        f' height="{y}" font-family="sans-serif" font-size="13" role="img"'
        ' aria-label="Answers per second">'
    )
    ground = f'<rect width="{WIDTH}" height="{y}" fill="#fbf8f1"/>'
    return "\n".join([head, ground, *parts, "</svg>"]) + "\n"


def _bench(result: Result, y: int) -> tuple[list[str], int]:
    runs = best(result)
    machine = result["machine"]
    title = f"minben bench {result['bench']}: answers per second"
    told = f"{machine['cpu']}, {machine['cores']} cores, {result['at']}"
    parts = [_text(16, y + 24, title, 'font-weight="bold" font-size="15"'), _text(16, y + 42, told)]
    most = max((run["throughput"] for run in runs), default=0) or 1
    y += TOP
    for run in runs:
        width = round(run["throughput"] / most * (WIDTH - LEFT - 190), 1)
        ours = run["run"].removeprefix("sqlite ") in ("real", "load80", "few", "many", "count", "page",
                                                     "list", "home")  # fmt: skip
        parts.append(_text(16, y + 16, WORDS.get(run["run"], run["run"])))
        parts.append(
            f'<rect x="{LEFT}" y="{y}" width="{width}" height="{BAR}" rx="2"'
            f' fill="{"#0d5c63" if ours else "#9a9484"}"/>'
        )
        words = f"{run['throughput']:,.0f}"
        if "p99_ms" in run:
            words += f" · p99 {run['p99_ms']:,.0f} ms"
        parts.append(_text(LEFT + width + 8, y + 16, words))
        y += BAR + GAP
    return parts, y + GAP


def _text(x: float, y: float, words: str, more: str = "") -> str:
    return f'<text x="{x:g}" y="{y:g}" fill="#1b1b1b" {more}>{escape(words)}</text>'
