CREATE TABLE "audit_trail" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "at" TIMESTAMPTZ NOT NULL,
    "territory_id" UUID,
    "actor_id" UUID,
    "actor_label" VARCHAR(500),
    "action" VARCHAR(500) DEFAULT '' NOT NULL,
    "about_kind" VARCHAR(500),
    "about_ref" VARCHAR(500),
    "address" VARCHAR(500),
    "detail" TEXT DEFAULT '{}' NOT NULL
);

CREATE TABLE "trail_aging" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "before_at" TIMESTAMPTZ NOT NULL
);

CREATE TABLE "erasure_memory" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "territory_id" UUID,
    "about_kind" VARCHAR(500) DEFAULT '' NOT NULL,
    "about_ref" VARCHAR(500) DEFAULT '' NOT NULL,
    "erased_at" TIMESTAMPTZ NOT NULL,
    "asked_by" UUID
);

CREATE TABLE "sealed_month" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "territory" UUID NOT NULL REFERENCES "territory" ("id") ON DELETE CASCADE,
    "month_on" DATE NOT NULL,
    "number" INTEGER DEFAULT 1 NOT NULL,
    "body" TEXT DEFAULT '{}' NOT NULL,
    "sha256" VARCHAR(500) DEFAULT '' NOT NULL,
    "sealed_by" UUID
);

CREATE INDEX "audit_trail_at" ON "audit_trail" ("at");

CREATE INDEX "audit_trail_territory_id" ON "audit_trail" ("territory_id");

CREATE INDEX "audit_trail_actor_id" ON "audit_trail" ("actor_id");

CREATE INDEX "audit_trail_about_ref" ON "audit_trail" ("about_ref");

CREATE INDEX "sealed_month_territory" ON "sealed_month" ("territory");
