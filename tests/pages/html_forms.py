"""What a page holds for who reads it as a program: its links, and its forms with what they would send."""

from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import msgspec

TYPED = ("text", "tel", "email", "number", "date", "search", "password", "url", "textarea")
UNREAD = ("script", "style", "textarea", "code")
UNSEEN = ("script", "style", "title")
CHOSEN = ("select", "radio", "checkbox")
VOID = frozenset({"input", "meta", "link", "br", "img", "use", "hr", "col", "path"})


class Control(msgspec.Struct):
    """One field: its kind, and what it would send as it stands."""

    name: str
    kind: str
    values: list[str] = msgspec.field(default_factory=list)
    options: list[str] = msgspec.field(default_factory=list)


class Labelled(msgspec.Struct):
    """What a person is asked to fill, tick or press: `words` stand on it, `name` and `value` are what it sends."""

    name: str
    value: str
    id: str = ""
    words: str = ""


class Form(msgspec.Struct):
    """`action` is an address on this host, with its query."""

    action: str
    method: str
    controls: dict[str, Control] = msgspec.field(default_factory=dict)
    fields: list[Labelled] = msgspec.field(default_factory=list)
    buttons: list[Labelled] = msgspec.field(default_factory=list)

    def sends(self) -> dict[str, list[str]]:
        """What the browser would send when nothing is touched."""
        return {name: list(one.values) for name, one in self.controls.items()}

    @property
    def typed(self) -> list[Control]:
        return [one for one in self.controls.values() if one.kind in TYPED]

    @property
    def chosen(self) -> list[Control]:
        """What is chosen of several; a box alone is ticked whatever it sends."""
        kept = [one for one in self.controls.values() if one.kind in CHOSEN]
        return [one for one in kept if one.kind != "checkbox" or len(one.options) > 1]


class PageReader(HTMLParser):
    """Feed it a page: `links` (addresses), `said` (links with their words), `forms`, `text` (all that is seen), `words` (what is meant to be French), `wrong` (names of fields that a message stands at), `alert` (a summary)."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.links: list[str] = []
        self.said: list[tuple[str, str]] = []
        self.forms: list[Form] = []
        self.wrong: set[str] = set()
        self.alert = False
        self.headings = 0
        self.sentences = 0
        self.panel = False
        self.words: list[str] = []
        self.text = ""
        self._open: list[tuple[str, dict[str, str], int]] = []
        self._labels: dict[str, str] = {}
        self._unread = 0
        self._select: Control | None = None
        self._textarea: Control | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.words += [
            given[name] for name in ("aria-label", "title", "placeholder", "alt") if given.get(name)
        ]
        self._unread += tag in UNREAD
        if tag == "a" and "href" in given:
            self.links.append(self._here(given["href"]))
        self.headings += tag == "h1"
        self.panel = self.panel or given.get("class") == "panel"
        self.sentences += tag == "p" and bool(
            {"lead", "muted", "small", "verdict"} & set(given.get("class", "").split())
        )
        if tag == "form":
            method = given.get("method", "get").lower()
            self.forms.append(Form(action=self._here(given.get("action") or self.address), method=method))
        self.wrong |= (
            {given["id"].removesuffix("-faute")} if given.get("id", "").endswith("-faute") else set()
        )
        self.alert = self.alert or given.get("role") == "alert"
        if self.forms and tag in ("input", "select", "textarea", "button"):
            self._control(tag, given)
        if tag == "option" and self._select is not None:
            self._select.options.append(given.get("value", ""))
            if "selected" in given:
                self._select.values = [given.get("value", "")]
        if tag not in VOID:
            self._open.append((tag, given, len(self.text)))

    @property
    def says_what_for(self) -> bool:
        """One heading, and a sentence of help; a panel of the board alone on its page has that of the board."""
        return self.headings == 1 and (self.sentences > 0 or self.panel)

    def _control(self, tag: str, given: dict[str, str]) -> None:
        form, name = self.forms[-1], given.get("name", "")
        kind = given.get("type", "text") if tag == "input" else tag
        labelled = Labelled(name, given.get("value", "on" if kind in CHOSEN else ""), given.get("id", ""))
        (form.buttons if tag == "button" else form.fields).append(labelled)
        if tag == "button" or not name:
            return
        control = form.controls.setdefault(name, Control(name=name, kind=kind))
        self._select = control if tag == "select" else self._select
        self._textarea = control if tag == "textarea" else None
        if kind in ("radio", "checkbox"):
            control.options.append(given.get("value", "on"))
            control.values += [given.get("value", "on")] if "checked" in given else []
        elif tag == "input" and kind != "file":
            control.values = [given.get("value", "")]

    def handle_endtag(self, tag: str) -> None:
        self._unread -= tag in UNREAD
        if tag == "select" and self._select is not None:
            if not self._select.values and self._select.options:
                self._select.values = self._select.options[:1]
            self._select = None
        if tag == "textarea":
            self._textarea = None
        while any(opened == tag for opened, _, _ in self._open):
            opened, attributes, start = self._open.pop()
            if opened == tag:
                self._closed(tag, attributes, " ".join(self.text[start:].split()))
                return

    def _closed(self, tag: str, attributes: dict[str, str], words: str) -> None:
        """What is written on a link, a button, or beside a field."""
        form = self.forms[-1] if self.forms else Form(action="", method="get")
        if tag == "a":
            self.said.append((words, self._here(attributes.get("href", ""))))
        elif tag == "label" and "for" in attributes:
            self._labels[attributes["for"]] = words
        elif tag == "label" and form.fields:
            form.fields[-1].words = words
        elif tag == "button" and form.buttons:
            form.buttons[-1].words = words
        elif tag == "form":
            for one in form.fields:
                one.words = one.words or self._labels.get(one.id, "")

    def handle_data(self, data: str) -> None:
        if not self._unread and data.strip():
            self.words.append(data.strip())
        if not self._open or self._open[-1][0] not in UNSEEN:
            self.text += data
        if self._textarea is not None:
            self._textarea.values = [data]

    def _here(self, href: str) -> str:
        parts = urlsplit(urljoin("http://here" + self.address, href))
        return f"{parts.path}{'?' + parts.query if parts.query else ''}" if parts.netloc == "here" else ""


def read_page(address: str, body: str) -> PageReader:
    reader = PageReader(address)
    reader.feed(body)
    return reader
