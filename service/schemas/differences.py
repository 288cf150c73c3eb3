"""Differences and publications, as answered."""

from db.records.assignment import Content
from service.actions.preview_publication import Difference, Preview
from service.actions.publish_plan import Outcome
from service.schemas.plans import ChangeView, DiffView, PublicationView, ThingView, plan_view

SHOWN = ("starts_at", "ends_at", "site", "room", "staff", "participant")


def diff_view(preview: Preview) -> DiffView:
    changes = tuple(_change(one) for one in preview.differences)
    return DiffView(version=preview.version, changes=changes, lost=preview.lost)


def _change(one: Difference) -> ChangeView:
    content = one.after or one.before
    assert content is not None
    return ChangeView(
        assignment_id=one.id,
        kind=content.kind,
        key=content.key,
        changed=_changed(one.before, one.after),
        before=_thing(one.before),
        after=_thing(one.after),
    )


def _changed(before: Content | None, after: Content | None) -> tuple[str, ...]:
    """The names of the fields that differ, when there is a before and an after."""
    if before is None or after is None:
        return ()
    return tuple(name for name in Content.__struct_fields__ if getattr(before, name) != getattr(after, name))


def _thing(content: Content | None) -> ThingView | None:
    return None if content is None else ThingView(**{name: getattr(content, name) for name in SHOWN})


def publication_view(outcome: Outcome) -> PublicationView:
    cancelled = frozenset(outcome.cancelled)
    return PublicationView(
        plan=plan_view(outcome.plan),
        created=outcome.written.created,
        changed=tuple(one for one in outcome.written.changed if one not in cancelled),
        cancelled=outcome.cancelled,
        unchanged_count=len(outcome.written.unchanged),
        superseded=outcome.superseded,
    )
