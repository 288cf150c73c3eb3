"""`python -m service.extract_messages > escale.pot`: every text of the interface, for whoever translates it.

Taken are the calls in templates and code, and the sentences in constants: these are looked up in the
catalogue when they are shown.
"""

import ast
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import write_po

ROOT = Path(__file__).resolve().parent
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "n_": (1, 2),
    "text": None,
    "gettext": None,
    "counted": (1, 2),
    "ngettext": (1, 2),
}
_CODE = re.compile(r"^[\w./:{}\-%#?=&+*^$\\\[\]()|,]*$", re.ASCII)


def catalogue() -> Catalog:
    """All messages with the files they stand in."""
    found = Catalog(project="escale", charset="utf-8")
    for path in sorted(ROOT.rglob("*.html")):
        for line, message, _, _ in _calls(path, "jinja2.ext.babel_extract"):
            found.add(message, locations=[(_name(path), line)])
    for path in sorted(ROOT.rglob("*.py")):
        for line, message, _, _ in _calls(path, "python"):
            found.add(message, locations=[(_name(path), line)])
        for line, sentence in sentences(path.read_text()):
            found.add(sentence, locations=[(_name(path), line)])
    return found


def _calls(path: Path, method: str) -> Iterator[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    options = {"trimmed": "true", "silent": "false"} if method.startswith("jinja2") else {}
    yield from extract(method, BytesIO(path.read_bytes()), keywords=KEYWORDS, options=options)


def sentences(source: str) -> Iterator[tuple[int, str]]:
    """The texts inside constants of a module: what is no code, name or pattern."""
    for node in ast.parse(source).body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if not any(isinstance(one, ast.Name) and one.id.isupper() for one in targets):
            continue
        for part in ast.walk(node):
            if isinstance(part, ast.Constant) and isinstance(part.value, str) and not _is_code(part.value):
                yield part.lineno, part.value


def _is_code(word: str) -> bool:
    return not word.strip() or (bool(_CODE.match(word)) and not (word[0].isupper() and word[1:].islower()))


def _name(path: Path) -> str:
    return path.relative_to(ROOT.parent).as_posix()


def main() -> None:
    out = BytesIO()
    write_po(out, catalogue(), width=110, sort_by_file=True)
    sys.stdout.write(out.getvalue().decode())


if __name__ == "__main__":
    main()
