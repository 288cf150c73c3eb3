CREATE TABLE "account" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "version" INTEGER DEFAULT 1 NOT NULL,
    "email" VARCHAR(500) DEFAULT '' NOT NULL,
    "name" VARCHAR(500) DEFAULT '' NOT NULL,
    "state" VARCHAR(500) DEFAULT '' NOT NULL,
    "password_hash" TEXT,
    "oidc_subject" VARCHAR(500),
    "totp_sealed" BYTEA,
    "totp_confirmed_at" TIMESTAMPTZ,
    "totp_last_step" INTEGER DEFAULT 0 NOT NULL,
    "failed_count" INTEGER DEFAULT 0 NOT NULL,
    "locked_until_at" TIMESTAMPTZ,
    "sessions_from_at" TIMESTAMPTZ,
    "last_login_at" TIMESTAMPTZ,
    "language" VARCHAR(500)
);

CREATE TABLE "idempotency_key" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "key" VARCHAR(500) DEFAULT '' NOT NULL,
    "scope" VARCHAR(500) DEFAULT '' NOT NULL,
    "owner_id" UUID,
    "request_hash" VARCHAR(500) DEFAULT '' NOT NULL,
    "status" INTEGER DEFAULT 0 NOT NULL,
    "headers" TEXT DEFAULT '{}' NOT NULL,
    "body" BYTEA NOT NULL
);

CREATE TABLE "schedule_run" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "name" VARCHAR(500) DEFAULT '' NOT NULL,
    "due_at" TIMESTAMPTZ NOT NULL,
    "job_id" UUID
);

CREATE TABLE "account_session" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "account" UUID REFERENCES "account" ("id") ON DELETE CASCADE,
    "token_hash" VARCHAR(500) DEFAULT '' NOT NULL,
    "data" TEXT DEFAULT '{}' NOT NULL,
    "address" VARCHAR(500),
    "agent" TEXT,
    "last_seen_at" TIMESTAMPTZ,
    "expires_at" TIMESTAMPTZ NOT NULL,
    "second_factor_at" TIMESTAMPTZ,
    "revoked_at" TIMESTAMPTZ
);

CREATE TABLE "api_token" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "account" UUID NOT NULL REFERENCES "account" ("id") ON DELETE CASCADE,
    "name" VARCHAR(500) DEFAULT '' NOT NULL,
    "token_hash" VARCHAR(500) DEFAULT '' NOT NULL,
    "scopes" TEXT DEFAULT '[]' NOT NULL,
    "expires_at" TIMESTAMPTZ,
    "last_used_at" TIMESTAMPTZ,
    "revoked_at" TIMESTAMPTZ
);

CREATE TABLE "notification_preference" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "account" UUID NOT NULL REFERENCES "account" ("id") ON DELETE CASCADE,
    "kind" VARCHAR(500) DEFAULT '' NOT NULL,
    "wanted" BOOLEAN DEFAULT true NOT NULL
);

CREATE TABLE "one_time_link" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "token_hash" VARCHAR(500) DEFAULT '' NOT NULL,
    "purpose" VARCHAR(500) DEFAULT '' NOT NULL,
    "account" UUID REFERENCES "account" ("id") ON DELETE CASCADE,
    "territory" UUID REFERENCES "territory" ("id") ON DELETE CASCADE,
    "email" VARCHAR(500),
    "payload" TEXT DEFAULT '{}' NOT NULL,
    "reusable" BOOLEAN DEFAULT false NOT NULL,
    "expires_at" TIMESTAMPTZ NOT NULL,
    "used_at" TIMESTAMPTZ,
    "revoked_at" TIMESTAMPTZ
);

CREATE TABLE "job" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "version" INTEGER DEFAULT 1 NOT NULL,
    "territory" UUID REFERENCES "territory" ("id") ON DELETE CASCADE,
    "kind" VARCHAR(500) DEFAULT '' NOT NULL,
    "subject_id" UUID,
    "payload" TEXT DEFAULT '{}' NOT NULL,
    "state" VARCHAR(500) DEFAULT '' NOT NULL,
    "attempt" INTEGER DEFAULT 0 NOT NULL,
    "max_attempts" INTEGER DEFAULT 3 NOT NULL,
    "timeout_seconds" INTEGER DEFAULT 3600 NOT NULL,
    "not_before_at" TIMESTAMPTZ,
    "enqueued_at" TIMESTAMPTZ,
    "started_at" TIMESTAMPTZ,
    "ended_at" TIMESTAMPTZ,
    "worker" VARCHAR(500),
    "heartbeat_at" TIMESTAMPTZ,
    "progress" TEXT,
    "result" TEXT,
    "error" TEXT,
    "stop_asked" VARCHAR(500),
    "dedupe_key" VARCHAR(500),
    "requested_by" UUID,
    "visible" BOOLEAN DEFAULT true NOT NULL
);

CREATE TABLE "account_role" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "account" UUID NOT NULL REFERENCES "account" ("id") ON DELETE CASCADE,
    "role" VARCHAR(500) DEFAULT '' NOT NULL,
    "territory" UUID REFERENCES "territory" ("id") ON DELETE CASCADE,
    "staff" UUID REFERENCES "staff_member" ("id") ON DELETE CASCADE,
    "partner" UUID REFERENCES "partner" ("id") ON DELETE CASCADE
);

CREATE INDEX "account_session_account" ON "account_session" ("account");

CREATE INDEX "api_token_account" ON "api_token" ("account");

CREATE INDEX "notification_preference_account" ON "notification_preference" ("account");

CREATE INDEX "one_time_link_account" ON "one_time_link" ("account");

CREATE INDEX "one_time_link_territory" ON "one_time_link" ("territory");

CREATE INDEX "job_territory" ON "job" ("territory");

CREATE INDEX "job_subject_id" ON "job" ("subject_id");

CREATE INDEX "job_state" ON "job" ("state");

CREATE INDEX "account_role_account" ON "account_role" ("account");

CREATE INDEX "account_role_territory" ON "account_role" ("territory");

CREATE INDEX "account_role_staff" ON "account_role" ("staff");

CREATE INDEX "account_role_partner" ON "account_role" ("partner");
