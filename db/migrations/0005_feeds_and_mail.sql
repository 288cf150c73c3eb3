CREATE TABLE "feed_token" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "territory" UUID NOT NULL REFERENCES "territory" ("id") ON DELETE CASCADE,
    "token_hash" VARCHAR(500) DEFAULT '' NOT NULL,
    "kind" VARCHAR(500) DEFAULT '' NOT NULL,
    "subject_id" UUID,
    "device" VARCHAR(500) DEFAULT '' NOT NULL,
    "options" TEXT DEFAULT '{}' NOT NULL,
    "made_by" UUID,
    "last_used_at" TIMESTAMPTZ,
    "revoked_at" TIMESTAMPTZ
);

CREATE TABLE "feed_body" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "territory" UUID NOT NULL REFERENCES "territory" ("id") ON DELETE CASCADE,
    "kind" VARCHAR(500) DEFAULT '' NOT NULL,
    "subject_id" UUID NOT NULL,
    "variant" VARCHAR(500) DEFAULT '' NOT NULL,
    "revision" INTEGER DEFAULT 0 NOT NULL,
    "made_on" DATE,
    "stale_at" TIMESTAMPTZ,
    "etag" VARCHAR(500) DEFAULT '' NOT NULL,
    "last_modified_at" TIMESTAMPTZ NOT NULL,
    "body" BYTEA NOT NULL
);

CREATE TABLE "outbox_mail" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "version" INTEGER DEFAULT 1 NOT NULL,
    "territory" UUID REFERENCES "territory" ("id") ON DELETE CASCADE,
    "kind" VARCHAR(500) DEFAULT '' NOT NULL,
    "to_address" VARCHAR(500) DEFAULT '' NOT NULL,
    "subject" VARCHAR(500) DEFAULT '' NOT NULL,
    "body_text" TEXT DEFAULT '' NOT NULL,
    "body_html" TEXT,
    "state" VARCHAR(500) DEFAULT '' NOT NULL,
    "attempt_count" INTEGER DEFAULT 0 NOT NULL,
    "next_try_at" TIMESTAMPTZ,
    "last_error" TEXT,
    "sent_at" TIMESTAMPTZ,
    "dedupe_key" VARCHAR(500),
    "recipient_id" UUID
);

CREATE TABLE "feed_event" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "feed" UUID NOT NULL REFERENCES "feed_body" ("id") ON DELETE CASCADE,
    "uid" VARCHAR(500) DEFAULT '' NOT NULL,
    "fingerprint" VARCHAR(500) DEFAULT '' NOT NULL,
    "body" BYTEA NOT NULL
);

CREATE TABLE "told" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "territory" UUID NOT NULL REFERENCES "territory" ("id") ON DELETE CASCADE,
    "assignment_id" UUID,
    "event_id" UUID,
    "plan_id" UUID,
    "recipient_kind" VARCHAR(500) DEFAULT '' NOT NULL,
    "recipient_id" UUID,
    "recipient_label" VARCHAR(500),
    "channel" VARCHAR(500) DEFAULT '' NOT NULL,
    "mail" UUID REFERENCES "outbox_mail" ("id") ON DELETE RESTRICT,
    "told_by" UUID,
    "told_at" TIMESTAMPTZ,
    "change" TEXT DEFAULT '{}' NOT NULL
);

CREATE TABLE "busy_source" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "version" INTEGER DEFAULT 1 NOT NULL,
    "staff" UUID NOT NULL REFERENCES "staff_member" ("id") ON DELETE CASCADE,
    "kind" VARCHAR(500) DEFAULT '' NOT NULL,
    "name" VARCHAR(500) DEFAULT '' NOT NULL,
    "address_sealed" BYTEA,
    "etag" VARCHAR(500),
    "last_modified" VARCHAR(500),
    "last_tried_at" TIMESTAMPTZ,
    "last_success_at" TIMESTAMPTZ,
    "last_error" TEXT,
    "last_error_at" TIMESTAMPTZ,
    "warnings" TEXT DEFAULT '[]' NOT NULL,
    "removed_at" TIMESTAMPTZ
);

CREATE TABLE "busy_interval" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "source" UUID NOT NULL REFERENCES "busy_source" ("id") ON DELETE CASCADE,
    "starts_at" TIMESTAMPTZ NOT NULL,
    "ends_at" TIMESTAMPTZ NOT NULL
);

CREATE INDEX "feed_token_territory" ON "feed_token" ("territory");

CREATE INDEX "feed_token_subject_id" ON "feed_token" ("subject_id");

CREATE INDEX "feed_body_territory" ON "feed_body" ("territory");

CREATE INDEX "outbox_mail_territory" ON "outbox_mail" ("territory");

CREATE INDEX "outbox_mail_state" ON "outbox_mail" ("state");

CREATE INDEX "outbox_mail_next_try_at" ON "outbox_mail" ("next_try_at");

CREATE INDEX "feed_event_feed" ON "feed_event" ("feed");

CREATE INDEX "told_territory" ON "told" ("territory");

CREATE INDEX "told_assignment_id" ON "told" ("assignment_id");

CREATE INDEX "told_mail" ON "told" ("mail");

CREATE INDEX "busy_source_staff" ON "busy_source" ("staff");

CREATE INDEX "busy_interval_source" ON "busy_interval" ("source");

CREATE INDEX "busy_interval_starts_at" ON "busy_interval" ("starts_at");
