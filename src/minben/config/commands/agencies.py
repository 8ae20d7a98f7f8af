"""The list of agencies from the command line (機關清單): add, look, change, end."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from django.db import transaction

from minben.kernel import clock
from minben.kernel.actor import SYSTEM
from minben.people import actions, queries
from minben.people.shipped import add_agencies, shipped_agencies

HELP = ("-h", "--help")


class AddByDefault(click.Group):
    """``minben agencies`` and ``minben agencies FILE`` add, as ever."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0] not in self.commands and args[0] not in HELP):
            args = ["add", *args]
        return super().parse_args(ctx, args)


@click.group("agencies", cls=AddByDefault, short_help="機關清單 · the list of agencies")
def agencies_command() -> None:
    """機關清單；未指定子指令時加入隨附清單或指定檔案。
    · The list of agencies; without a sub-command, the shipped list or the given file is added."""


@agencies_command.command("add", short_help="加入清單 · add a list")
@click.argument(
    "file", required=False, type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
def add(file: Path | None) -> None:
    """加入機關清單；未指定檔案時使用隨附清單，已有的機關不變。
    · Add a list of agencies (JSON); without a file the shipped one. What is there stays as it is."""
    try:
        rows = json.loads(file.read_text(encoding="utf-8")) if file else shipped_agencies()
    except ValueError as error:
        raise click.ClickException(f"{file}: {error}") from None
    with transaction.atomic():
        added = add_agencies(rows=rows, by=SYSTEM, at=clock.now())
    click.echo(f"讀取 read {len(rows)} · 新增 added {added}")


@agencies_command.command("list", short_help="列出機關 · list agencies")
@click.option("--government", help="政府代碼 · code of a government")
@click.option("--json", "as_json", is_flag=True)
def list_agencies(government: str | None, as_json: bool) -> None:
    """列出機關，包括已裁撤者及其承接機關。
    · List the agencies, with those that ended and who succeeded them."""
    at = clock.now()
    governments = [one.code for one in queries.jurisdictions()]
    rows = [
        _told(node, code)
        for code in governments
        if government in (None, code)
        for node in queries.agency_tree(code, at)
    ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        ended = f"† {row['valid_until']} → {row['successor'] or '—'}" if row["valid_until"] else ""
        click.echo(f"{'  ' * row['depth']}{row['code']:20} {row['name_zh']} {ended}".rstrip())


def _told(node: queries.AgencyNode, government: str) -> dict[str, Any]:  # Any: JSON
    row = node.agency
    return {
        "code": row.code,
        "government": government,
        "depth": node.depth,
        "exists": node.exists,
        "name_zh": row.name_zh,
        "name_en": row.name_en,
        "aliases": row.aliases,
        "official_code": row.official_code,
        "valid_from": row.valid_from.isoformat() if row.valid_from else "",
        "valid_until": row.valid_until.isoformat() if row.valid_until else "",
        "successor": row.successor.code if row.successor else "",
    }


@agencies_command.command("change", short_help="變更機關 · change an agency")
@click.argument("code")
@click.option("--name-zh", help="新名稱；舊名成為別名 · new name, the old one becomes an alias")
@click.option("--name-en")
@click.option("--official-code", help="機關代碼 · official code")
@click.option("--mailbox", help="機關信箱 · mailbox")
@click.option("--parent", help="上級機關代碼，空字串為無 · code of the parent, empty for none")
@click.option("--alias", "aliases", multiple=True, help="全部別名，可重複 · all aliases, repeated")
@click.option("--valid-from", type=click.DateTime(["%Y-%m-%d"]), help="成立日期 · first day")
def change(code: str, **given: Any) -> None:  # Any: values of options
    """變更一個機關的資料。 · Change what the list says of an agency."""
    changes = {name: value for name, value in given.items() if value not in (None, ())}
    if "aliases" in changes:
        changes["aliases"] = list(changes["aliases"])
    if "valid_from" in changes:
        changes["valid_from"] = _day(changes["valid_from"])
    agency, changed = actions.change_agency(code=code, changes=changes, by=SYSTEM, at=clock.now())
    click.echo(f"{agency.code}: {', '.join(changed) or '未變更 unchanged'}")


@agencies_command.command("end", short_help="裁撤或改制 · end an agency")
@click.argument("code")
@click.option("--on", required=True, type=click.DateTime(["%Y-%m-%d"]), help="首日不存在 · first day without it")  # fmt: skip
@click.option("--successor", help="承接機關代碼 · code of the successor")
def end(code: str, on: datetime, successor: str | None) -> None:
    """裁撤一個機關，並指定承接機關。 · End an agency, and name who succeeds it."""
    agency = actions.end_agency(
        code=code, on=_day(on), successor_code=successor, by=SYSTEM, at=clock.now()
    )
    click.echo(f"{agency.code}: † {agency.valid_until} → {successor or '—'}")


def _day(given: datetime) -> date:
    return given.date()
