"""Sends what waits in the outbox through SMTP: again later when a server fails, given up after a day."""

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import make_msgid, parseaddr
from urllib.parse import unquote, urlsplit

import aiosmtplib
import msgspec
import structlog

from db.queries.outbox import claim_mail, due_mails, mark_failed, mark_sent
from db.records.mail import OutboxMail
from service.errors import BadInput
from service.mail.outbox import NewMail, refuse_unsafe
from service.mail.whole_subject import WHOLE_SUBJECT
from service.settings import Settings

DELAYS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720))
SENDING = timedelta(minutes=5)
TIMEOUT_SECONDS = 20
log = structlog.get_logger(__name__)


class Smtp(msgspec.Struct, frozen=True, kw_only=True):
    """Where mail is handed over."""

    host: str
    port: int
    user: str | None = None
    password: str | None = None
    tls: bool = False


def smtp_of(settings: Settings) -> Smtp | None:
    """None while no server is set. Raises `BadInput`."""
    if not settings.smtp:
        return None
    parts = urlsplit(settings.smtp)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise BadInput("ESCALE_SMTP: write smtp://host:port or smtps://user:password@host:port")
    tls = parts.scheme == "smtps"
    return Smtp(
        host=parts.hostname,
        port=parts.port or (465 if tls else 25),
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        tls=tls,
    )


async def send_due_mails(settings: Settings) -> int:
    """How many were sent. Without a server they wait."""
    smtp, sent = smtp_of(settings), 0
    if smtp is None:
        return 0
    now = datetime.now(UTC)
    for mail in await due_mails(now):
        if await claim_mail(mail.id, now=now, until=now + SENDING):
            sent += await _send(mail, smtp, settings)
    return sent


async def _send(mail: OutboxMail, smtp: Smtp, settings: Settings) -> bool:
    try:
        await aiosmtplib.send(
            message_of(mail, settings).as_bytes(),
            sender=parseaddr(settings.mail_from)[1],
            recipients=[mail.to_address],
            hostname=smtp.host,
            port=smtp.port,
            username=smtp.user,
            password=smtp.password,
            use_tls=smtp.tls,
            timeout=TIMEOUT_SECONDS,
        )
    except (aiosmtplib.SMTPException, OSError, BadInput) as error:
        await _failed(mail, error)
        return False
    await mark_sent(mail.id, at=datetime.now(UTC), forget_body=mail.kind == "link")
    return True


def message_of(mail: OutboxMail, settings: Settings) -> EmailMessage:
    """Plain text in French; checked again, whoever wrote the row. Raises `BadInput`."""
    refuse_unsafe(NewMail(kind=mail.kind, to=mail.to_address, subject=mail.subject, body=mail.body_text))
    message = EmailMessage(policy=WHOLE_SUBJECT)
    message["From"] = settings.mail_from
    message["To"] = mail.to_address
    message["Subject"] = mail.subject
    message["Message-ID"] = make_msgid(idstring=mail.id.hex, domain=settings.mail_from.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = "fr"
    message.set_content(mail.body_text)
    return message


async def _failed(mail: OutboxMail, error: Exception) -> None:
    """A code and a kind of error are kept, no text: servers quote what they were sent."""
    code = getattr(error, "code", "")
    what = f"{type(error).__name__} {code}".strip()
    attempts = mail.attempt_count
    final = isinstance(error, BadInput) or attempts >= len(DELAYS) or (isinstance(code, int) and code >= 550)
    log.warning("mail not sent", mail=str(mail.id), error=what, attempt=attempts + 1)
    later = None if final else datetime.now(UTC) + DELAYS[attempts]
    await mark_failed(mail.id, what, next_try_at=later)
