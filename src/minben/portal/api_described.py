"""The API in words (介面說明), read from its OpenAPI description so that both always agree."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: its name, what it takes, and whether an address needs it."""

    name: str
    takes: str
    required: bool
    text: str


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One address that machines can read."""

    path: str
    title: str
    text: str
    parameters: tuple[Parameter, ...]


def endpoints(schema: Mapping[str, Any]) -> list[Endpoint]:  # Any: parsed OpenAPI
    """All addresses of an OpenAPI description, in its order."""
    return [
        Endpoint(
            path,
            _in_words(operation.get("summary", "")),
            _in_words(operation.get("description", "")),
            tuple(_parameter(one, schema) for one in operation.get("parameters", ())),
        )
        for path, operations in schema["paths"].items()
        for method, operation in operations.items()
        if method == "get"
    ]


def _parameter(given: Mapping[str, Any], schema: Mapping[str, Any]) -> Parameter:
    return Parameter(
        given["name"],
        _takes(given["schema"], schema),
        given.get("required", False),
        _in_words(given.get("description", "")),
    )


def _in_words(sentence: str) -> str:
    """A sentence of the description in the reader's language; see minben.portal.api_words."""
    line = " ".join(sentence.split())
    return gettext(line) if line else ""


def _takes(given: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
    if "$ref" in given:
        given = schema["components"]["schemas"][given["$ref"].rpartition("/")[2]]
    for key in ("anyOf", "allOf"):
        for option in given.get(key, ()):
            if option.get("type") != "null":
                return _takes(option, schema)
    if given.get("type") == "array":
        return f"{_takes(given['items'], schema)} …"
    if "enum" in given:
        return " | ".join(map(str, given["enum"]))
    return str(given.get("type", ""))
