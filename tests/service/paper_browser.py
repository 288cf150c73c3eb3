"""A browser as poor as can be: it knows links and forms, and what is written on them. No script, no style, no memory but cookies."""

from html.parser import HTMLParser

import httpx

VOID = frozenset({"input", "meta", "link", "br", "img", "use", "hr", "col"})


class Control:
    """One field or button of a form."""

    def __init__(self, attributes: dict[str, str]) -> None:
        self.name, self.value = attributes.get("name", ""), attributes.get("value", "")
        self.kind = attributes.get("type", "text")
        self.id = attributes.get("id", "")
        self.checked = "checked" in attributes
        self.words = ""


class Form:
    def __init__(self, attributes: dict[str, str]) -> None:
        self.method, self.action = attributes.get("method", "get"), attributes.get("action", "")
        self.controls: list[Control] = []
        self.buttons: list[Control] = []


class Sheet(HTMLParser):
    """What a page says: its words, its links, its forms; labels tell their fields apart."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words, self.links, self.forms = "", list[tuple[str, str]](), list[Form]()
        self._open: list[tuple[str, dict[str, str], int]] = []
        self._labels: dict[str, str] = {}
        self.feed(html)
        for form in self.forms:
            for control in form.controls:
                control.words = control.words or self._labels.get(control.id, "")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(attributes))
        control = Control(attributes)
        if tag in ("input", "textarea", "select") and self.forms:
            self.forms[-1].controls.append(control)
        if tag == "button" and self.forms:
            self.forms[-1].buttons.append(control)
        if tag not in VOID:
            self._open.append((tag, attributes, len(self.words)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in {opened for opened, _, _ in self._open}:
            return
        while self._open:
            opened, attributes, start = self._open.pop()
            if opened == tag:
                self._closed(tag, attributes, " ".join(self.words[start:].split()))
                return

    def _closed(self, tag: str, attributes: dict[str, str], words: str) -> None:
        if tag == "a":
            self.links.append((words, attributes.get("href", "")))
        elif tag == "label" and "for" in attributes:
            self._labels[attributes["for"]] = words
        elif tag == "label" and self.forms and self.forms[-1].controls:
            self.forms[-1].controls[-1].words = words
        elif tag == "button" and self.forms and self.forms[-1].buttons:
            self.forms[-1].buttons[-1].words = words

    def handle_data(self, data: str) -> None:
        if not self._open or self._open[-1][0] not in ("script", "style", "title"):
            self.words += data


class PaperBrowser:
    """Reads one page after the other; follows redirects like any browser."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client
        self.answer = httpx.Response(200)
        self.sheet = Sheet("")

    async def open(self, address: str) -> Sheet:
        return await self._show(await self._client.get(address))

    async def follow(self, words: str) -> Sheet:
        """The first link on which these words stand."""
        return await self.open(next(href for said, href in self.sheet.links if words in said))

    async def press(self, words: str, answers: dict[str, str] | None = None) -> Sheet:
        """The first button with these words, its form filled by what stands on the labels; "" ticks a choice."""
        form, button = next(
            (form, button) for form in self.sheet.forms for button in form.buttons if words in button.words
        )
        fields = dict(self._filled(form, answers or {}))
        if button.name:
            fields[button.name] = button.value
        if form.method == "get":
            return await self._show(await self._client.get(form.action, params=fields))
        return await self._show(await self._client.post(form.action, data=fields))

    @staticmethod
    def _filled(form: Form, answers: dict[str, str]) -> list[tuple[str, str]]:
        found = [(one.name, one.value) for one in form.controls if one.kind not in ("radio", "checkbox")]
        found += [(one.name, one.value) for one in form.controls if one.checked]
        for words, answer in answers.items():
            control = next(one for one in form.controls if words in one.words)
            found.append((control.name, answer or control.value))
        return found

    async def _show(self, answer: httpx.Response) -> Sheet:
        while answer.is_redirect:
            answer = await self._client.get(answer.headers["location"])
        self.answer, self.sheet = (
            answer,
            Sheet(answer.text if "html" in answer.headers["content-type"] else ""),
        )
        return self.sheet
