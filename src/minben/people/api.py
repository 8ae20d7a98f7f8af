"""Governments, agencies and counties for machines (機關與縣市之開放資料介面). No persons."""

from datetime import date
from http import HTTPStatus
from typing import Any

from ninja import Router, Schema
from ninja.params.functions import Query

from minben.base.access import Request
from minben.base.api import Name, Problem, Trouble
from minben.base.refusals import sentence
from minben.kernel.refusal import Refusal
from minben.people import queries
from minben.people.rules import LIST_BASIS

router = Router(tags=["places and agencies"])


class Government(Schema):
    """A government that takes proposals."""

    code: str
    name: Name


class Agency(Schema):
    """An agency, its government, the agency above it, and its former names."""

    code: str
    name: Name
    government: str
    parent: str
    aliases: list[str]
    topics: list[str]
    valid_from: date | None
    valid_until: date | None
    successor: str
    official_code: str
    kind: str


class OneAgency(Agency):
    """An agency, and whether a participation officer is named for it. No persons."""

    participation_officer: bool


class Township(Schema):
    """A township or district."""

    name: Name


class County(Schema):
    """A county or city with its townships, in the official order."""

    name: Name
    townships: list[Township]


@router.get("/governments", response=list[Government], summary="Governments")
def governments(request: Request) -> list[dict[str, Any]]:
    """The governments that take proposals here."""
    return [
        {"code": row.code, "name": {"zh": row.name_zh, "en": row.name_en}}
        for row in queries.jurisdictions()
    ]


@router.get("/agencies", response=list[Agency], summary="Agencies")
def agencies(
    request: Request,
    government: str = Query(
        "", max_length=20, description="code of a government, see /governments"
    ),
) -> list[dict[str, Any]]:
    """The agencies that exist now, of one government or all."""
    return [
        _agency(row)
        for row in queries.all_agencies(request.at)
        if government in ("", row.jurisdiction.code)
    ]


@router.get("/agencies/{code}", response={200: OneAgency, 404: Problem}, summary="One agency")
def agency(request: Request, code: str) -> dict[str, Any]:
    """An agency that exists or existed, and who succeeded it."""
    row = queries.agency_page(code)
    if row is None:
        refusal = Refusal("agency_code_unknown", basis=LIST_BASIS, given=code)
        raise Trouble(HTTPStatus.NOT_FOUND, refusal.code, sentence(refusal))
    named = queries.has_participation_officer(row.pk, request.at)
    return _agency(row) | {"participation_officer": named}


def _agency(row: Any) -> dict[str, Any]:
    """A row as it is told. Any: the model is private to the module, the schema has its name."""
    return {
        "code": row.code,
        "name": {"zh": row.name_zh, "en": row.name_en},
        "government": row.jurisdiction.code,
        "parent": row.parent.code if row.parent else "",
        "aliases": row.aliases,
        "topics": row.topics,
        "valid_from": row.valid_from,
        "valid_until": row.valid_until,
        "successor": row.successor.code if row.successor else "",
        "official_code": row.official_code,
        "kind": row.kind,
    }


@router.get("/counties", response=list[County], summary="Counties and townships")
def counties(request: Request) -> list[dict[str, Any]]:
    """The counties and townships people say they live in."""
    return [
        {
            "name": {"zh": county.name_zh, "en": county.name_en},
            "townships": [
                {"name": {"zh": zh, "en": en}}
                for zh, en in zip(county.townships, county.townships_en, strict=True)
            ],
        }
        for county in queries.counties()
    ]
