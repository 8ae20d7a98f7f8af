"""Settings of the test run: the platform's own, on a database and a folder that are thrown away.

pytest-django reads settings before any conftest, so the environment is prepared here.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ["MINBEN_MODE"] = "demo"
os.environ["SECRET_KEY"] = "only-for-tests-0123456789-0123456789-0123456789"
os.environ["MINBEN_VAR"] = tempfile.mkdtemp(prefix="minben-tests-")
(Path(os.environ["MINBEN_VAR"]) / "static").mkdir()
atexit.register(shutil.rmtree, os.environ["MINBEN_VAR"], ignore_errors=True)

from minben.config.messages import compile_all  # noqa: E402
from minben.config.settings import *  # noqa: E402, F403
from minben.config.settings import DATABASES  # noqa: E402

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file and not memory: threads need one database with connections of their own.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(os.environ["MINBEN_VAR"]) / "test.sqlite3")}

if "PYTEST_XDIST_WORKER" not in os.environ:
    compile_all()  # once, and before anything reads a catalogue
