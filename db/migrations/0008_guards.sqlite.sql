-- Two interviews of one staff member never overlap, unless a coordinator overruled it.
CREATE TRIGGER "staff_interview_overlap_insert" BEFORE INSERT ON "staff_interview"
WHEN NEW."released_at" IS NULL AND NEW."overruled" = 0
BEGIN
    SELECT RAISE(ABORT, 'staff_interview_overlap') WHERE EXISTS (
        SELECT 1 FROM "staff_interview"
        WHERE "staff" = NEW."staff" AND "released_at" IS NULL AND "overruled" = 0
        AND "starts_at" < NEW."ends_at" AND NEW."starts_at" < "ends_at"
    );
END;

CREATE TRIGGER "staff_interview_overlap_update" BEFORE UPDATE ON "staff_interview"
WHEN NEW."released_at" IS NULL AND NEW."overruled" = 0
BEGIN
    SELECT RAISE(ABORT, 'staff_interview_overlap') WHERE EXISTS (
        SELECT 1 FROM "staff_interview"
        WHERE "staff" = NEW."staff" AND "released_at" IS NULL AND "overruled" = 0
        AND "id" <> NEW."id" AND "starts_at" < NEW."ends_at" AND NEW."starts_at" < "ends_at"
    );
END;

-- The trail is written once; only rows released by trail_aging can be deleted.
CREATE TRIGGER "audit_trail_no_update" BEFORE UPDATE ON "audit_trail"
BEGIN
    SELECT RAISE(ABORT, 'audit_trail_append_only');
END;

CREATE TRIGGER "audit_trail_no_delete" BEFORE DELETE ON "audit_trail"
WHEN NOT EXISTS (SELECT 1 FROM "trail_aging" WHERE "before_at" > OLD."at")
BEGIN
    SELECT RAISE(ABORT, 'audit_trail_append_only');
END;
