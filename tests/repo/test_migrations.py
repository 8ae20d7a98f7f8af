"""Migrations are named by hand, form one line, and are all there."""

import ast
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tests.repo.tree import SRC, name_of, parsed

NAME = re.compile(r"\d{4}_[a-z]+(_[a-z0-9]+)*")


def files() -> list[Path]:
    return [path for path in SRC.glob("*/migrations/*.py") if path.stem != "__init__"]


def name_fault(stem: str) -> str:
    """What is wrong with the name of a migration, or nothing."""
    if not NAME.fullmatch(stem):
        return "no number and words"
    machine_made = re.search(r"_auto_|_\d{8}_|_and_more$|_alter_\w+_\w+|_squashed", stem)
    return "named by the machine" if machine_made else ""


def test_names_say_what_changes() -> None:
    assert files()
    found = {name_of(path): name_fault(path.stem) for path in files()}
    assert not {name: fault for name, fault in found.items() if fault}


def test_every_migration_says_why() -> None:
    """In its own words, above the module or above the migration."""
    silent = []
    for path in files():
        tree = parsed(path)
        classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
        if not any(ast.get_docstring(node) for node in (tree, *classes)) or path.read_text(
            encoding="utf-8"
        ).startswith("# Generated"):
            silent.append(name_of(path))
    assert not silent


def test_numbers_run_without_gap_or_twin() -> None:
    by_module: dict[str, list[int]] = {}
    for path in files():
        by_module.setdefault(path.parents[1].name, []).append(int(path.stem[:4]))
    for module, numbers in by_module.items():
        assert sorted(numbers) == list(range(1, len(numbers) + 1)), module


@pytest.mark.django_db
def test_each_module_has_one_last_migration() -> None:
    loader = MigrationLoader(connection)
    assert not loader.detect_conflicts()


@pytest.mark.django_db
def test_migrations_are_complete() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize(
    ("stem", "fault"),
    [
        ("0002_append_only", ""),
        ("0002_auto_20261122_1200", "named by the machine"),
        ("0003_alter_user_email", "named by the machine"),
        ("0004_user_x_user_y_and_more", "named by the machine"),
        ("append_only", "no number and words"),
    ],
)
def test_planted_names_are_found(stem: str, fault: str) -> None:
    assert name_fault(stem) == fault
