"""`minben`: the one command for everything a host does. Help is given in both languages.

Exit codes: 0 done, 1 refused or nothing to do as asked, 2 wrong usage, 69 the database is away,
78 the environment lacks something.
"""

import os
import sys
from typing import NoReturn

import click

from minben.config.env import Misconfigured

EX_REFUSED, EX_UNAVAILABLE, EX_CONFIG = 1, 69, 78
# What anybody runs who has no platform, no settings and no database.
# What would write acts of an earlier time than the ledger's, if the machine's clock was set back.
WRITING = {"switch", "user", "agencies", "import"}
WITHOUT_PLATFORM = {("ledger", command) for command in ("verify", "witness", "key", "receipt")} | {
    ("indicators", command)
    for command in (
        *("recipes", "run", "verify", "draw", "survey"),
        *("schema", "weights", "shadow", "robust"),
    )
}


class BothLanguages(click.Group):
    """Imports a command's module only when it is asked for, so that help is instant."""

    modules = {
        "migrate": "installing",
        "check": "installing",
        "messages": "installing",
        "demo": "sandbox",
        "clock": "sandbox",
        "serve": "serving",
        "tick": "serving",
        "ledger": "ledger",
        "import": "importing",
        "report": "reporting",
        "rehearse": "rehearsing",
        "bench": "bench",
        "switch": "switching",
        "mail": "mailing",
        "user": "people",
        "agencies": "agencies",
        "indicators": "indicators",
    }

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.modules:
            return None
        from importlib import import_module

        module = import_module(f"minben.config.commands.{self.modules[cmd_name]}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command


@click.group(
    cls=BothLanguages,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="DATABASE_URL 選擇資料庫；未設定時使用 ./var 內的 SQLite。"
    " · DATABASE_URL selects the database; without it, SQLite in ./var.",
)
@click.version_option(package_name="minben")
@click.pass_context
def cli(context: click.Context) -> None:
    """民本平臺的單一指令。 · The one command of the Minben platform."""
    if context.invoked_subcommand in WRITING and not {"-h", "--help"} & set(sys.argv):
        from minben.ledger.timing import refuse_behind

        refuse_behind()


def _stop(message: str, code: int) -> NoReturn:
    click.echo(f"minben: {' '.join(message.split())}", err=True)
    sys.exit(code)


def main() -> None:
    """Run the command; every error is one line on stderr and an exit code."""
    # Before anything else: even `--help` imports the commands, and those import models.
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minben.config.settings")
    if {"-h", "--help", "--version"} & set(sys.argv) or len(sys.argv) == 1:
        # Help must come even where nothing is configured yet.
        os.environ.setdefault("SECRET_KEY", "none needed for help")
        os.environ.setdefault("MINBEN_MODE", "demo")
    import django

    try:
        if tuple(sys.argv[1:3]) not in WITHOUT_PLATFORM:
            django.setup()
        cli(standalone_mode=False)
    except Misconfigured as error:
        _stop(str(error).removeprefix("minben: "), EX_CONFIG)
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except click.Abort:
        _stop("stopped · 已中止", 130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except Exception as error:
        _explain(error)


def _explain(error: Exception) -> NoReturn:
    from django.db import DatabaseError, InterfaceError

    from minben.base.refusals import sentence
    from minben.kernel.refusal import Refusal

    if isinstance(error, Refusal):
        _stop(f"{sentence(error)} [{error.code}]", EX_REFUSED)
    if isinstance(error, (DatabaseError, InterfaceError)):
        _stop(f"資料庫無法使用 · the database can't be used: {error}", EX_UNAVAILABLE)
    if os.environ.get("MINBEN_TRACE"):
        raise error
    _stop(f"{type(error).__name__}: {error} (MINBEN_TRACE=1 shows where)", EX_REFUSED)
