-- Two interviews of one staff member never overlap, unless a coordinator overruled it.
-- A hash stands for the person, so that no extension is needed (a uuid in gist asks for one).
ALTER TABLE "staff_interview" ADD CONSTRAINT "staff_interview_overlap" EXCLUDE USING gist (
    int8range(hashtextextended("staff"::text, 0) / 2, hashtextextended("staff"::text, 0) / 2, '[]') WITH &&,
    tstzrange("starts_at", "ends_at") WITH &&
) WHERE ("released_at" IS NULL AND NOT "overruled");

-- The trail is written once; only rows released by trail_aging can be deleted.
CREATE FUNCTION "audit_trail_keep"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND EXISTS (SELECT 1 FROM "trail_aging" WHERE "before_at" > OLD."at") THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'the audit trail is append-only' USING CONSTRAINT = 'audit_trail_append_only';
END
$$;

CREATE FUNCTION "audit_trail_keep_all"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail is append-only' USING CONSTRAINT = 'audit_trail_append_only';
END
$$;

CREATE TRIGGER "audit_trail_append_only" BEFORE UPDATE OR DELETE ON "audit_trail"
    FOR EACH ROW EXECUTE FUNCTION "audit_trail_keep"();

CREATE TRIGGER "audit_trail_no_truncate" BEFORE TRUNCATE ON "audit_trail"
    FOR EACH STATEMENT EXECUTE FUNCTION "audit_trail_keep_all"();
