"""Actions are the only writers, say who and when, and leave a record; nobody else asks the clock."""

import ast
from collections.abc import Iterable
from pathlib import Path

from tests.repo.tree import (
    MODULES,
    SRC,
    Function,
    functions,
    guarded_by_type_checking,
    name_of,
    parsed,
    python,
)

WRITES = frozenset(
    [
        "save",
        "create",
        "bulk_create",
        "get_or_create",
        "update_or_create",
        "bulk_update",
        "delete",
        "update",
        "execute",
        "executemany",
        "insert_rows",
        "asave",
        "acreate",
        "abulk_create",
        "aget_or_create",
        "aupdate_or_create",
        "abulk_update",
        "adelete",
        "aupdate",
    ]
)
# Calls of the same names that write no row: file → what is called.
NO_ROWS = {
    # The ways themselves; only acts may take them.
    "src/minben/base/bulk.py": {"cursor.execute", "cursor.executemany"},
    "src/minben/base/immediate.py": {"cursor.execute"},
    "src/minben/config/figures.py": {"cursor.execute"},  # what the server says of itself
    "src/minben/config/health.py": {"cursor.execute"},  # SELECT 1
    "src/minben/config/rehearsing.py": {"leaves.execute", "to.execute"},  # reads of a restored copy
    "src/minben/proposals/queries/dry_run.py": {"networks.update"},
    "src/minben/config/commands/importing.py": {"done.by_outcome.update", "bar.update"},
    "src/minben/config/commands/sandbox.py": {"bar.update"},
    "src/minben/desk/views/agencies.py": {"known.update"},
    "src/minben/discussion/uploads.py": {"bare.save"},
    "src/minben/kernel/text.py": {"found.update"},
    "src/minben/simulation/demo/scenes/drawing.py": {"picture.save"},
}
# They fill a scratch database by hand, which no platform ever sees.
BENCHES = SRC / "config" / "bench"
# The first argument that may be given by place: what kind of event or notice it is.
LEADING = {
    "record": ["kind"],
    "enqueue": ["kind"],
    "enqueue_all": ["kind"],
    "enqueue_each": ["kind"],
    "begin_mailing": ["kind"],
    "submit": ["one"],
    "submit_many": ["acts"],
}
# Offered beside the acts and no acts themselves, and why.
NO_ACTS = {
    "casework.hold_for_answer": "takes a lock and changes nothing",
    "ledger.hold": "takes a lock and changes nothing",
    "ledger.intake_from": "a piece of SQL for a statement that inserts act and entry together",
    "ledger.intake_of_many": "the same for many",
    "proposals.endorse_together": "who acts is found by the act itself, from the session",
}
# Public acts that record nothing, and why.
UNRECORDED = {
    "close_case": "whoever ends the matter records how",
    "hand_over": "assigning records how a case was handed over",
    "reopen_case": "whoever revives the matter records how",
    "open_thread": "its owner records the act that needed it",
    "index_text": "the search index is derived",
    "keep_precedents": "what past cases say is derived from them",
    "forget_precedent": "as above",
    "index_precedents": "as above",
    "follow_moved_windows": "casework recorded each move",
    "enqueue": "the outbox is its own record",
    "enqueue_each": "the outbox is its own record",
    "begin_mailing": "the outbox is its own record",
    "expand_mailings": "the outbox is its own record",
    "resolve_doubts": "the outbox is its own record",
    "resolve_from_file": "the outbox is its own record",
    "mute_case": "one's own wish about one's own mail",
    "unmute_case": "one's own wish about one's own mail",
    "wish_for_letters": "one's own wish about one's own mail",
    "note_bounce": "the count of an address is its own record",
    "ask_for_proof": "the outbox is its own record",
    "prove_address": "one's own address, and nobody else's",
    "settle_doubt": "the outbox is its own record",
    "cancel_mailing": "whoever ends the matter records how",
    "confirm_endorsements": "the outbox is its own record",
    "submit": "the ledger is its own record",
    "submit_many": "the ledger is its own record",
    "sequence": "the ledger is its own record",
    "sequence_all": "the ledger is its own record",
    "sign_checkpoint": "the ledger is its own record",
    "keep_cosignature": "the ledger is its own record",
    "keep_timestamp": "the ledger is its own record",
    "claim": "what is claimed is published beside the ledger",
    "settle": "counts what was acknowledged; whoever ends endorsing records how",
    "destroy_openings": "people records once that somebody was erased",
    "enqueue_all": "the outbox is its own record",
    "send_due": "the outbox is its own record",
    "keep_in_sandbox": "the demo's mailbox is its own record",
    "beat": "that work was done is no act",
    "set_phone": "a number that is only noted proves nothing",
    "drop_old_sessions": "sessions that ran out are no act of anybody",
    "open_threads": "their owner records the act that needed them",
    "stage_files": "files wait for a day; importing them records who and what",
    "drop_staged": "as above: of what was never imported nothing stays",
    "import_endorsements": "rows of the past, counted in the report of the import",
}
CLOCKS = frozenset(
    {
        "datetime.now",
        "datetime.utcnow",
        "datetime.today",
        "date.today",
        "timezone.now",
        "timezone.localtime",
        "timezone.localdate",
        "time.time",
        "time.time_ns",
        "time.localtime",
        "time.gmtime",
        "time.strftime",
    }
)


def is_actions(path: Path) -> bool:
    return path.stem == "actions" or "actions" in path.parent.parts


def writes(path: Path) -> dict[str, str]:
    """Calls that write rows: place → what is called."""
    allowed = NO_ROWS.get(name_of(path), set())
    return {
        f"{name_of(path)}:{node.lineno}": ast.unparse(node.func)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).rsplit(".", 1)[-1] in WRITES
        and ast.unparse(node.func) not in allowed
    }


def clock_readings(path: Path) -> dict[str, str]:
    """Calls that ask the system for the time, by place."""
    found = {}
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            called = ".".join(ast.unparse(node.func).split(".")[-2:])
            if called in CLOCKS:
                found[f"{name_of(path)}:{node.lineno}"] = called
    return found


def action_files(module: str) -> list[Path]:
    single = SRC / module / "actions.py"
    return [single] if single.exists() else sorted((SRC / module / "actions").glob("*.py"))


def exported(module: str) -> dict[str, Function]:
    """The public acts of a module: all of ``actions.py``, or what ``actions/__init__`` names."""
    files = action_files(module)
    if not files:
        return {}
    defined = {
        node.name: node
        for path in files
        for node in parsed(path).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    }
    if len(files) == 1:
        return defined
    listed = next(
        ast.literal_eval(node.value)
        for node in parsed(SRC / module / "actions" / "__init__.py").body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
    )
    return {name: defined[name] for name in listed if name in defined}


def signature_faults(act: Function) -> list[str]:
    """What is wrong with the parameters of a public act."""
    arguments = act.args
    faults = []
    by_place = [one.arg for one in (*arguments.posonlyargs, *arguments.args)]
    if by_place != LEADING.get(act.name, []):
        faults.append(f"by place: {by_place}")
    if arguments.vararg or arguments.kwarg:
        faults.append("takes anything")
    named = dict(zip((one.arg for one in arguments.kwonlyargs), arguments.kw_defaults, strict=True))
    faults += [f"no {need}" for need in ("by", "at") if need not in named]
    faults += [f"{need} has a default" for need in ("by", "at") if named.get(need) is not None]
    return faults


def called_by(act: Function) -> set[str]:
    return {
        node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
        for node in ast.walk(act)
        if isinstance(node, ast.Call)
    }


def acts_that_record(calls: dict[str, set[str]]) -> set[str]:
    """Functions that call ``record``, or call one that does."""
    found = {name for name, called in calls.items() if called & {"record", "record_many"}}
    while more := {name for name, called in calls.items() if called & found} - found:
        found |= more
    return found


def foreign_models(path: Path, module: str) -> dict[str, str]:
    """Imports of another module's models at run time; ``base.models`` has the shared mixins."""
    only_types = guarded_by_type_checking(parsed(path))
    found = {}
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.ImportFrom) and node not in only_types:
            parts = (node.module or "").split(".")
            if parts[0] != "minben" or parts[1:2] in ([module], ["base"]):
                continue
            names = {alias.name for alias in node.names}
            models = parts[2:3] == ["models"] or (len(parts) == 2 and "models" in names)
            single_act = parts[2:3] == ["actions"] and len(parts) > 3
            if models or single_act:
                found[f"{name_of(path)}:{node.lineno}"] = node.module or ""
    return found


def merged(found: Iterable[dict[str, str]]) -> dict[str, str]:
    return {place: what for one in found for place, what in one.items()}


def test_only_actions_write() -> None:
    platform = (path for path in python(SRC) if BENCHES not in path.parents)
    assert not merged(writes(path) for path in platform if not is_actions(path))


def test_only_the_clock_asks_the_clock() -> None:
    others = (path for path in python(SRC) if name_of(path) != "src/minben/kernel/clock.py")
    assert not merged(clock_readings(path) for path in others)
    assert clock_readings(SRC / "kernel" / "clock.py")
    said = [path for path in SRC.rglob("*.html") if "{% now" in path.read_text(encoding="utf-8")]
    assert not said


def test_every_public_act_says_by_whom_and_when() -> None:
    acts = {f"{module}.{name}": act for module in MODULES for name, act in exported(module).items()}
    assert len(acts) > 40
    faults = {name: signature_faults(act) for name, act in acts.items() if name not in NO_ACTS}
    assert not {name: found for name, found in faults.items() if found}


def test_every_public_act_leaves_a_record() -> None:
    calls: dict[str, set[str]] = {}
    for path in python(SRC):
        if is_actions(path):
            for one in functions(path):
                calls[one.name] = calls.get(one.name, set()) | called_by(one)
    public = {name for module in MODULES for name in exported(module)} - {"record", "record_many"}
    silent = public - acts_that_record(calls)
    no_acts = {name.rpartition(".")[2] for name in NO_ACTS}
    assert silent - no_acts == set(UNRECORDED) & public


def test_models_and_single_acts_are_private_to_their_module() -> None:
    found = merged(foreign_models(path, path.relative_to(SRC).parts[0]) for path in python(SRC))
    assert not found


PLANTED = """
from datetime import datetime
from minben.casework.models import Case
from minben.people.actions.staff import grant_role
def view(request):
    Case.objects.filter(pk=1).update(number="x")
    return datetime.now()
def act(case, *, by, at=None):
    case.save()
def quiet(*, by, at):
    pass
def loud(*, by, at):
    _inner()
def _inner():
    record("x")
"""


def test_planted_violations_are_found(tmp_path: Path) -> None:
    planted = tmp_path / "planted.py"
    planted.write_text(PLANTED)
    assert set(writes(planted).values()) == {"Case.objects.filter(pk=1).update", "case.save"}
    assert set(clock_readings(planted).values()) == {"datetime.now"}
    assert len(foreign_models(planted, "desk")) == 2
    acts = {one.name: one for one in functions(planted)}
    assert signature_faults(acts["act"]) == ["by place: ['case']", "at has a default"]
    assert signature_faults(acts["quiet"]) == []
    recording = acts_that_record({name: called_by(act) for name, act in acts.items()})
    assert recording == {"loud", "_inner"}
