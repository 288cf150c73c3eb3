"""Mail to send, and who was told what."""

from piccolo.columns import UUID, Integer
from piccolo.table import Table

from db.tables.columns import Edited, Kept, belongs_to, instant, json, label, part_of, text
from db.tables.territory import Territory


class OutboxMail(Edited, Table):
    territory = part_of(Territory, null=True)
    kind = label()
    to_address = label()
    subject = label()
    body_text = text()
    body_html = text(null=True)
    state = label(index=True)
    attempt_count = Integer(default=0)
    next_try_at = instant(null=True, index=True)
    last_error = text(null=True)
    sent_at = instant(null=True)
    dedupe_key = label(null=True)
    recipient_id = UUID(default=None, null=True)


class Told(Kept, Table):
    """Who was told of which change, how, by whom and when."""

    territory = part_of(Territory)
    assignment_id = UUID(default=None, null=True, index=True)
    event_id = UUID(default=None, null=True)
    plan_id = UUID(default=None, null=True)
    recipient_kind = label()
    recipient_id = UUID(default=None, null=True)
    recipient_label = label(null=True)
    channel = label()
    mail = belongs_to(OutboxMail, null=True)
    told_by = UUID(default=None, null=True)
    told_at = instant(null=True)
    change = json()
