"""Every sentence is said in both languages, once per module, with the same places for values."""

import ast
import re
from collections import defaultdict
from pathlib import Path

import polib
import pytest
from django.utils.translation.template import templatize

from tests.repo.tree import MODULES, SRC, python

CATALOGUES = {path.parents[3].name: path for path in SRC.glob("*/locale/zh_Hant/*/django.po")}
CALLS = {"_", "gettext", "gettext_lazy", "gettext_noop", "pgettext", "pgettext_lazy"}
PLURALS = {"ngettext", "ngettext_lazy", "npgettext", "npgettext_lazy"}
# What Django's own preparation for xgettext leaves of a template: _('…') and ngettext('…', '…').
IN_TEMPLATE = re.compile(
    r"""\b(?P<call>_|gettext|ngettext|pgettext|npgettext)\(\s*u?(?P<rest>(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[\s,u])+)"""
)
LITERAL = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\"""")
PLACE = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")


def texts_in_python(source: str) -> set[str]:
    """Sentences marked for translation in Python; plural ones by their singular."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = ast.unparse(node.func).split(".")[-1]
        if name in CALLS | PLURALS:
            position = 1 if name.startswith(("pget", "npget")) else 0
            given = node.args[position : position + 1]
            if given and isinstance(given[0], ast.Constant):
                found.add(str(given[0].value))
    return found


def texts_in_template(source: str) -> set[str]:
    """Sentences marked for translation in a template."""
    found = set()
    for match in IN_TEMPLATE.finditer(templatize(source)):
        literals = [ast.literal_eval(text) for text in LITERAL.findall(match["rest"])]
        position = 1 if match["call"].startswith(("pget", "npget")) else 0
        found.update(literals[position : position + 1])
    return found


# The languages' own names, which Django's catalogues translate.
BY_DJANGO = {"config": {"English", "Traditional Chinese"}}


def used_by(module: str) -> set[str]:
    """Every sentence a module says."""
    folder = SRC / module
    found = set()
    for path in python(folder):
        found |= texts_in_python(path.read_text(encoding="utf-8"))
    for path in [*folder.rglob("*.html"), *folder.rglob("*.txt")]:
        if "templates" in path.parts:
            found |= texts_in_template(path.read_text(encoding="utf-8"))
    return found - BY_DJANGO.get(module, set())


def catalogue(module: str) -> polib.POFile:
    return polib.pofile(str(CATALOGUES[module]), encoding="utf-8")


def places(text: str) -> set[str]:
    return {first or second for first, second in PLACE.findall(text)}


def entry_faults(entry: polib.POEntry) -> str:
    """What is wrong with one translation, or nothing."""
    if entry.fuzzy:
        return "fuzzy"
    said = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if not said or not all(text.strip() for text in said):
        return "not translated"
    wanted = places(entry.msgid) | places(entry.msgid_plural or "")
    if any(not places(text) <= wanted for text in said):
        return "a place that the original does not have"
    if not entry.msgid_plural and places(entry.msgstr) != wanted:
        return "a place is missing"
    return ""


@pytest.mark.parametrize("module", MODULES)
def test_every_sentence_of_a_module_is_in_its_catalogue(module: str) -> None:
    used = used_by(module)
    known = {entry.msgid for entry in catalogue(module)} if module in CATALOGUES else set()
    assert not used - known


@pytest.mark.parametrize("module", CATALOGUES)
def test_every_sentence_is_translated(module: str) -> None:
    faults = {entry.msgid: entry_faults(entry) for entry in catalogue(module) if not entry.obsolete}
    assert not {text: fault for text, fault in faults.items() if fault}


@pytest.mark.parametrize("module", CATALOGUES)
def test_nothing_translated_is_said_nowhere(module: str) -> None:
    known = {entry.msgid for entry in catalogue(module)}
    assert not known - used_by(module)
    assert not catalogue(module).obsolete_entries()


def test_one_sentence_has_one_translation_on_the_whole_platform() -> None:
    """Django merges the catalogues, so the second translation of a sentence would never be seen."""
    said: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for module in CATALOGUES:
        for entry in catalogue(module):
            said[entry.msgctxt or "", entry.msgid][module] = entry.msgstr
    assert not {key: found for key, found in said.items() if len(set(found.values())) > 1}


def test_planted_violations_are_found(tmp_path: Path) -> None:
    assert texts_in_python('x = _("One") + gettext_lazy("Two") + f("No") + _(name)') == {
        "One",
        "Two",
    }
    template = (
        '{% translate "One" %}{% blocktranslate trimmed count n=n %}\n {{ n }} day\n'
        "{% plural %}{{ n }} days{% endblocktranslate %}"
        '{% translate "Open" context "verb" %}{% include "x" with label=_("Three") %}'
    )
    assert texts_in_template(template) == {"One", "%(n)s day", "Open", "Three"}
    planted = tmp_path / "django.po"
    planted.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "empty"\nmsgstr ""\n\n#, fuzzy\nmsgid "fuzzy"\nmsgstr "模糊"\n\n'
        'msgid "%(n)s left"\nmsgstr "剩下"\n\nmsgid "whole"\nmsgstr "完整"\n'
    )
    faults = [entry_faults(entry) for entry in polib.pofile(str(planted))]
    assert faults == ["not translated", "fuzzy", "a place is missing", ""]
