"""Mail to send, checked when it is written: one address; names and places in its subject make one line of it."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from unicodedata import category
from uuid import UUID

import msgspec
import structlog

from db.queries.outbox import add_mail
from service.errors import BadInput

_ADDRESS = re.compile(r"^[^\s@<>,;:\"()\[\]\\]{1,64}@[A-Za-z0-9.-]{1,190}$")
LONGEST_SUBJECT = 200
_BREAKS = ("Cc", "Cf", "Zl", "Zp")
log = structlog.get_logger(__name__)


class NewMail(msgspec.Struct, frozen=True, kw_only=True):
    """`kind` names the preference it falls under; of two with one `dedupe_key` the first is sent."""

    kind: str
    to: str
    subject: str
    body: str
    territory_id: UUID | None = None
    recipient_id: UUID | None = None
    dedupe_key: str | None = None


async def queue_mail(mail: NewMail) -> UUID | None:
    """In the caller's transaction; None when it was queued before. Raises `BadInput` on an address that is none."""
    mail = msgspec.structs.replace(mail, subject=one_line(mail.subject))
    refuse_unsafe(mail)
    return await add_mail(
        {
            "territory": mail.territory_id,
            "kind": mail.kind,
            "to_address": mail.to,
            "subject": mail.subject,
            "body_text": mail.body,
            "state": "queued",
            "next_try_at": datetime.now(UTC),
            "recipient_id": mail.recipient_id,
            "dedupe_key": mail.dedupe_key,
        }
    )


def one_line(subject: str) -> str:
    """Without any break that a name may have brought, shortened: one bad name keeps nobody's mail from leaving."""
    plain = "".join(" " if category(letter) in _BREAKS else letter for letter in subject)
    return plain if len(plain) <= LONGEST_SUBJECT else plain[: LONGEST_SUBJECT - 1] + "…"


def deliverable(addresses: Iterable[str]) -> tuple[str, ...]:
    """Those that are addresses; the others are told by the log, by their number alone."""
    known = tuple(addresses)
    good = tuple(one for one in known if is_address(one))
    if len(good) < len(known):
        log.warning("no mail to what is no address", count=len(known) - len(good))
    return good


def refuse_unsafe(mail: NewMail) -> None:
    """Raises `BadInput` on an address that is none or a subject of several lines: neither adds a header."""
    if not is_address(mail.to):
        raise BadInput("Cette adresse de courriel n’en est pas une.")
    if len(mail.subject) > LONGEST_SUBJECT or any(category(letter) in _BREAKS for letter in mail.subject):
        raise BadInput("L’objet d’un courriel tient sur une ligne.")


def is_address(text: str) -> bool:
    return bool(_ADDRESS.match(text)) and text.isascii() and "\n" not in text
