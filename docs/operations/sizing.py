"""How many cores, commits and bytes so many endorsements in one day take. Standard library only.

    python3 docs/operations/sizing.py            the table of scale.md, from docs/bench/*.json
    python3 docs/operations/sizing.py --write    puts it there
    python3 docs/operations/sizing.py --peak 15 --people 500000

Measured figures replace what is assumed as soon as docs/bench/endorse.json and read.json exist.
"""

import argparse
import json
import math
import re
from dataclasses import dataclass, replace
from pathlib import Path

BENCH = Path(__file__).resolve().parents[1] / "bench"
SCALE = Path(__file__).resolve().parent / "scale.md"
OPEN, CLOSE = "<!-- sizing -->", "<!-- /sizing -->"
MARKS = re.compile(f"{OPEN}.*{CLOSE}", re.DOTALL)
DAY = 86_400
DAYS_OF = (10_000, 100_000, 1_000_000, 5_000_000, 23_000_000)


@dataclass(frozen=True)
class Figures:
    """What the calculation rests on; `measured` names those that come from docs/bench.

    Args:
        peak: the busiest seconds of the day, as a multiple of the day's average.
        busy: share of a core's time that is planned for; the rest is for what nobody planned.
        cores: of the machine that was measured, database on it.
        real: endorsements a second there, every one durable.
        page, count: warm proposal pages, and count.json, a second there.
        pages, counts: of these, how many are read for each endorsement.
        hash_ms: CPU time of checking one password.
        sign_ins: passwords checked for each endorsement; everybody comes once.
        row_bytes: an endorsement and its leaf in the ledger, indexes included.
        log_bytes: write-ahead log of one endorsement, for archives and standbys.
    """

    peak: float = 8
    busy: float = 0.6
    cores: int = 2
    real: float = 900
    page: float = 1500
    count: float = 5000
    pages: float = 5
    counts: float = 20
    hash_ms: float = 280
    sign_ins: float = 1
    row_bytes: int = 700
    log_bytes: int = 2500
    measured: tuple[str, ...] = ()


@dataclass(frozen=True)
class Size:
    """What one day takes."""

    people: int
    average: float
    at_peak: float
    cores_endorsing: int
    cores_reading: int
    cores_signing_in: int
    stored_gb: float
    log_gb: float


def figures_from(bench: Path = BENCH) -> Figures:
    """The assumptions, with everything replaced that was measured."""
    found, names = Figures(), []
    for file, wanted in (("endorse.json", ("real",)), ("read.json", ("page", "count"))):
        path = bench / file
        if not path.exists():
            continue
        told = json.loads(path.read_text(encoding="utf-8"))
        for name in wanted:
            if value := told.get("figures", {}).get(name):
                found = replace(found, **{name: float(value)})
                names.append(name)
        if cores := told.get("machine", {}).get("cores"):
            found = replace(found, cores=int(cores))
    return replace(found, measured=tuple(names))


def size_of(people: int, by: Figures) -> Size:
    """The day on which so many people endorse once each."""
    average = people / DAY
    at_peak = average * by.peak

    def cores(seconds_of_a_core: float) -> int:
        return math.ceil(at_peak * seconds_of_a_core / by.busy)

    return Size(
        people,
        average,
        at_peak,
        cores(by.cores / by.real),
        cores(by.cores * (by.pages / by.page + by.counts / by.count)),
        cores(by.sign_ins * by.hash_ms / 1000),
        people * by.row_bytes / 1e9,
        people * by.log_bytes / 1e9,
    )


def table(by: Figures, days: tuple[int, ...] = DAYS_OF) -> str:
    """The table of scale.md, as Markdown."""
    lines = [
        "| in one day | average /s | peak /s | cores endorsing | cores reading | cores signing in | stored | log |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for one in (size_of(people, by) for people in days):
        lines.append(
            f"| {one.people:,} | {one.average:,.1f} | {one.at_peak:,.0f} | {one.cores_endorsing:,}"
            f" | {one.cores_reading:,} | {one.cores_signing_in:,} | {one.stored_gb:,.2f} GB"
            f" | {one.log_gb:,.1f} GB |"
        )
    told = ", ".join(by.measured) or "none yet"
    lines += [
        "",
        f"Peak {by.peak:g} × average; {by.busy:.0%} of a core planned for; on {by.cores} cores"
        f" {by.real:,.0f} endorsements, {by.page:,.0f} pages, {by.count:,.0f} count.json a second;"
        f" per endorsement {by.pages:g} pages, {by.counts:g} count.json and {by.sign_ins:g} password of"
        f" {by.hash_ms:g} ms; {by.row_bytes:,} bytes stored, {by.log_bytes:,} of log."
        f" Measured by `minben bench`: {told}.",
    ]
    return "\n".join(lines)


def main() -> None:
    """Print the table; every figure may be given."""
    by = figures_from()
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--people", type=int, nargs="*", default=list(DAYS_OF))
    for name in Figures.__dataclass_fields__:
        if name != "measured":
            value = getattr(by, name)
            asked.add_argument(f"--{name.replace('_', '-')}", type=type(value), default=value)
    asked.add_argument("--write", action="store_true", help="put the table into scale.md")
    given = vars(asked.parse_args())
    people, write = tuple(given.pop("people")), given.pop("write")
    told = table(replace(by, **given), people)
    if write:
        page = SCALE.read_text(encoding="utf-8")
        SCALE.write_text(MARKS.sub(lambda _: f"{OPEN}\n{told}\n{CLOSE}", page), encoding="utf-8")
    print(told)


if __name__ == "__main__":
    main()
