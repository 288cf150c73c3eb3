"""Mail to send, and who was told of which change."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from db.bulk import insert_rows
from db.records.mail import OutboxMail, Told
from db.shape import to_record
from db.tables.account import NotificationPreference
from db.tables.mail import OutboxMail as MailTable
from db.tables.mail import Told as ToldTable
from db.transaction import transaction


async def add_mail(values: dict[str, Any]) -> UUID | None:
    """Queue one; None when its dedupe key was queued before. Part of the caller's transaction."""
    async with transaction():
        key = values.get("dedupe_key")
        if key is not None and await MailTable.exists().where(MailTable.dedupe_key == key):
            return None
        return (await insert_rows(MailTable, [values]))[0]


async def due_mails(now: datetime, *, limit: int = 50) -> tuple[OutboxMail, ...]:
    """Queued and due, the oldest first."""
    rows = (
        await MailTable.select()
        .where((MailTable.state == "queued") & (MailTable.next_try_at <= now))
        .order_by(MailTable.created_at)
        .limit(limit)
    )
    return tuple(_mail(row) for row in rows)


async def claim_mail(mail_id: UUID, *, now: datetime, until: datetime) -> bool:
    """Take one to send: it comes back by itself at `until` if nothing more is heard of it."""
    async with transaction():
        rows = (
            await MailTable.update(
                {MailTable.next_try_at: until, MailTable.attempt_count: MailTable.attempt_count + 1}
            )
            .where((MailTable.id == mail_id) & (MailTable.state == "queued") & (MailTable.next_try_at <= now))
            .returning(MailTable.id)
        )
    return bool(rows)


async def mark_sent(mail_id: UUID, *, at: datetime, forget_body: bool) -> None:
    """Sent: whom it told is told from this instant on. A body with a secret is not kept."""
    values: dict[Any, Any] = {MailTable.state: "sent", MailTable.sent_at: at, MailTable.last_error: None}
    if forget_body:
        values[MailTable.body_text] = "(envoyé)"
    async with transaction():
        await MailTable.update(values).where(MailTable.id == mail_id)
        await ToldTable.update({ToldTable.told_at: at}).where(ToldTable.mail == mail_id)


async def mark_failed(mail_id: UUID, error: str, *, next_try_at: datetime | None) -> None:
    """Not sent: again at `next_try_at`, or given up when there is none."""
    values: dict[Any, Any] = {
        MailTable.state: "queued" if next_try_at else "failed",
        MailTable.next_try_at: next_try_at,
        MailTable.last_error: error,
    }
    async with transaction():
        await MailTable.update(values).where(MailTable.id == mail_id)


async def mails(*, states: Sequence[str] = (), limit: int = 100) -> tuple[OutboxMail, ...]:
    """The newest mails, in some states or all."""
    query = MailTable.select().order_by(MailTable.created_at, ascending=False).limit(limit)
    if states:
        query = query.where(MailTable.state.is_in(list(states)))
    return tuple(_mail(row) for row in await query)


async def last_state(key_begins: str) -> str | None:
    """Of the newest mail whose dedupe key begins so; None when none is kept."""
    rows = (
        await MailTable.select(MailTable.state)
        .where(MailTable.dedupe_key.like(f"{key_begins}%"))
        .order_by(MailTable.created_at, ascending=False)
        .limit(1)
    )
    return rows[0]["state"] if rows else None


async def send_again(mail_id: UUID, *, at: datetime) -> None:
    """A failed one is due again, its attempts counted anew."""
    async with transaction():
        await MailTable.update(
            {MailTable.state: "queued", MailTable.next_try_at: at, MailTable.attempt_count: 0}
        ).where((MailTable.id == mail_id) & (MailTable.state == "failed"))


async def add_told(rows: Sequence[dict[str, Any]]) -> None:
    async with transaction():
        await insert_rows(ToldTable, rows)


async def told_to_partners(since_at: datetime) -> frozenset[str]:
    """Keys of what was told to partners since an instant."""
    rows = await ToldTable.select().where(
        (ToldTable.recipient_kind == "partner")
        & (ToldTable.channel == "mail")
        & (ToldTable.created_at > since_at)
    )
    told = (to_record(Told, ToldTable, row, {}, mail_id=row["mail"]) for row in rows)
    return frozenset(str(one.change["key"]) for one in told if "key" in one.change)


async def preferences_of(account_id: UUID) -> dict[str, bool]:
    """What an account chose, by kind; what it did not choose is left out."""
    table = NotificationPreference
    rows = await table.select().where(table.account == account_id)
    return {row["kind"]: row["wanted"] for row in rows}


async def preferences_of_all(account_ids: Collection[UUID]) -> dict[UUID, dict[str, bool]]:
    """What each of these accounts chose, by kind; who chose nothing is left out."""
    table: Any = NotificationPreference
    found: dict[UUID, dict[str, bool]] = defaultdict(dict)
    if account_ids:
        for row in await table.select().where(table.account.is_in(list(account_ids))):
            found[row["account"]][row["kind"]] = row["wanted"]
    return dict(found)


async def set_preferences(account_id: UUID, wanted: dict[str, bool]) -> None:
    table = NotificationPreference
    async with transaction():
        await table.delete().where(table.account == account_id)
        rows = [{"account": account_id, "kind": kind, "wanted": value} for kind, value in wanted.items()]
        await insert_rows(table, rows)


def _mail(row: dict[str, Any]) -> OutboxMail:
    return to_record(OutboxMail, MailTable, row, {}, territory_id=row["territory"])


async def forget_mails(territory_id: UUID | None, *, before_at: datetime) -> int:
    """Empty what was sent or given up before an instant, of a territory or of none; that it was sent stays."""
    table: Any = MailTable
    values: dict[Any, Any] = {
        table.to_address: "",
        table.subject: "",
        table.body_text: "",
        table.body_html: None,
    }
    async with transaction():
        return len(await table.update(values).where(_aged(territory_id, before_at)).returning(table.id))


async def aged_mails(territory_id: UUID | None, *, before_at: datetime) -> int:
    """How many `forget_mails` would empty."""
    return int(await MailTable.count().where(_aged(territory_id, before_at)))


def _aged(territory_id: UUID | None, before_at: datetime) -> Any:
    table: Any = MailTable
    mine = table.territory.is_null() if territory_id is None else table.territory == territory_id
    return mine & (table.created_at < before_at) & (table.state != "queued") & (table.to_address != "")
