"""`minben ledger witness` and `minben ledger key`: for people who run no platform at all."""

import signal
import sys
import threading
from pathlib import Path

import click

from minben.ledger.notes import COSIGNATURE, ED25519, NoteFault, PublicKey, SigningKey
from minben.ledger.witness.memory import Memory
from minben.ledger.witness.serving import Witness, serve


def _keys(
    context: click.Context, option: click.Parameter, texts: tuple[str, ...]
) -> list[PublicKey]:
    try:
        return [PublicKey.parse(text) for text in texts]
    except NoteFault as error:
        raise click.BadParameter(str(error)) from None


def _place(context: click.Context, option: click.Parameter, text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdigit() or int(port) > 65535:
        raise click.BadParameter("127.0.0.1:8500")
    return host.strip("[]"), int(port)


@click.command("witness", short_help="執行見證人 · run a witness")
@click.option("--key", "key_file", required=True, type=click.Path(dir_okay=False, path_type=Path),
              help="見證人私鑰檔 · the witness's own key (minben ledger key --witness)")  # fmt: skip
@click.option("--state", required=True, type=click.Path(file_okay=False, path_type=Path),
              help="記錄已副署檢查點的資料夾 · folder that remembers what was cosigned")  # fmt: skip
@click.option("--log", "logs", required=True, multiple=True, callback=_keys, metavar="VKEY",
              help="所見證帳本的公鑰，可重複 · key of a log to witness; may be repeated")  # fmt: skip
@click.option("--listen", default="127.0.0.1:8500", show_default=True, callback=_place,
              metavar="HOST:PORT", help="聆聽位址 · where to listen")  # fmt: skip
def witness_command(
    key_file: Path, state: Path, logs: list[PublicKey], listen: tuple[str, int]
) -> None:
    """副署只增不減的帳本（C2SP tlog-witness）；請由平臺以外的人執行。
    · Cosign logs that only grow (C2SP tlog-witness). To be run by somebody else than the platform."""
    try:
        key = SigningKey.parse(key_file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, NoteFault) as error:
        raise click.ClickException(f"{key_file}: {error}") from None
    if key.kind != COSIGNATURE:
        raise click.ClickException("不是見證人金鑰 · not a witness's key (--witness)")
    try:
        server = serve(Witness(key, logs, Memory(state)), *listen)
    except OSError as error:
        raise click.ClickException(f"{listen[0]}:{listen[1]} {error.strerror}") from None
    for number in (signal.SIGTERM, signal.SIGINT):
        # From a thread: the server waits for its own loop to end.
        signal.signal(number, lambda *_: threading.Thread(target=server.shutdown).start())
    click.echo(f"{key.public}\n{listen[0]}:{server.server_address[1]}")
    sys.stdout.flush()
    server.serve_forever()
    server.server_close()


@click.command("key", short_help="產生金鑰 · make a key")
@click.argument("name", metavar="名稱NAME")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path),
              help="私鑰檔 · file for the private key; never overwritten")  # fmt: skip
@click.option("--witness", is_flag=True, help="見證人金鑰 · a witness's key instead of a log's")
def key_command(name: str, out: Path, witness: bool) -> None:
    """產生簽署檢查點或副署的金鑰，並印出公鑰。名稱即帳本名稱，例如 join.example.tw/ledger。
    · Make a key that signs checkpoints, or cosigns them, and print the public one. Its name is
    that of the log, such as join.example.tw/ledger."""
    try:
        key = SigningKey.generate(name, COSIGNATURE if witness else ED25519)
    except NoteFault as error:
        raise click.BadParameter(str(error)) from None
    try:
        out.touch(mode=0o600, exist_ok=False)
        out.write_text(f"{key}\n", encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"{out}: {error.strerror}") from None
    click.echo(str(key.public))
