"""JSON bodies of exactly the types that the interface documents: no number written as text, no text for a yes."""

import re
from typing import Any

import msgspec
from litestar import Request
from litestar.exceptions import ValidationException

PLACE = re.compile(r" - at `\$\.?(.*)`$")
"""Where in the body, at the end of what the decoder says."""


class StrictRequest(Request[Any, Any, Any]):
    """The framework reads a body as it reads an address, where all is text: this looks at it first."""

    async def json(self) -> Any:
        """Raises `ValidationException` naming the field, on a body that is not of its operation's type."""
        sent = await super().json()
        known = self.route_handler.parsed_fn_signature.parameters.get("data")
        if known is not None and isinstance(known.annotation, type):
            _refuse_other_types(sent, known.annotation)
        return sent


def _refuse_other_types(sent: Any, wanted: type) -> None:
    try:
        msgspec.convert(sent, type=wanted, str_keys=True)
    except msgspec.ValidationError as error:
        found = PLACE.search(str(error))
        fault = {"key": found[1] if found else "data", "message": PLACE.sub("", str(error))}
        raise ValidationException(extra=[fault]) from error
