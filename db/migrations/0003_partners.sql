CREATE TABLE "partner" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "version" INTEGER DEFAULT 1 NOT NULL,
    "territory" UUID NOT NULL REFERENCES "territory" ("id") ON DELETE CASCADE,
    "code" VARCHAR(200) DEFAULT '' NOT NULL,
    "name" VARCHAR(500) DEFAULT '' NOT NULL,
    "kind" VARCHAR(500) DEFAULT '' NOT NULL,
    "email" VARCHAR(500),
    "phone" VARCHAR(500),
    "convention" TEXT DEFAULT '{}' NOT NULL,
    "lead_hours" INTEGER DEFAULT 24 NOT NULL,
    "cut_off_hours" INTEGER DEFAULT 0 NOT NULL,
    "archived_at" TIMESTAMPTZ
);

CREATE TABLE "access_list" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "version" INTEGER DEFAULT 1 NOT NULL,
    "territory" UUID NOT NULL REFERENCES "territory" ("id") ON DELETE CASCADE,
    "site" UUID NOT NULL REFERENCES "site" ("id") ON DELETE CASCADE,
    "month_on" DATE NOT NULL,
    "number" INTEGER DEFAULT 1 NOT NULL,
    "lines" TEXT DEFAULT '[]' NOT NULL,
    "sent_at" TIMESTAMPTZ,
    "sent_to" VARCHAR(500),
    "sent_by" UUID
);

CREATE TABLE "partner_site" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "partner" UUID NOT NULL REFERENCES "partner" ("id") ON DELETE CASCADE,
    "site" UUID NOT NULL REFERENCES "site" ("id") ON DELETE CASCADE,
    "lead_hours" INTEGER,
    "cut_off_hours" INTEGER,
    "from_on" DATE,
    "until_on" DATE
);

CREATE TABLE "partner_demand" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "partner" UUID NOT NULL REFERENCES "partner" ("id") ON DELETE CASCADE,
    "site" UUID NOT NULL REFERENCES "site" ("id") ON DELETE CASCADE,
    "week_on" DATE NOT NULL,
    "asked_count" INTEGER DEFAULT 0 NOT NULL,
    "got_count" INTEGER DEFAULT 0 NOT NULL
);

CREATE TABLE "orientation" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "version" INTEGER DEFAULT 1 NOT NULL,
    "territory" UUID NOT NULL REFERENCES "territory" ("id") ON DELETE CASCADE,
    "code" VARCHAR(200) DEFAULT '' NOT NULL,
    "partner" UUID NOT NULL REFERENCES "partner" ("id") ON DELETE RESTRICT,
    "label" VARCHAR(12) DEFAULT '' NOT NULL,
    "need" VARCHAR(500) DEFAULT '' NOT NULL,
    "officer" VARCHAR(500),
    "officer_phone" VARCHAR(500),
    "asks_leave" BOOLEAN DEFAULT false NOT NULL,
    "leave_by_on" DATE,
    "state" VARCHAR(500) DEFAULT '' NOT NULL,
    "assignment" UUID REFERENCES "assignment" ("id") ON DELETE RESTRICT,
    "interview_id" UUID,
    "promotion" UUID REFERENCES "promotion" ("id") ON DELETE RESTRICT,
    "participant_id" UUID,
    "slot" INTEGER,
    "place" INTEGER,
    "made_by" UUID,
    "confirmed_at" TIMESTAMPTZ,
    "cancelled_at" TIMESTAMPTZ,
    "cancelled_by" VARCHAR(500),
    "cancel_reason" VARCHAR(500),
    "label_erased_at" TIMESTAMPTZ
);

CREATE TABLE "site_answer" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "version" INTEGER DEFAULT 1 NOT NULL,
    "territory" UUID NOT NULL REFERENCES "territory" ("id") ON DELETE CASCADE,
    "site" UUID NOT NULL REFERENCES "site" ("id") ON DELETE CASCADE,
    "assignment" UUID REFERENCES "assignment" ("id") ON DELETE CASCADE,
    "plan_id" UUID,
    "proposed_on" DATE NOT NULL,
    "half_day" VARCHAR(2),
    "answer" VARCHAR(500) DEFAULT '' NOT NULL,
    "via" VARCHAR(500),
    "said_by" VARCHAR(500),
    "noted_by" UUID,
    "note" TEXT,
    "asked_at" TIMESTAMPTZ,
    "answered_at" TIMESTAMPTZ
);

CREATE TABLE "taken_place" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "territory" UUID NOT NULL REFERENCES "territory" ("id") ON DELETE CASCADE,
    "host_kind" VARCHAR(500) DEFAULT '' NOT NULL,
    "host_id" UUID NOT NULL,
    "slot" INTEGER DEFAULT 0 NOT NULL,
    "place" INTEGER DEFAULT 1 NOT NULL,
    "state" VARCHAR(500) DEFAULT '' NOT NULL,
    "partner" UUID REFERENCES "partner" ("id") ON DELETE RESTRICT,
    "orientation" UUID REFERENCES "orientation" ("id") ON DELETE RESTRICT,
    "interview" UUID REFERENCES "assignment" ("id") ON DELETE RESTRICT,
    "holder_id" UUID,
    "expires_at" TIMESTAMPTZ,
    "released_at" TIMESTAMPTZ,
    "release_reason" VARCHAR(500)
);

CREATE TABLE "waiting_entry" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "promotion" UUID NOT NULL REFERENCES "promotion" ("id") ON DELETE CASCADE,
    "orientation" UUID NOT NULL REFERENCES "orientation" ("id") ON DELETE CASCADE,
    "position" INTEGER DEFAULT 0 NOT NULL,
    "left_at" TIMESTAMPTZ
);

CREATE INDEX "partner_territory" ON "partner" ("territory");

CREATE INDEX "access_list_territory" ON "access_list" ("territory");

CREATE INDEX "access_list_site" ON "access_list" ("site");

CREATE INDEX "partner_site_partner" ON "partner_site" ("partner");

CREATE INDEX "partner_site_site" ON "partner_site" ("site");

CREATE INDEX "partner_demand_partner" ON "partner_demand" ("partner");

CREATE INDEX "partner_demand_site" ON "partner_demand" ("site");

CREATE INDEX "orientation_territory" ON "orientation" ("territory");

CREATE INDEX "orientation_partner" ON "orientation" ("partner");

CREATE INDEX "orientation_state" ON "orientation" ("state");

CREATE INDEX "orientation_assignment" ON "orientation" ("assignment");

CREATE INDEX "orientation_interview_id" ON "orientation" ("interview_id");

CREATE INDEX "orientation_promotion" ON "orientation" ("promotion");

CREATE INDEX "orientation_participant_id" ON "orientation" ("participant_id");

CREATE INDEX "site_answer_territory" ON "site_answer" ("territory");

CREATE INDEX "site_answer_site" ON "site_answer" ("site");

CREATE INDEX "site_answer_assignment" ON "site_answer" ("assignment");

CREATE INDEX "taken_place_territory" ON "taken_place" ("territory");

CREATE INDEX "taken_place_host_id" ON "taken_place" ("host_id");

CREATE INDEX "taken_place_partner" ON "taken_place" ("partner");

CREATE INDEX "taken_place_orientation" ON "taken_place" ("orientation");

CREATE INDEX "taken_place_interview" ON "taken_place" ("interview");

CREATE INDEX "waiting_entry_promotion" ON "waiting_entry" ("promotion");

CREATE INDEX "waiting_entry_orientation" ON "waiting_entry" ("orientation");
