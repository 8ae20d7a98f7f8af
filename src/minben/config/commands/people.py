"""Accounts and roles from the command line: how the first administrator comes to be."""

import json
import secrets

import click

from minben.kernel import clock
from minben.kernel.actor import SYSTEM, Role
from minben.people import actions, queries


@click.group("user", short_help="帳號與職務 · accounts and roles")
def user_command() -> None:
    """帳號與職務。 · Accounts and staff roles."""


@user_command.command("create", short_help="建立帳號 · open an account")
@click.argument("email")
@click.option("--nickname", required=True, help="暱稱 · public nickname")
@click.option("--county", default="臺北市", show_default=True)
@click.option("--township", default="中正區", show_default=True)
def create(email: str, nickname: str, county: str, township: str) -> None:
    """建立工作人員帳號（電子郵件視為已確認，未綁定手機）並顯示一次密碼。
    · Open a staff account (its address counts as proved, no mobile is bound) and show the
    password once."""
    at = clock.now()
    password = secrets.token_urlsafe(12)
    user = actions.open_account(
        email=email, password=password, language="zh-hant", by=SYSTEM, at=at
    )
    actions.declare(
        user=user, nickname=nickname, county=county, township=township, residency="national",
        by=SYSTEM, at=at,
    )  # fmt: skip
    actions.confirm_email(user=user, by=SYSTEM, at=at)
    click.echo(json.dumps({"email": user.email, "password": password}, ensure_ascii=False))


@user_command.command("grant", short_help="授予職務 · grant a role")
@click.argument("email")
@click.argument("role", type=click.Choice([role.value for role in Role]))
@click.option(
    "--agency",
    help="機關代碼（承辦人、主管與聯絡人必填）· agency code, for officer, lead, participation",
)
def grant(email: str, role: str, agency: str | None) -> None:
    """授予職務。 · Grant a staff role."""
    user = queries.user_by_email(email)
    if user is None:
        raise click.ClickException(f"查無此帳號 · no account: {email}")
    found = queries.find_agency(agency, clock.now()) if agency else None
    actions.grant_role(
        user_id=user.pk,
        role=Role(role),
        agency_id=found.pk if found else None,
        by=SYSTEM,
        at=clock.now(),
    )
    click.echo(f"{email}: {role}{f' @ {agency}' if agency else ''}")


@user_command.command("list", short_help="列出職務 · list roles")
@click.option("--json", "as_json", is_flag=True)
def list_roles(as_json: bool) -> None:
    """列出目前的職務。 · List the staff roles in force."""
    rows = [
        {"email": row.user.email, "role": row.role, "agency": row.agency.code if row.agency else ""}
        for row in queries.roles_in_force(clock.now())
    ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        click.echo(f"{row['email']:40} {row['role']:14} {row['agency']}")
