"""The desk of indicators: sources, declarations, imports in two steps, nothing lost on the way."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from minben.indicators import actions
from minben.indicators.declared.documents import framework
from minben.indicators.models import (
    Indicator,
    Intake,
    Method,
    Observation,
    Source,
    Staged,
    UnitAlias,
)
from minben.kernel.actor import SYSTEM, Role
from minben.people.models import Agency
from tests.factories import DAY0, make_agency
from tests.registry_document import DOCUMENT, document
from tests.registry_scene import NEWER, WIDE, declared, taken
from tests.web.conftest import SignedIn
from tests.web.desk.conftest import queries_of

pytestmark = pytest.mark.django_db
DESK = "/en/desk/indicators/"
YUNLIN = f"{DESK}sources/yunlin-digital/"
COPIED = "unit,period,yl.online,yl.fraud\n口湖鄉,2024,84.9,84.9\n斗六市,2024,84.4,90.1\n".encode()


@pytest.fixture
def agency() -> Agency:
    return make_agency()


@pytest.fixture
def officer(
    staff_client: Callable[..., SignedIn], agency: Agency, at_instant: Callable[..., Any]
) -> Any:
    client = staff_client(Role.OFFICER, agency)
    with at_instant(DAY0 + timedelta(hours=3)):
        yield client


@pytest.fixture
def admin(staff_client: Callable[..., SignedIn], at_instant: Callable[..., Any]) -> Any:
    client = staff_client(Role.ADMINISTRATOR)
    with at_instant(DAY0 + timedelta(hours=3)):
        yield client


def file(content: bytes, name: str = "2024.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def page(client: SignedIn, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return str(answer.content.decode())


def about(**changes: str) -> dict[str, str]:
    """What is typed of a source."""
    return {
        "owner": "platform",
        "code": "un-egdi",
        "title_zh": "電子化政府發展指數",
        "title_en": "E-Government Development Index",
        "publisher": "UN DESA",
        "licence": "not told",
    } | changes


def uploaded(client: SignedIn, content: bytes = WIDE, **more: str) -> Any:
    """Where the browser goes after files were chosen, and what it shows there."""
    answer = client.post(f"{YUNLIN}import/", {"uploads": file(content)} | more)
    assert answer.status_code == 302, answer.content.decode()
    return client.get(answer["Location"])


def seal(shown: str) -> str:
    """The hidden field of a preview."""
    return shown.split('name="seal" value="')[1].split('"')[0]


def test_without_a_source_the_list_says_what_to_do(officer: SignedIn) -> None:
    shown = page(officer, DESK)
    assert "There is no source yet" in shown
    assert 'href="/en/desk/indicators/new/"' in shown
    assert f'<a href="{DESK}" aria-current="page">' in shown


def test_a_source_is_registered_and_its_code_is_its_own(admin: SignedIn) -> None:
    answer = admin.post(f"{DESK}new/", about())
    assert answer["Location"] == f"{DESK}sources/un-egdi/"
    shown = page(admin, answer["Location"])
    assert "E-Government Development Index" in shown
    assert "No indicator is declared yet" in shown
    again = admin.post(f"{DESK}new/", about(title_zh="另一個"))
    assert again.status_code == 422
    assert "belongs to another source already" in again.content.decode()
    assert 'value="另一個"' in again.content.decode()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"code": "un egdi"}, "A code has letters"),
        ({"code": ""}, "required"),
        ({"title_en": ""}, "required"),
        ({"licence": " "}, "required"),
        ({"address": "nowhere"}, "valid URL"),
        ({"published_on": "yesterday"}, "valid date"),
        ({"publisher": "字" * 201}, "at most 200"),
        ({"owner": "999999"}, "valid choice"),
    ],
)
def test_what_is_wrong_with_a_source_stands_beside_its_field(
    admin: SignedIn, changes: dict[str, str], told: str
) -> None:
    answer = admin.post(f"{DESK}new/", about(**changes))
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Source.objects.exists()


def test_officers_keep_what_is_their_agencys(officer: SignedIn, agency: Agency) -> None:
    assert officer.post(f"{DESK}new/", about()).status_code == 422  # not offered to them
    assert officer.post(f"{DESK}new/", about(owner=str(agency.pk))).status_code == 302
    assert Source.objects.get().agency_id == agency.pk
    changed = about(title_en="Another title")
    assert officer.post(f"{DESK}sources/un-egdi/change/", changed).status_code == 302
    assert Source.objects.get().title_en == "Another title"
    assert officer.post(f"{DESK}sources/un-egdi/change/", about(licence="")).status_code == 422


def test_a_source_of_others_is_read_and_not_changed(
    officer: SignedIn, staff_client: Callable[..., SignedIn]
) -> None:
    source = declared()
    taken(source)
    shown = page(officer, YUNLIN)
    assert "Import files" not in shown
    assert "Withdraw" not in page(officer, f"{YUNLIN}imports/1/")
    for path in ("change/", "declare/", "import/", "imports/1/withdraw/"):
        assert officer.get(YUNLIN + path).status_code == 403, path
        assert officer.post(YUNLIN + path, {"reason": "x"}).status_code == 403, path
    for role in (Role.CHECKER, Role.CLERK):
        assert staff_client(role).get(DESK).status_code == 403
    weak = staff_client(Role.ADMINISTRATOR, strong=False)
    assert weak.get(DESK).status_code == 302


def test_a_document_declares_everything_at_once(admin: SignedIn) -> None:
    given = {"owner": "platform", "document": file(document(), "yunlin.json")}
    assert admin.post(f"{DESK}document/", given)["Location"] == YUNLIN
    assert Indicator.objects.count() == 2
    broken = document(units=[{"code": "a b", "kind": "town", "name": {"zh": "甲", "en": "A"}}])
    given = {"owner": "platform", "document": file(broken, "yunlin.json")}
    answer = admin.post(f"{DESK}document/", given)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "2 faults" in shown
    assert "units[0].code" in shown


def test_indicators_are_declared_from_a_table(admin: SignedIn) -> None:
    declared()
    table = "code,title_zh,title_en,scale,breaks\nyl.new,新,New,ratio,2022 | 改 | changed\n"
    answer = admin.post(f"{YUNLIN}declare/", {"sheet": file(table.encode(), "i.csv")})
    assert answer["Location"] == f"{YUNLIN}#indicators"
    shown = page(admin, YUNLIN)
    assert "1 indicator is new, 0 changed, 0 as they were." in shown
    assert "2022 changed" in shown
    wrong = "code,title_zh,title_en,scale\nyl.new,新,New,many\n,新,New,ratio\n"
    answer = admin.post(f"{YUNLIN}declare/", {"sheet": file(wrong.encode(), "i.csv")})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "<td>line 2, column scale</td>" in shown
    assert "<td>line 3, column code</td>" in shown
    assert admin.post(f"{YUNLIN}declare/", {}).status_code == 422


def test_files_are_looked_at_before_they_are_imported(admin: SignedIn) -> None:
    declared()
    preview = uploaded(admin)
    shown = preview.content.decode()
    assert "4 new" in shown
    assert "Individuals online" in shown
    assert "81.2" in shown
    assert not Observation.objects.exists()
    done = admin.post(preview.request["PATH_INFO"], {"seal": seal(shown)})
    assert done["Location"] == f"{YUNLIN}imports/1/"
    shown = page(admin, done["Location"])
    assert "Import 1 is done: 4 observations." in shown
    assert "There was nothing to remark." in shown
    assert not Staged.objects.exists()
    again = admin.post(preview.request["PATH_INFO"], {"seal": ""})
    assert again["Location"] == f"{YUNLIN}import/"
    kept = admin.get(f"{YUNLIN}imports/1/files/{Intake.objects.get().files.get().pk}/")
    assert kept.content == WIDE
    assert kept["Content-Disposition"] == 'attachment; filename="2024.csv"'


def test_remarks_are_confirmed_or_nothing_is_imported(admin: SignedIn) -> None:
    declared()
    preview = uploaded(admin, COPIED)
    shown = preview.content.decode()
    assert "equals yl.online in the same period to the last digit" in shown
    address = preview.request["PATH_INFO"]
    for given in ({"seal": seal(shown)}, {"seal": "", "seen": "on"}, {"seal": "0" * 64}):
        refused = admin.post(address, given)
        assert refused.status_code == 422, given
        assert seal(refused.content.decode()) == seal(shown)
    assert not Intake.objects.exists()
    done = admin.post(address, {"seal": seal(shown), "seen": "on"})
    assert done.status_code == 302
    kept = page(admin, done["Location"])
    assert "equals yl.online in the same period to the last digit" in kept
    in_chinese = page(admin, done["Location"].removeprefix("/en"))
    assert "與同期之 yl.online 完全相同" in in_chinese


def test_every_fault_stands_in_a_table_with_file_place_and_reason(admin: SignedIn) -> None:
    declared()
    wrong = 'unit,period,yl.online\n口糊鄉,2024,81\n斗六市,2024,"8,5"\n斗六市,x,81\n'.encode()
    preview = uploaded(admin, wrong)
    shown = preview.content.decode()
    assert "Nothing can be imported" in shown
    assert "the nearest name is “口湖鄉”" in shown
    assert "<td>line 2</td>" in shown
    assert "<td>line 3, column yl.online</td>" in shown
    assert "<td>line 4</td>" in shown
    assert 'name="seal"' not in shown
    assert admin.post(preview.request["PATH_INFO"], {"seal": ""}).status_code == 422
    assert not Intake.objects.exists()
    in_chinese = page(admin, preview.request["PATH_INFO"].removeprefix("/en"))
    assert "最接近的名稱為「口湖鄉」" in in_chinese
    assert "第 3 列，欄位 yl.online" in in_chinese


def test_other_names_of_columns_are_told_and_kept(admin: SignedIn) -> None:
    declared()
    content = "鄉鎮;率;備註;名次\n口湖鄉;81,2;無;1\n".encode()
    told = {
        "unit": "鄉鎮",
        "default_period": "2024",
        "columns": "率 = yl.online",
        "leave_out": "名次",
        "decimal": ",",
    }
    preview = uploaded(admin, content, **told)
    shown = preview.content.decode()
    assert "1 remark to look at" in shown
    assert "The column “備註” holds text and is not taken." in shown
    done = admin.post(preview.request["PATH_INFO"], {"seal": seal(shown), "seen": "on"})
    assert done.status_code == 302
    row = Observation.objects.get()
    assert (row.period, row.value) == ("2024", 81.2)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "required"),
        ({"default_period": "soon"}, "Write a period as"),
        ({"columns": "率"}, "an equals sign"),
        ({"decimal": "x"}, "valid choice"),
    ],
)
def test_what_is_wrong_with_an_upload_stands_beside_its_field(
    admin: SignedIn, given: dict[str, str], told: str
) -> None:
    declared()
    files = {"uploads": file(WIDE)} if given else {}
    answer = admin.post(f"{YUNLIN}import/", given | files)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert told in shown
    for value in given.values():
        assert value in shown
    assert not Staged.objects.exists()


def test_two_files_of_one_name_are_refused(admin: SignedIn) -> None:
    declared()
    answer = admin.post(f"{YUNLIN}import/", {"uploads": [file(WIDE), file(NEWER)]})
    assert answer.status_code == 422
    assert "Two files are called 2024.csv." in answer.content.decode()


def test_what_was_uploaded_is_gone_after_a_day_and_is_nobody_elses(
    admin: SignedIn, staff_client: Callable[..., SignedIn], at_instant: Callable[..., Any]
) -> None:
    declared()
    preview = uploaded(admin)
    address = preview.request["PATH_INFO"]
    other = staff_client(Role.ADMINISTRATOR)
    assert other.get(address)["Location"] == f"{YUNLIN}import/"
    with at_instant(DAY0 + timedelta(hours=28)):
        assert admin.get(address)["Location"] == f"{YUNLIN}import/"
    assert admin.get(address).status_code == 200


def test_the_same_again_is_nothing_new(admin: SignedIn) -> None:
    taken(declared())
    preview = uploaded(admin)
    assert "Nothing new" in preview.content.decode()
    assert admin.post(preview.request["PATH_INFO"], {"seal": ""}).status_code == 409
    assert Intake.objects.count() == 1


def test_an_import_is_withdrawn_with_a_reason(admin: SignedIn) -> None:
    taken(declared())
    refused = admin.post(f"{YUNLIN}imports/1/withdraw/", {"reason": " "})
    assert refused.status_code == 422
    assert Intake.objects.get().withdrawn_at is None
    done = admin.post(f"{YUNLIN}imports/1/withdraw/", {"reason": "發布機關更正"})
    shown = page(admin, done["Location"])
    assert "Withdrawn: it counts no more" in shown
    assert "發布機關更正" in shown
    assert "<textarea" not in shown
    assert admin.post(f"{YUNLIN}imports/1/withdraw/", {"reason": "x"}).status_code == 409
    assert "Withdrawn" in page(admin, YUNLIN) or "withdrawn" in page(admin, YUNLIN)


@pytest.mark.parametrize(
    "path",
    ["sources/none/", "sources/none/import/", "units/none/", "sources/yunlin-digital/imports/9/"],
)
def test_what_is_not_there_is_not_found(admin: SignedIn, path: str) -> None:
    declared()
    assert admin.get(DESK + path).status_code == 404


def test_units_are_found_added_and_given_names(admin: SignedIn, officer: SignedIn) -> None:
    assert "There is no unit yet" in page(admin, f"{DESK}units/")
    declared()
    assert "Kouhu Township" in page(admin, f"{DESK}units/?q=舊口")
    assert "No unit is called so" in page(admin, f"{DESK}units/?q=xyz")
    table = "code,kind,name_zh,name_en,aliases\nYUN-mailiao,practice,麥寮鄉,Mailiao,Mai Liao\n"
    done = officer.post(f"{DESK}units/add/", {"sheet": file(table.encode(), "u.csv")})
    assert done["Location"] == f"{DESK}units/"
    one = f"{DESK}units/YUN-mailiao/"
    assert "Mai Liao" in page(officer, one)
    assert "<form" not in page(officer, one).split("Other names")[1].split("</section>")[0]
    assert officer.post(one, {"name": "麥寮"}).status_code == 403
    assert admin.post(one, {"name": "麥寮", "valid_until": "2020-01-01"}).status_code == 302
    assert "until before 2020-01-01" in page(admin, one)
    assert "至 2020-01-01 前" in page(admin, one.removeprefix("/en"))
    taken_name = admin.post(one, {"name": "口湖鄉"})
    assert taken_name.status_code == 422
    assert "a name means one unit only" in taken_name.content.decode()
    alias = UnitAlias.objects.get(name="麥寮")
    assert officer.post(f"{one}names/{alias.pk}/").status_code == 403
    assert admin.post(f"{one}names/{alias.pk}/").status_code == 302
    assert not UnitAlias.objects.filter(pk=alias.pk).exists()
    wrong = admin.post(f"{DESK}units/add/", {"sheet": file(b"code,kind\nX,land\n", "u.csv")})
    assert wrong.status_code == 422
    assert "line 2, column kind" in wrong.content.decode()


RECIPE = json.dumps(
    {
        "format": "minben-recipe-1",
        "code": "yunlin",
        "title": {"zh": "雲林", "en": "Yunlin index"},
        "indicators": [
            {"code": "yl.online", "parent": "index"},
            {"code": "yl.fraud", "parent": "index", "direction": -1},
        ],
        "groups": [{"code": "index"}],
        "normalise": {"method": "minmax"},
        "coverage": 0.5,
    }
).encode()


def test_a_method_is_declared_and_computed(admin: SignedIn) -> None:
    given = {"owner": "platform", "file": file(RECIPE, "r.json")}
    assert admin.post(f"{DESK}methods/add/", given)["Location"] == f"{DESK}methods/"
    shown = page(admin, f"{DESK}methods/")
    assert "Yunlin index" in shown
    assert "not computed yet" in shown
    early = admin.post(f"{DESK}methods/yunlin/compute/")
    assert early.status_code == 409
    assert "import its indicators first" in early.content.decode()
    taken(declared(), NEWER)
    assert admin.post(f"{DESK}methods/yunlin/compute/").status_code == 302
    assert "Computed: 2 units." in page(admin, f"{DESK}methods/")
    assert admin.post(f"{DESK}methods/none/compute/").status_code == 404
    given = {"owner": "platform", "file": file(RECIPE, "r.json")}
    again = admin.post(f"{DESK}methods/add/", given)
    assert again.status_code == 409
    assert "declared already" in again.content.decode()


def test_what_is_wrong_with_a_recipe_is_told_by_its_place(admin: SignedIn) -> None:
    wrong = RECIPE.replace(b'"yl.fraud", "parent": "index"', b'"yl.fraud", "parent": "none"')
    answer = admin.post(f"{DESK}methods/add/", {"owner": "platform", "file": file(wrong, "r.json")})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "yl.fraud" in shown
    assert not Method.objects.filter(code="yunlin").exists()


def test_officers_compute_what_is_their_agencys_only(
    admin: SignedIn, officer: SignedIn, agency: Agency
) -> None:
    given = {"owner": "platform", "file": file(RECIPE, "r.json")}
    assert admin.post(f"{DESK}methods/add/", given).status_code == 302
    assert 'action="/en/desk/indicators/methods/yunlin/compute/"' not in page(
        officer, f"{DESK}methods/"
    )
    assert officer.post(f"{DESK}methods/yunlin/compute/").status_code == 403
    own = RECIPE.replace(b'"yunlin"', b'"own"')
    given = {"owner": str(agency.pk), "file": file(own, "r.json")}
    assert officer.post(f"{DESK}methods/add/", given).status_code == 302
    assert "methods/own/compute/" in page(officer, f"{DESK}methods/")


def test_pages_ask_no_more_often_for_more(admin: SignedIn) -> None:
    source = declared()
    taken(source)
    addresses = (DESK, YUNLIN, f"{DESK}units/", f"{YUNLIN}imports/1/")
    few = {}
    for address in addresses:
        page(admin, address)
        few[address] = queries_of(lambda address=address: admin.get(address))  # type: ignore[misc]
    taken(source, NEWER)
    told = framework("more.json", document(source=DOCUMENT["source"] | {"code": "other"}, units=[]))
    draft = replace(told.indicators[0], code="other.online")
    actions.declare_framework(
        told=replace(told, indicators=(draft,)), agency_id=None, by=SYSTEM, at=DAY0
    )
    for address in addresses:
        asked = queries_of(lambda address=address: admin.get(address))  # type: ignore[misc]
        assert asked == few[address] <= 14, address


def test_many_imports_stand_on_several_pages(admin: SignedIn) -> None:
    source = declared()
    for year in range(2000, 2014):
        taken(source, f"unit,period,yl.online\n口湖鄉,{year},8{year % 10}\n".encode())
    first = page(admin, YUNLIN)
    assert "Import 14" in first
    assert "Import 2<" not in first
    assert "<td>2001</td>" not in first
    second = page(admin, f"{YUNLIN}?page=2")
    assert "Import 2<" in second
    assert "<td>2001</td>" in second
