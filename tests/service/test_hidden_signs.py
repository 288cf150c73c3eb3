"""Signs that do not show are refused by the name of their field: in bodies, in forms, in addresses."""

from pathlib import Path
from urllib.parse import quote

import pytest

from db.records.account import Grant
from service.hidden_signs import hidden_sign
from service.pages.forms import Field, read
from service.schemas.facts.places import ClosureBody
from tests.service.door import account, browser, make_app, sign_in
from tests.service.living_territory import make_living

HIDDEN = {
    "\x00": "nothing",
    "\x1b": "a control",
    "\x7f": "delete",
    "\x85": "a control of the second kind",
    "\u00ad": "a soft hyphen",
    "\u061c": "an Arabic mark",
    "\u200b": "no width",
    "\u200d": "a joiner",
    "\u200e": "a mark of direction",
    "\u202e": "an override",
    "\u2060": "a word joiner",
    "\u2066": "an isolate",
    "\ud800": "half of a pair",
    "\ufeff": "a byte order mark",
    "\U000e0041": "a tag",
}
PLAIN = ["Église Saint-Merri", "l’Îlot, 9 h 30", "deux\nlignes\tet", "n° 5 – ½ € …", "王 Ελλάς", ""]


@pytest.mark.parametrize("sign", HIDDEN, ids=HIDDEN.get)
def test_a_sign_that_does_not_show_is_named_by_its_number(sign: str) -> None:
    assert hidden_sign(f"a{sign}b") == f"U+{ord(sign):04X}"


@pytest.mark.parametrize("text", PLAIN)
def test_words_spaces_that_hold_and_line_breaks_are_taken(text: str) -> None:
    assert hidden_sign(text) == ""


@pytest.mark.parametrize("sign", HIDDEN, ids=HIDDEN.get)
def test_a_body_is_refused_by_its_field(sign: str) -> None:
    with pytest.raises(ValueError, match=rf"reason: signs that do not show \(U\+{ord(sign):04X}\)"):
        ClosureBody(site="gagny", from_on="2026-12-01", until_on="2026-12-01", reason=f"a{sign}b")  # type: ignore[arg-type]


@pytest.mark.parametrize("sign", HIDDEN, ids=HIDDEN.get)
@pytest.mark.parametrize("kind", ["text", "textarea", "email", "select", "pattern"])
def test_a_form_is_refused_at_its_field_and_what_was_typed_stays(sign: str, kind: str) -> None:
    field = Field(name="note", label="Note", kind=kind)  # type: ignore[arg-type]
    found = read((field,), {"note": [f"a{sign}b"]})
    (problem,) = found.problems
    assert (problem.field, found.typed["note"]) == ("note", (f"a{sign}b",))
    assert problem.message == f"contient un caractère qui ne s’affiche pas (U+{ord(sign):04X})"


def test_a_form_takes_line_breaks_as_browsers_send_them() -> None:
    field = Field(name="note", label="Note", kind="textarea")
    assert read((field,), {"note": ["une\r\ndeux"]}).values == {"note": "une\r\ndeux"}


@pytest.mark.slow
@pytest.mark.in_process
@pytest.mark.usefixtures("database")
async def test_an_address_with_one_is_refused_before_the_database_is_asked(tmp_path: Path) -> None:
    await make_living()
    await account("c@vivante.fr", Grant(role="coordinator", territory="vivante"))
    root = "/api/territories/vivante"
    async with browser(make_app(tmp_path)) as client:
        await sign_in(client, "c@vivante.fr")
        client.headers["accept"] = "application/json"
        for sign in ("\x00", "\u202e", "\u200b"):
            code = quote(f"gag{sign}ny")
            path = await client.get(f"{root}/sites/{code}")
            assert path.status_code == 404
            asked = f"{root}/assignments?from_on=2026-12-01&until_on=2026-12-31&site={code}"
            answer = await client.get(asked)
            assert (answer.status_code, answer.json()["invalid"][0]["field"]) == (400, "site")
            page = await client.get(
                f"/t/vivante/planning/2026-12?quoi={code}", headers={"accept": "text/html"}
            )
            assert page.status_code == 400
        broken = await client.get(f"{root}/sites/%ED%A0%80")
        assert broken.status_code == 404
        assert (await client.get(f"{root}/sites/gagny")).status_code == 200


@pytest.mark.slow
@pytest.mark.usefixtures("database")
async def test_a_search_pasted_with_one_finds_what_is_seen(tmp_path: Path) -> None:
    await make_living()
    await account("c@vivante.fr", Grant(role="coordinator", territory="vivante"))
    await account("a@vivante.fr", Grant(role="administrator", territory="vivante"))
    async with browser(make_app(tmp_path)) as client:
        await sign_in(client, "c@vivante.fr")
        found = await client.get(
            f"/t/vivante/personnes?cherche={quote(chr(0x200B))}KM48{quote(chr(0x202E))}21"
        )
        assert (found.status_code, 'value="KM4821"' in found.text) == (200, True)
        assert "/personnes/KM4821" in found.text
        client.cookies.clear()
        await sign_in(client, "a@vivante.fr")
        trail = await client.get(f"/t/vivante/administration/journal?reference=KM48{quote(chr(0xFEFF))}21")
        assert (trail.status_code, 'value="KM4821"' in trail.text) == (200, True)
