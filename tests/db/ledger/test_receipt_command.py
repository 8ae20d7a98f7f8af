"""`minben ledger receipt`: checks a receipt by itself, and exits as scripts expect."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from minben.config.commands.receipts import receipt_command
from minben.ledger import receipts
from minben.ledger.notes import SigningKey
from tests.e2e.small_log import KEY, RECEIPTS, small_log


def run(tmp_path: Path, text: str, *options: str) -> Result:
    file = tmp_path / "receipt.json"
    file.write_text(text, encoding="utf-8")
    return CliRunner().invoke(receipt_command, [str(file), *options])


def test_a_genuine_receipt(tmp_path: Path) -> None:
    done = run(tmp_path, receipts.write([small_log().receipt()]))
    assert done.exit_code == 0
    assert "in the ledger" in done.output
    assert "compare the key" in done.output  # nobody told which key is the right one


def test_with_the_keys_known(tmp_path: Path) -> None:
    text = receipts.write([small_log().receipt()])
    keys = ("--key", str(KEY.public), "--receipt-key", str(RECEIPTS.public))
    done = run(tmp_path, text, *keys)
    assert done.exit_code == 0
    assert "compare the key" not in done.output
    theirs = str(SigningKey(KEY.name, 1, b"x" * 32).public)
    done = run(tmp_path, text, "--key", theirs)
    assert done.exit_code == 1
    assert "other keys" in done.output


def test_a_promise(tmp_path: Path) -> None:
    done = run(tmp_path, receipts.write([small_log().receipt(promised_only=True)]))
    assert done.exit_code == 0
    assert "promised" in done.output
    assert "by 2026-03-" in done.output


def test_a_known_checkpoint_that_contradicts(tmp_path: Path) -> None:
    other = small_log()
    other.entries[3] = other.entries[4]
    known = tmp_path / "checkpoint"
    known.write_text(other.checkpoint(), encoding="utf-8")
    text = receipts.write([small_log().receipt()])
    done = run(tmp_path, text, "--checkpoint", str(known))
    assert done.exit_code == 1
    assert "contradict" in done.output


@pytest.mark.parametrize("text", ["", "[]", '{"format": "minben-receipt/v9"}'])
def test_what_is_no_receipt(tmp_path: Path, text: str) -> None:
    done = run(tmp_path, text)
    assert done.exit_code == 1
    assert "no receipt" in done.output


def test_one_false_among_several(tmp_path: Path) -> None:
    from dataclasses import replace

    one = small_log().receipt()
    done = run(tmp_path, receipts.write([one, replace(one, salt=b"x" * 32)]))
    assert done.exit_code == 1
    assert "in the ledger" in done.output
    assert "personal part" in done.output
