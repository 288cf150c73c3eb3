"""A form that waits for a sign-in: carried by the pages of the door, then sent again by whoever wrote it."""

from urllib.parse import parse_qsl, urlencode

from litestar import Response

from service.edge.unsent import Unsent
from service.hidden_signs import hidden_sign
from service.pages.context import AnyRequest
from service.pages.form_parts import sent_raw
from service.pages.rendering import page
from service.pages.shell import Shell

CARRIED = "attend"
"""The field of the door's forms that holds the other form."""
NO_SIGN: frozenset[str] = frozenset()
"""Of an address browsers drop line breaks and tabs: `/<tab>/elsewhere` would be another host."""


def packed(form: Unsent | None) -> str:
    return urlencode([("", form.address), *form.fields]) if form else ""


def unpacked(words: str) -> Unsent | None:
    """None of what is no form for this host."""
    first, *fields = parse_qsl(words, keep_blank_values=True) or [("", "")]
    path = first[1]
    if not path.startswith("/") or path.startswith("//") or "\\" in path or hidden_sign(path, but=NO_SIGN):
        return None
    return Unsent(path, tuple(fields))


async def carried(request: AnyRequest) -> str:
    """The form that the page before carried, still packed; empty when there was none."""
    words = await sent_raw(request, CARRIED) if request.method == "POST" else ""
    return words if unpacked(words) else ""


def unsent_page(shell: Shell, form: Unsent, *, status_code: int = 200, signed_in: bool) -> Response[str]:
    """One button: what was written is sent as it was, and judged as ever."""
    words = {"form": form, "signed_in": signed_in}
    return page("account/unsent.html", shell, words, status_code=status_code)
