"""Write the API's description anew: ``make openapi``, or ``python -m tests.api.write_openapi``."""

import json
import os
from pathlib import Path

SNAPSHOT = Path(__file__).with_name("openapi.json")


def described() -> str:
    """The description as the snapshot holds it."""
    from minben.config.api import api

    return json.dumps(api.get_openapi_schema(), ensure_ascii=False, indent=1, default=str) + "\n"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    SNAPSHOT.write_text(described(), encoding="utf-8")
    print(f"{SNAPSHOT.name} written")
