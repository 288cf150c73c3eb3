"""What the owner of an address chose to see in its feed; part of the address, fixed when it is made."""

from typing import Any

import msgspec


class FeedOptions(msgspec.Struct, frozen=True, kw_only=True):
    """References (where the territory allows them), office half-days, protected time: each only if wanted."""

    references: bool = False
    office: bool = False
    protected: bool = False

    @property
    def variant(self) -> str:
        """The name under which the bytes of such a feed are kept."""
        return "+".join(name for name, wanted in self.stored().items() if wanted) or "plain"

    def stored(self) -> dict[str, Any]:
        """As an address keeps them."""
        found: dict[str, Any] = msgspec.to_builtins(self)
        return found


PLAIN = FeedOptions()


def options_of(stored: dict[str, Any]) -> FeedOptions:
    """The options of an address; what is not known here is left out."""
    return msgspec.convert({name: bool(value) for name, value in stored.items()}, FeedOptions)
