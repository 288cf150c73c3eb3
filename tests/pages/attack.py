"""Wrong answers for each field of a form, and what a page must say to them."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import httpx

from tests.pages.html_forms import CHOSEN, Control, Form, read_page

NOWHERE = "inconnu"
"""What no list of choices offers."""
WRONG = {
    "number": ("douze", "1_000", "-99999999999"),
    "tel": ("appelez-moi",),
    "date": ("31/02/2026", "1066-01-01"),
    "email": ("pas une adresse",),
} | dict.fromkeys(CHOSEN, (NOWHERE,))
ANYWHERE = ("x" * 10_000, "un\x07son")
STRANGE = "Zoé 😀 مرحبا\x00\u202e" + "9" * 40


class Attack(NamedTuple):
    """A form sent with one field wrong."""

    page: str
    form: Form
    field: str
    wrong: str

    def fields(self) -> dict[str, list[str]]:
        sent = {name: list(values) for name, values in self.form.sends().items()}
        sent |= {one.name: [one.value] for one in reversed(self.form.buttons) if one.name}
        for control in self.form.typed:
            sent[control.name] = sent[control.name] if any(sent[control.name]) else [_plausible(control)]
        return sent | {self.field: [self.wrong]}


def _plausible(control: Control) -> str:
    """Something that stays readable when it comes back."""
    return {"number": "2", "date": "2027-03-02", "email": "quelqu.un@exemple.fr", "password": ""}.get(
        control.kind, "Zoé"
    )


def attacks(page: str, form: Form) -> Iterator[Attack]:
    for control in (*form.typed, *form.chosen):
        wrong = WRONG.get(control.kind, ()) + (
            ANYWHERE if control.kind in ("text", "tel", "textarea", "email") else ()
        )
        for one in wrong:
            yield Attack(page, form, control.name, one)
    for name in dict.fromkeys(button.name for button in form.buttons if button.name):
        yield Attack(page, form, name, NOWHERE)


def shapeless(page: str, form: Form) -> Iterator[dict[str, Any]]:
    """What no page of ours sends, each with all fields at once: none of them, each twice, each a file, each of signs."""
    names = [one.name for one in (*form.typed, *form.chosen)]
    sent = {name: values for name, values in Attack(page, form, "", "").fields().items() if name}
    if not names:
        return
    yield {"data": {name: values for name, values in sent.items() if name not in names}}
    yield {"data": sent | {name: [*(sent.get(name) or ["1"]), "2"] for name in names}}
    yield {
        "data": {name: values for name, values in sent.items() if name not in names},
        "files": dict.fromkeys(names, ("a.ics", b"\x00\xff\xfe", "application/octet-stream")),
    }
    yield {"data": sent | {name: [STRANGE] for name in names}}


def told(attack: Attack, answer: httpx.Response) -> list[str]:
    """What the answer leaves out: the message at the field, the summary, what was typed."""
    if answer.status_code == 303:
        return ["taken"]
    if not 400 <= answer.status_code < 500:
        return [f"status {answer.status_code}"]
    page = read_page(attack.page, answer.text)
    missing = [] if attack.field in page.wrong else [f"nothing at the field ({answer.status_code})"]
    missing += [] if page.alert else ["no summary"]
    shown = {name: one.values for form in page.forms for name, one in form.controls.items()}
    typed = {one.name for one in attack.form.typed if one.kind != "password"}
    lost = [name for name in typed if shown.get(name, []) != _as_shown(attack.fields()[name])]
    return missing + [f"lost {name}" for name in lost]


def _as_shown(values: list[str]) -> list[str]:
    return [one.strip() for one in values]
