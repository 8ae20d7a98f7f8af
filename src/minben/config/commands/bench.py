"""`minben bench`: what this machine carries, measured beside what it is compared with (量測)."""

import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from minben.config.bench import goals, machine, plot, scratch
from minben.config.env import Misconfigured
from minben.kernel import clock

INSIDE = "MINBEN_BENCH_INSIDE"  # set for the command that runs on the scratch platform
PORT = 8149
STOPPED = 130
Told = dict[str, Any]  # Any: JSON values


@click.group("bench", short_help="量測 · measure load")
def bench_command() -> None:
    """在本機的暫用資料庫上量測附議與讀取；不影響平臺資料。
    · Measure endorsing and reading on a scratch database of this machine."""


def _options(command: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(
        (
            click.option("--seconds", default=10, show_default=True, type=click.IntRange(1, 120),
                         help="每次秒數 · of each load"),
            click.option("--connections", default="16,32,64", show_default=True,
                         help="同時連線數 · at once"),
            click.option("--only", default="", help="只量這些 · only these parts"),
            click.option("--quick", is_flag=True, help="數秒內試跑 · a smoke run of seconds"),
            click.option("--port", default=PORT, show_default=True),
            click.option("--out", type=click.Path(dir_okay=False, path_type=Path),
                         help="另存 JSON · also write JSON"),
        )
    ):  # fmt: skip
        command = option(command)
    return command


@bench_command.command("endorse", short_help="附議 · endorsing")
@click.option("--many", default=1_000_000, show_default=True, type=click.IntRange(1, 2_000_000),
              help="熱門提議既有附議數 · endorsements already there")  # fmt: skip
@_options
def endorse_command(out: Path | None, **options: Any) -> None:  # Any: click's
    """量測附議：正式環境設定、對照組、80% 負載、百萬附議與 SQLite。
    · Endorsing: production set-up, references, 80 % of peak, a million, SQLite.

    Parts: real, load80, no_op, plain, pgbench, million, sqlite."""
    from minben.config.bench import endorse

    if INSIDE in os.environ:
        return _inside(endorse.measure, options)
    wanted = _names(options["only"])
    told = _bench("endorse", options, lite=False) if wanted != {"sqlite"} else {}
    if not wanted or "sqlite" in wanted:
        lite = _bench("endorse", options | {"only": "real,load80"}, lite=True)
        told = _joined(told, lite)
    _report("endorse", told, out)
    return None


@bench_command.command("read", short_help="讀取 · reading")
@_options
def read_command(out: Path | None, **options: Any) -> None:  # Any: click's
    """量測讀取：count.json、提議頁、列表、首頁與對照組。
    · Reading: count.json, proposal page, list, home, and references.

    Parts: count, page, list, home, no_op, plain, pgbench."""
    from minben.config.bench import read

    if INSIDE in os.environ:
        return _inside(read.measure, options | {"many": 0})
    _report("read", _bench("read", options | {"many": 0}, lite=False), out)
    return None


@bench_command.command("replay", short_help="重播 · replay a recorded surge")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--speed", default="max", show_default=True, metavar="1|100|max", help="倍速 · times")
@click.option(
    "--proposal",
    default="busiest",
    show_default=True,
    help="檔案提議代碼、busiest 或 all · id in the archive, busiest, or all",
)
@click.option(
    "--minutes",
    type=click.IntRange(0),
    default=None,
    help="只重播尖峰前後幾分鐘，0 為全部 · around the peak, 0 for all (1×: 10, 100×: 360, max: 0)",
)
@click.option("--threads", default=8, show_default=True, type=click.IntRange(1, 64))
@click.option("--sqlite", "lite", is_flag=True, help="使用 SQLite · on SQLite")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="另存 JSON · also write JSON"
)
def replay_command(
    file: Path,
    speed: str,
    proposal: str,
    minutes: int | None,
    threads: int,
    lite: bool,
    out: Path | None,
) -> None:
    """將檔案中逐秒的附議，以原速、百倍或全速重新經由附議行為送入，並與檔案逐日、逐縣市核對。
    · Give the recorded endorsements of an archive again, second by second, and compare the totals
    per day and county with it."""
    from minben.config.bench import replay

    times = _speed(speed)
    if minutes is None:
        minutes = {1.0: 10, 100.0: 360}.get(times, 0)
    options = {"speed": speed, "proposal": proposal, "minutes": minutes, "threads": threads}
    if INSIDE not in os.environ:
        told = _bench("replay", options | {"file": file.resolve(), "port": PORT}, lite=lite)
        _write(told, out)
        if not (told["totals_equal"] and told["curve_equal"] and told["shown_equal"]):
            sys.exit(1)
        return
    rows = replay.window(replay.recorded(file, proposal), minutes)
    _prepared(lambda _: replay.replay(rows, speed=times, threads=threads))


def _speed(text: str) -> float:
    if text == "max":
        return 0.0
    try:
        return float(text) if 0.01 <= float(text) <= 100_000 else 1 / 0
    except (ValueError, ZeroDivisionError):
        raise click.BadParameter("a number of times, or max", param_hint="--speed") from None


@bench_command.command("plot", short_help="繪圖 · draw results")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path))
def plot_command(files: tuple[Path, ...], out: Path) -> None:
    """由結果檔繪製 SVG，並附表格。 · Draw results as SVG; the table goes to the terminal."""
    results = [json.loads(one.read_text(encoding="utf-8")) for one in files]
    out.write_text(plot.svg(results), encoding="utf-8")
    click.echo(plot.table(results))


def _names(only: str) -> set[str]:
    return {name.strip() for name in only.split(",") if name.strip()}


def _bench(name: str, options: Told, *, lite: bool) -> Told:
    """Run one bench on a scratch platform of its own; returns what it measured."""
    if name != "replay":
        _needed(lite)
    address = os.environ.get("DATABASE_URL", "")
    try:
        with scratch.scratch_folder() as folder:
            if lite:
                return _run(name, options, folder, f"sqlite:///{folder / 'bench.sqlite3'}")
            with scratch.scratch_database(scratch.local_server(address)) as database:
                return _run(name, options, folder, database)
    except scratch.NotHere as error:
        raise Misconfigured(str(error)) from None


def _needed(lite: bool) -> None:
    """Say in one line what is missing."""
    try:
        scratch.needed("wrk", *(() if lite else ("pgbench",)))
    except scratch.NotHere as error:
        raise Misconfigured(str(error)) from None


def _run(name: str, options: Told, folder: Path, database: str) -> Told:
    env = scratch.environment(folder, database, options["port"])
    with TemporaryDirectory() as away:
        result = Path(away) / "result.json"
        arguments = [name]
        for key, value in options.items():
            if key == "file":
                arguments.append(str(value))
            elif key == "port" and name == "replay":
                continue
            elif key == "quick":
                arguments += ["--quick"] if value else []
            elif key != "many" or name == "endorse":
                arguments += [f"--{key}", str(value)]
        code = scratch.run_inside(arguments, env | {INSIDE: str(result)})
        if code == STOPPED:
            raise click.Abort
        if code or not result.exists():
            raise scratch.NotHere(f"the bench ended with {code} and has no result")
        told: Told = json.loads(result.read_text(encoding="utf-8"))
        return told


def _inside(measure: Callable[[Any], Told], options: Told) -> None:
    """On the scratch platform: measure what the options ask for."""
    from minben.config.bench.endorse import Plan

    quick = options["quick"]

    def planned(folder: Path) -> Told:
        return measure(
            Plan(
                port=options["port"],
                seconds=2 if quick else options["seconds"],
                connections=(16,) if quick else _numbers(options["connections"]),
                many=min(options["many"], 5000) if quick else options["many"],
                only=frozenset(_names(options["only"])),
                folder=folder,
            )
        )

    _prepared(planned)


def _prepared(measure: Callable[[Path], Told]) -> None:
    """Prepare the scratch platform, measure, and leave the result where it is expected."""
    from django.conf import settings
    from django.core.management import call_command

    from minben.casework.shipped import add_shipped_rule_sets
    from minben.config.messages import compile_all
    from minben.kernel.actor import SYSTEM

    # Asked to end, it ends its servers first: an exit, and not the end of the process.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(STOPPED))
    folder = Path(settings.VAR)
    compile_all()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    add_shipped_rule_sets(by=SYSTEM, at=clock.now())
    told = {
        "at": clock.now().astimezone(UTC).isoformat(timespec="seconds"),
        "machine": machine.describe(folder),
    }
    told |= measure(folder)
    Path(os.environ[INSIDE]).write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def _numbers(text: str) -> tuple[int, ...]:
    try:
        found = tuple(int(one) for one in text.split(","))
    except ValueError:
        found = ()
    if not found or not all(1 <= one <= 512 for one in found):
        raise click.BadParameter("1 to 512, as 16,32,64", param_hint="--connections")
    return found


def _joined(told: Told, lite: Told) -> Told:
    """The result on PostgreSQL with that on SQLite, whose runs and figures say so."""
    if not told:
        told = {"at": lite["at"], "machine": lite["machine"], "runs": [], "figures": {},
                "left_out": {}}  # fmt: skip
    told["runs"] += [run | {"run": f"sqlite {run['run']}"} for run in lite["runs"]]
    told["figures"]["sqlite"] = lite["figures"].get("sqlite", 0.0)
    told["left_out"] |= {f"sqlite {name}": why for name, why in lite["left_out"].items()}
    told["sqlite"] = {key: lite[key] for key in ("machine", "sql_per_request", "ledger")}
    return told


def _report(name: str, told: Told, out: Path | None) -> None:
    _write({"bench": name, **told, "goals": goals.judged(told["figures"])}, out)
    faults = [run for run in told["runs"] if not run.get("oracle", {}).get("good", True)]
    if faults:
        click.echo("minben: acknowledged endorsements and rows do not agree", err=True)
        sys.exit(1)


def _write(told: Told, out: Path | None) -> None:
    text = json.dumps(told, ensure_ascii=False, indent=2)
    if out:
        out.write_text(text + "\n", encoding="utf-8")
    click.echo(text)
