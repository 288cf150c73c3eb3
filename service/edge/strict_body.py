"""JSON bodies of exactly the types that the interface documents: no number written as text, no text for a yes."""

import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec
from litestar import Request
from litestar.exceptions import SerializationException, ValidationException

from service.hidden_signs import hidden_sign

PLACE = re.compile(r" - at `\$\.?(.*)`$")
"""Where in the body, at the end of what the decoder says."""


class StrictRequest(Request[Any, Any, Any]):
    """The framework reads a body as it reads an address, where all is text: this looks at it first."""

    async def json(self) -> Any:
        """Raises `ValidationException` naming the field, on a body that is not of its operation's type."""
        try:
            sent = await super().json()
        except SerializationException:
            _refuse_half_pairs(await self.body())
            raise
        known = self.route_handler.parsed_fn_signature.parameters.get("data")
        if known is not None and isinstance(known.annotation, type):
            _refuse_other_types(sent, known.annotation)
        return sent


def _refuse_half_pairs(body: bytes) -> None:
    """The decoder takes no half of a pair and does not say where it stands: this does."""
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        return
    for place, text in _texts(sent, ""):
        sign = hidden_sign(text)
        if sign:
            raise ValidationException(extra=[{"key": place, "message": f"signs that do not show ({sign})"}])


def _texts(sent: Any, place: str) -> Iterator[tuple[str, str]]:
    """Every text of a body with its place, as the decoder writes places."""
    if isinstance(sent, str):
        yield place, sent
    elif isinstance(sent, dict):
        for name, value in sent.items():
            yield from _texts(value, f"{place}.{name}" if place else name)
    elif isinstance(sent, list):
        for number, value in enumerate(sent):
            yield from _texts(value, f"{place}[{number}]")


def _refuse_other_types(sent: Any, wanted: type) -> None:
    try:
        msgspec.convert(sent, type=wanted, str_keys=True)
    except msgspec.ValidationError as error:
        found = PLACE.search(str(error))
        fault = {"key": found[1] if found else "data", "message": PLACE.sub("", str(error))}
        raise ValidationException(extra=[fault]) from error
