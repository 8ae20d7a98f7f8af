"""The public bundle (公開資料包): the whole log as files that anybody can copy and verify.

    checkpoint            the newest signed state, with its witnesses' lines
    checkpoints.jsonl     every checkpoint, oldest first
    tile/…                hashes and entries, C2SP tlog-tiles
    log.vkey receipt.vkey the keys that verify
    claims.json           what the platform says it counted, at the size of the checkpoint
    cases.json            where the leaves of each case are
    schema.json           what each kind of entry says
    timestamps.json       the stamped sizes, and timestamps/<size>.tsr
    verify.html           the page that recounts, README.txt

Every file is written beside its place, brought to the disk, and then put there at once. Full
tiles never change and are written once. What a checkpoint needs is there before it, and the claims
come after it, so whatever stops the program leaves a bundle that verifies: at worst its claims
speak of an earlier checkpoint than its newest.
"""

import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from minben.ledger import onefile, queries
from minben.ledger.actions.claiming import Claims, as_json
from minben.ledger.keys import log_vkeys, receipt_vkeys
from minben.ledger.notes import Checkpoint, NoteFault, split_note
from minben.ledger.tiles import WIDTH, tiles_of

_MINE = ".minben-new"


@dataclass(frozen=True, slots=True)
class Written:
    """What an export did: the size of the log, and how many tiles it had to write."""

    size: int
    tiles: int


def write_bundle(
    folder: Path,
    claims: Claims,
    *,
    since_last: bool = False,
    progress: Callable[[int], None] = lambda size: None,
) -> Written:
    """Bring the bundle in `folder` up to the checkpoint the claims speak of.

    Args:
        since_last: trust the tiles of the bundle's own checkpoint to be there; otherwise every
            tile that is missing is written.

    Raises:
        OSError: the disk refused; the bundle verifies as it did before.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    size = claims.checkpoint.size
    done = _write_tiles(folder, size, exported_size(folder) if since_last else 0, progress)
    notes = queries.checkpoints().filter(pk__lte=claims.checkpoint.pk)
    _put_lines(
        folder / "checkpoints.jsonl",
        ({"note": queries.cosigned_note(one)} for one in notes.iterator(chunk_size=500)),
    )
    _write_stamps(folder, size)
    newest = notes.get(pk=claims.checkpoint.pk)
    for name, text in _texts().items():
        _put(folder / name, text.encode())
    _put(folder / "checkpoint", queries.cosigned_note(newest).encode())
    _put(folder / "claims.json", as_json(claims.told).encode())
    _put(folder / "cases.json", _json(cases_document(claims.told)).encode())
    _drop_partial(folder)
    return Written(size, done)


def exported_size(folder: Path) -> int:
    """The size of the log a bundle holds; 0 for none, or for one that cannot be read."""
    try:
        text = (folder / "checkpoint").read_text(encoding="utf-8")
        return Checkpoint.parse(split_note(text)[0]).size
    except (OSError, UnicodeDecodeError, NoteFault):
        return 0


def _write_tiles(folder: Path, size: int, had: int, progress: Callable[[int], None]) -> int:
    done = 0
    for tile in tiles_of(size, had):
        path = folder / tile.path
        if path.exists():
            continue  # a tile never changes, and was whole when it was put there
        content = queries.tile(tile)
        if content is None:
            raise RuntimeError(f"the log lacks {tile.path}")
        _put(path, content)
        done += 1
        progress(min((tile.number + 1) * WIDTH, size))
    return done


def _texts() -> dict[str, str]:
    return {
        "schema.json": (files("minben.ledger") / "schema.json").read_text(encoding="utf-8"),
        "log.vkey": "".join(f"{key}\n" for key in log_vkeys()),
        "receipt.vkey": "".join(f"{key}\n" for key in receipt_vkeys()),
        "verify.html": onefile.page(),
        "README.txt": (files("minben.ledger") / "bundle.txt").read_text(encoding="utf-8"),
    }


def cases_document(told: dict[str, Any]) -> dict[str, Any]:  # Any: JSON values
    """``cases.json``: for every case its number, and ranges [first, end) that hold its leaves.

    The ranges are whole bundles of entries, so that they stay short; they hold other cases too.
    """
    size = told["size"]
    numbers = {case: row.get("number", "") for case, row in told["cases"].items()}
    ranges: dict[int, list[list[int]]] = {}
    for case, bundle in queries.bundles_of_cases(size):
        found = ranges.setdefault(case, [])
        first, end = bundle * WIDTH, min((bundle + 1) * WIDTH, size)
        if found and found[-1][1] == first:
            found[-1][1] = end
        else:
            found.append([first, end])
    cases = {
        str(case): {"number": numbers.get(str(case), ""), "ranges": found}
        for case, found in ranges.items()
    }
    return {"cases": cases, "size": size}


def stamps_document(size: int) -> list[dict[str, Any]]:  # Any: JSON values
    """``timestamps.json``: of which trees of at most `size` leaves there is a time stamp."""
    return [
        {"size": one.checkpoint.size, "at": one.at.isoformat(), "authority": one.authority}
        for one in queries.timestamps(size)
    ]


def _write_stamps(folder: Path, size: int) -> None:
    for stamp in queries.timestamps(size):
        path = folder / "timestamps" / f"{stamp.checkpoint.size}.tsr"
        if not path.exists():
            _put(path, bytes(stamp.token))
    _put(folder / "timestamps.json", _json(stamps_document(size)).encode())


def _drop_partial(folder: Path) -> None:
    """Partial tiles go when the full one is there; until then somebody may be reading them."""
    for parent in list((folder / "tile").rglob("*.p")):
        if parent.with_suffix("").exists():
            for path in parent.iterdir():
                path.unlink()
            parent.rmdir()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def _put_lines(path: Path, values: Iterable[object]) -> None:
    _put_parts(path, (_json(value).encode() for value in values))


def _put(path: Path, content: bytes) -> None:
    _put_parts(path, iter([content]))


def _put_parts(path: Path, parts: Iterator[bytes]) -> None:
    """A file at its place whole or not at all, and on the disk before anything that relies on it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + _MINE)
    try:
        with fresh.open("wb") as opened:
            opened.writelines(parts)
            opened.flush()
            os.fsync(opened.fileno())
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    place = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(place)
    finally:
        os.close(place)


def _sweep(folder: Path) -> None:
    """What a run that was killed left beside its places."""
    for path in folder.rglob(f"*{_MINE}"):
        path.unlink()
