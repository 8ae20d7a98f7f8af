"""`minben indicators`: compute a composite index, and compute it again to check (指標)."""

import errno
import json
from pathlib import Path

import click

from minben.config.commands.indicators_drawing import draw_command
from minben.config.commands.indicators_methods import (
    refusal,
    robust_command,
    schema_command,
    shadow_command,
    weights_command,
)
from minben.config.commands.surveys import survey_group
from minben.indicators import keeping, shipped
from minben.indicators.engine.faults import Faulty
from minben.indicators.reading.folder import contents

FOLDER = click.Path(file_okay=False, path_type=Path)


class Telling(click.Group):
    """A group whose commands tell what cannot be read or written, instead of breaking off."""

    def invoke(self, ctx: click.Context) -> object:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except OSError as error:
            if error.errno == errno.EPIPE:  # whoever read our output has seen enough
                raise
            told = f"{error.filename or ''}: {error.strerror or error}".lstrip(": ")
            raise click.ClickException(f"無法讀寫 · cannot read or write {told}") from error


@click.group("indicators", cls=Telling, short_help="指標與綜合指數 · composite indices")
def indicators_command() -> None:
    """依計算方法算出綜合指數，並可重算驗證。
    · Compute a composite index by a recipe, and compute it again to check."""


METHODS = (schema_command, weights_command, shadow_command, robust_command)
for _command in (survey_group, draw_command, *METHODS):
    indicators_command.add_command(_command)


@indicators_command.command("recipes", short_help="內建計算方法 · shipped recipes")
def recipes() -> None:
    """列出內建計算方法及其所需欄位。 · The shipped recipes, with the columns they need."""
    for recipe in shipped.shipped():
        title = recipe.document.get("title", {})
        click.echo(f"{recipe.code}  {title.get('zh', '')} · {title.get('en', '')}")
        click.echo(f"  sha256 {recipe.id}")
        click.echo(
            f"  欄位 columns: unit, [period], {', '.join((*recipe.labels, *recipe.columns))}"
        )
        click.echo(f"  結果 results: {', '.join(recipe.results)}")


@indicators_command.command("run", short_help="計算 · compute")
@click.argument("recipe")
@click.option("--data", "data_folder", type=FOLDER, required=True, help="資料夾 · folder of data")
@click.option("--out", type=FOLDER, required=True, help="結果資料夾 · folder for the result")
def run(recipe: str, data_folder: Path, out: Path) -> None:
    """計算；RECIPE 為內建方法之代碼或檔案。資料有誤則不計算，並逐項說明。
    · Compute. RECIPE is the code of a shipped recipe, or a file. Data with faults is refused
    whole, and every fault is told."""
    try:
        found = shipped.find(recipe)
        path = Path(recipe)
        pretty = json.dumps(found.document, ensure_ascii=False, indent=1).encode() + b"\n"
        written = path.read_bytes() if path.is_file() else pretty
        results = keeping.write(out, written, contents(data_folder))
    except Faulty as error:
        raise refusal(error) from error
    click.echo(results["run.json"].decode().rstrip())


@indicators_command.command("verify", short_help="重算驗證 · compute again and compare")
@click.argument("folder", type=FOLDER)
def verify(folder: Path) -> None:
    """重算一份結果並逐位元組比對；不同時指出第一處。
    · Compute a result again and compare every byte; names the first difference."""
    try:
        difference = keeping.first_difference(folder)
    except Faulty as error:
        raise refusal(error) from error
    if difference:
        raise click.ClickException(f"不一致 · differs: {difference}")
    click.echo("一致 · equal, byte by byte")
