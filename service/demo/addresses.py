"""The secret addresses of the demonstration's feeds, kept in a file that only its owner reads."""

import re
from pathlib import Path
from uuid import UUID

from db.queries.feed_tokens import feed_token
from service.actions.make_feed_address import make_feed_address, token_hash
from service.actions.read_feeds import Subject
from service.atomic_files import write_atomically

FILE = "feed-addresses.txt"
OWNER_ONLY = 0o600
DEVICE = "démonstration"
HEAD = """\
# Adresses secrètes des agendas de démonstration : qui en connaît une lit cet agenda.
# À coller dans un agenda (Google, Outlook, Apple, Thunderbird) pendant que « make serve » tourne.
"""
_LINE = re.compile(r"^(?P<name>\S+)\s+\S*/feeds/(?P<token>[\w-]+)\.ics$")


class Addresses:
    """One address a feed file, made at the first run and kept."""

    def __init__(self, var: Path) -> None:
        self.path = var / FILE
        self.changed = False
        self._tokens: dict[str, str] = {}
        if self.path.exists():
            found = (_LINE.match(line) for line in self.path.read_text().splitlines())
            self._tokens = {line["name"]: line["token"] for line in found if line}

    async def ensure(self, name: str, territory_id: UUID, subject: Subject) -> None:
        """A new address, unless the one in the file is known to the database."""
        token = self._tokens.get(name)
        if token is not None and await feed_token(token_hash(token)) is not None:
            return
        made, _ = await make_feed_address(territory_id, subject.kind, subject.id, DEVICE)
        self._tokens[name] = made
        self.changed = True

    def write(self, root: str) -> None:
        """The file with full addresses under `root`, mode 0600 from its first byte on."""
        lines = [f"{name}  {root}/feeds/{token}.ics" for name, token in sorted(self._tokens.items())]
        body = (HEAD + "\n".join(lines) + "\n").encode()
        if not self.path.exists() or self.path.read_bytes() != body:
            write_atomically(self.path, body, mode=OWNER_ONLY)
        self.path.chmod(OWNER_ONLY)
