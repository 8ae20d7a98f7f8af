"""How a set of numbers is cited (引用格式): plain text, BibTeX, CSL-JSON.

Source: BibTeX; Citation Style Language 1.0.2, type ``dataset``. The hashes stand in the note: they
say which numbers were meant, also after newer ones came.
"""

import json
import re

from minben.indicators.exporting.dataset import Dataset


def plain(dataset: Dataset, publisher: str, language: str) -> str:
    """One line for a footnote."""
    identity = "; ".join(f"{name} {value[:12]}" for name, value in dataset.identity)
    day = dataset.made.isoformat()
    if language == "zh":
        return f"{publisher}，《{dataset.title.zh}》，{day}。{identity}。{dataset.address}"
    return f"{publisher}, {dataset.title.en}, {day}. {identity}. {dataset.address}"


def bibtex(dataset: Dataset, publisher: str) -> bytes:
    """An entry ``@misc`` for LaTeX."""
    fields = {
        "title": f"{{{_bib(dataset.title.en)}}}",
        "author": f"{{{_bib(publisher)}}}",
        "year": f"{dataset.made:%Y}",
        "month": f"{dataset.made.month}",
        "note": _bib("; ".join(f"{name}: {value}" for name, value in dataset.identity)),
        "howpublished": f"\\url{{{dataset.address}}}",
    }
    key = re.sub(r"[^A-Za-z0-9]+", "-", f"{dataset.code}-{dataset.made:%Y}").strip("-")
    inside = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{{key},\n{inside}\n}}\n".encode()


def csl_json(dataset: Dataset, publisher: str) -> bytes:
    """One item for reference managers."""
    made = dataset.made
    item = {
        "id": dataset.code,
        "type": "dataset",
        "title": dataset.title.en,
        "title-short": dataset.title.zh,
        "author": [{"literal": publisher}],
        "publisher": publisher,
        "issued": {"date-parts": [[made.year, made.month, made.day]]},
        "note": "; ".join(f"{name}: {value}" for name, value in dataset.identity),
        "URL": dataset.address,
    }
    return (json.dumps([item], ensure_ascii=False, indent=2) + "\n").encode()


def _bib(words: str) -> str:
    """Text whose special characters LaTeX takes as text."""
    out = words.replace("\\", r"\textbackslash ")
    return re.sub(r"([&%$#_{}])", r"\\\1", out)
