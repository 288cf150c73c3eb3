"""What every process asks, every two seconds at most, to know whether the feeds it keeps are still right."""

from uuid import UUID

from db.engine import current
from db.records.feed import FeedState

_TERRITORIES = 'SELECT "id", "facts_revision" + "published_revision" AS revision FROM "territory"'
_PLACES = (
    'SELECT "territory", COUNT(*) + COUNT("released_at") '
    '+ SUM(CASE WHEN "state" = \'booked\' THEN 1 ELSE 0 END) AS steps FROM "taken_place" GROUP BY "territory"'
)
_ORIENTATIONS = (
    'SELECT "territory", SUM("version") + COUNT("confirmed_at") + COUNT("cancelled_at") '
    '+ COUNT("label_erased_at") AS steps FROM "orientation" GROUP BY "territory"'
)
_REVOKED = 'SELECT COUNT(*) AS revoked FROM "feed_token" WHERE "revoked_at" IS NOT NULL'


async def feed_state() -> FeedState:
    """One number a territory that only rises, with each change of its facts, publications, places or orientations."""
    engine = current()
    revisions = {UUID(str(row["id"])): int(row["revision"]) for row in await engine.run_sql(_TERRITORIES, [])}
    for counted in (_PLACES, _ORIENTATIONS):
        for row in await engine.run_sql(counted, []):
            territory_id = UUID(str(row["territory"]))
            revisions[territory_id] = revisions.get(territory_id, 0) + int(row["steps"] or 0)
    revoked = await engine.run_sql(_REVOKED, [])
    return FeedState(revisions=revisions, revoked_count=int(revoked[0]["revoked"]))
