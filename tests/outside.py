"""The Nu HTML Checker, which knows the schemas of HTML and SVG: what others say of our markup.

It is the npm package `vnu-jar` (MIT) and needs Java. Starting it takes two seconds, so many
documents are checked at once.
"""

import json
import re
import shutil
import subprocess
from pathlib import Path

JAR = Path(__file__).parents[1] / "node_modules/vnu-jar/build/dist/vnu.jar"
HOW = "apt-get install default-jre-headless, npm ci"
# A comment or a finding is an article without a title, as in the examples of the HTML standard.
KNOWN = re.compile("Article lacks heading")


def java() -> str:
    """The program that runs the checker, or nothing where it or the checker is not installed."""
    return (shutil.which("java") or "") if JAR.exists() else ""


def remarks(folder: Path, kind: str = "html") -> dict[str, list[str]]:
    """What the checker says of the documents of a folder: name of the file → line and sentence.

    Args:
        folder: documents, all of one kind.
        kind: ``html`` or ``svg``.
    """
    options = f"--{kind} --no-langdetect --format json --stdout --exit-zero-always".split()
    quick = ["-XX:TieredStopAtLevel=1", "-Xss4m"]  # it reads long paths by recursion
    command = [java(), *quick, "-jar", str(JAR), *options, str(folder)]
    told = subprocess.run(command, check=True, capture_output=True, timeout=120).stdout
    out: dict[str, list[str]] = {}
    for one in json.loads(told)["messages"]:
        note = one["type"] == "info" and one.get("subType") != "warning"
        if not note and not KNOWN.search(one["message"]):
            line = f"line {one.get('lastLine', '?')}: {one['message']}"
            out.setdefault(one["url"].rpartition("/")[2], []).append(line)
    return out
