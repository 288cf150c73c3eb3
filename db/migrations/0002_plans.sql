CREATE TABLE "plan" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "version" INTEGER DEFAULT 1 NOT NULL,
    "territory" UUID NOT NULL REFERENCES "territory" ("id") ON DELETE CASCADE,
    "number" INTEGER DEFAULT 0 NOT NULL,
    "state" VARCHAR(500) DEFAULT '' NOT NULL,
    "origin" VARCHAR(500) DEFAULT '' NOT NULL,
    "title" VARCHAR(500),
    "first_on" DATE NOT NULL,
    "last_on" DATE NOT NULL,
    "covers" TEXT DEFAULT '[]' NOT NULL,
    "options" TEXT DEFAULT '{}' NOT NULL,
    "facts_revision" INTEGER DEFAULT 0 NOT NULL,
    "base_revision" INTEGER DEFAULT 0 NOT NULL,
    "made_from" UUID,
    "requested_by" UUID,
    "problem_sha256" VARCHAR(500),
    "levels" TEXT DEFAULT '[]' NOT NULL,
    "overruled" TEXT DEFAULT '[]' NOT NULL,
    "figures" TEXT DEFAULT '{}' NOT NULL,
    "error" TEXT,
    "solved_at" TIMESTAMPTZ,
    "published_at" TIMESTAMPTZ,
    "published_by" UUID,
    "ended_at" TIMESTAMPTZ
);

CREATE TABLE "pin" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "version" INTEGER DEFAULT 1 NOT NULL,
    "territory" UUID NOT NULL REFERENCES "territory" ("id") ON DELETE CASCADE,
    "key" VARCHAR(500) DEFAULT '' NOT NULL,
    "kind" VARCHAR(500) DEFAULT '' NOT NULL,
    "held_on" DATE NOT NULL,
    "starts_hour" VARCHAR(500),
    "half_day" VARCHAR(2),
    "site_code" VARCHAR(500),
    "room_code" VARCHAR(500),
    "cadence_code" VARCHAR(500),
    "promotion_code" VARCHAR(500),
    "sequence_code" VARCHAR(500),
    "need_code" VARCHAR(500),
    "number" INTEGER,
    "staff_codes" TEXT DEFAULT '[]' NOT NULL,
    "origin" VARCHAR(500) DEFAULT '' NOT NULL,
    "pinned_by" UUID,
    "note" VARCHAR(500),
    "released_at" TIMESTAMPTZ
);

CREATE TABLE "plan_file" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "plan" UUID NOT NULL REFERENCES "plan" ("id") ON DELETE CASCADE,
    "kind" VARCHAR(500) DEFAULT '' NOT NULL,
    "sha256" VARCHAR(500) DEFAULT '' NOT NULL,
    "body" BYTEA NOT NULL
);

CREATE TABLE "plan_item" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "plan" UUID NOT NULL REFERENCES "plan" ("id") ON DELETE CASCADE,
    "kind" VARCHAR(500) DEFAULT '' NOT NULL,
    "key" VARCHAR(500) DEFAULT '' NOT NULL,
    "assignment_id" UUID,
    "held_on" DATE NOT NULL,
    "half_day" VARCHAR(2),
    "starts_at" TIMESTAMPTZ,
    "ends_at" TIMESTAMPTZ,
    "site_code" VARCHAR(500),
    "room_code" VARCHAR(500),
    "cadence_code" VARCHAR(500),
    "promotion_code" VARCHAR(500),
    "sequence_code" VARCHAR(500),
    "need_code" VARCHAR(500),
    "number" INTEGER,
    "staff_codes" TEXT DEFAULT '[]' NOT NULL,
    "pinned" BOOLEAN DEFAULT false NOT NULL
);

CREATE TABLE "unplaced" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "plan" UUID NOT NULL REFERENCES "plan" ("id") ON DELETE CASCADE,
    "position" INTEGER DEFAULT 0 NOT NULL,
    "need_code" VARCHAR(500),
    "cadence_code" VARCHAR(500),
    "promotion_code" VARCHAR(500),
    "sequence_code" VARCHAR(500),
    "left_count" INTEGER DEFAULT 1 NOT NULL,
    "reason_code" VARCHAR(500) DEFAULT '' NOT NULL,
    "reason_facts" TEXT DEFAULT '[]' NOT NULL
);

CREATE TABLE "meeting_event" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "meeting" UUID NOT NULL REFERENCES "meeting" ("id") ON DELETE CASCADE,
    "at" TIMESTAMPTZ NOT NULL,
    "actor_id" UUID,
    "what" VARCHAR(500) DEFAULT '' NOT NULL,
    "before" TEXT,
    "after" TEXT
);

CREATE TABLE "assignment" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "version" INTEGER DEFAULT 1 NOT NULL,
    "territory" UUID NOT NULL REFERENCES "territory" ("id") ON DELETE CASCADE,
    "plan" UUID REFERENCES "plan" ("id") ON DELETE RESTRICT,
    "kind" VARCHAR(500) DEFAULT '' NOT NULL,
    "key" VARCHAR(500) DEFAULT '' NOT NULL,
    "status" VARCHAR(500) DEFAULT '' NOT NULL,
    "held_on" DATE NOT NULL,
    "half_day" VARCHAR(2),
    "starts_at" TIMESTAMPTZ NOT NULL,
    "ends_at" TIMESTAMPTZ NOT NULL,
    "site" UUID REFERENCES "site" ("id") ON DELETE RESTRICT,
    "room" UUID REFERENCES "room" ("id") ON DELETE RESTRICT,
    "cadence" UUID REFERENCES "cadence" ("id") ON DELETE RESTRICT,
    "number" INTEGER,
    "promotion" UUID REFERENCES "promotion" ("id") ON DELETE RESTRICT,
    "sequence" UUID REFERENCES "sequence" ("id") ON DELETE RESTRICT,
    "need" UUID REFERENCES "interview_need" ("id") ON DELETE RESTRICT,
    "participant" UUID REFERENCES "participant" ("id") ON DELETE RESTRICT,
    "programme" UUID REFERENCES "programme" ("id") ON DELETE RESTRICT,
    "host_id" UUID,
    "interview_kind" VARCHAR(500),
    "mode" VARCHAR(500),
    "slots" INTEGER DEFAULT 1 NOT NULL,
    "places" INTEGER DEFAULT 0 NOT NULL,
    "revision" INTEGER DEFAULT 1 NOT NULL,
    "sequence_number" INTEGER DEFAULT 0 NOT NULL,
    "fixed_with_person" BOOLEAN DEFAULT false NOT NULL,
    "cancelled_by" VARCHAR(500),
    "cancel_reason" VARCHAR(500),
    "changed_at" TIMESTAMPTZ,
    "former_starts_at" TIMESTAMPTZ,
    "last_modified_at" TIMESTAMPTZ NOT NULL
);

CREATE TABLE "assignment_staff" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "assignment" UUID NOT NULL REFERENCES "assignment" ("id") ON DELETE CASCADE,
    "staff" UUID NOT NULL REFERENCES "staff_member" ("id") ON DELETE RESTRICT,
    "left_at" TIMESTAMPTZ,
    "left_sequence_number" INTEGER
);

CREATE TABLE "assignment_event" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "assignment" UUID NOT NULL REFERENCES "assignment" ("id") ON DELETE CASCADE,
    "territory" UUID NOT NULL REFERENCES "territory" ("id") ON DELETE CASCADE,
    "plan" UUID REFERENCES "plan" ("id") ON DELETE RESTRICT,
    "at" TIMESTAMPTZ NOT NULL,
    "actor_id" UUID,
    "actor_label" VARCHAR(500),
    "what" VARCHAR(500) DEFAULT '' NOT NULL,
    "revision" INTEGER DEFAULT 1 NOT NULL,
    "before" TEXT,
    "after" TEXT,
    "overruled" TEXT DEFAULT '[]' NOT NULL
);

CREATE TABLE "staff_presence" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "staff" UUID NOT NULL REFERENCES "staff_member" ("id") ON DELETE CASCADE,
    "held_on" DATE NOT NULL,
    "half_day" VARCHAR(2) DEFAULT '' NOT NULL,
    "assignment" UUID NOT NULL REFERENCES "assignment" ("id") ON DELETE CASCADE,
    "overruled" BOOLEAN DEFAULT false NOT NULL,
    "released_at" TIMESTAMPTZ
);

CREATE TABLE "staff_interview" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "staff" UUID NOT NULL REFERENCES "staff_member" ("id") ON DELETE CASCADE,
    "starts_at" TIMESTAMPTZ NOT NULL,
    "ends_at" TIMESTAMPTZ NOT NULL,
    "assignment" UUID NOT NULL REFERENCES "assignment" ("id") ON DELETE CASCADE,
    "overruled" BOOLEAN DEFAULT false NOT NULL,
    "released_at" TIMESTAMPTZ
);

CREATE TABLE "attendance" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "version" INTEGER DEFAULT 1 NOT NULL,
    "territory" UUID NOT NULL REFERENCES "territory" ("id") ON DELETE CASCADE,
    "assignment" UUID NOT NULL REFERENCES "assignment" ("id") ON DELETE CASCADE,
    "participant" UUID REFERENCES "participant" ("id") ON DELETE RESTRICT,
    "status" VARCHAR(500) DEFAULT '' NOT NULL,
    "noted_by" UUID,
    "noted_at" TIMESTAMPTZ,
    "next_assignment_id" UUID
);

CREATE TABLE "recall" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "version" INTEGER DEFAULT 1 NOT NULL,
    "territory" UUID NOT NULL REFERENCES "territory" ("id") ON DELETE CASCADE,
    "staff" UUID NOT NULL REFERENCES "staff_member" ("id") ON DELETE CASCADE,
    "participant" UUID NOT NULL REFERENCES "participant" ("id") ON DELETE CASCADE,
    "assignment" UUID REFERENCES "assignment" ("id") ON DELETE RESTRICT,
    "due_on" DATE NOT NULL,
    "done_at" TIMESTAMPTZ
);

CREATE INDEX "plan_territory" ON "plan" ("territory");

CREATE INDEX "plan_state" ON "plan" ("state");

CREATE INDEX "pin_territory" ON "pin" ("territory");

CREATE INDEX "pin_held_on" ON "pin" ("held_on");

CREATE INDEX "plan_file_plan" ON "plan_file" ("plan");

CREATE INDEX "plan_item_plan" ON "plan_item" ("plan");

CREATE INDEX "unplaced_plan" ON "unplaced" ("plan");

CREATE INDEX "meeting_event_meeting" ON "meeting_event" ("meeting");

CREATE INDEX "assignment_territory" ON "assignment" ("territory");

CREATE INDEX "assignment_plan" ON "assignment" ("plan");

CREATE INDEX "assignment_key" ON "assignment" ("key");

CREATE INDEX "assignment_status" ON "assignment" ("status");

CREATE INDEX "assignment_held_on" ON "assignment" ("held_on");

CREATE INDEX "assignment_starts_at" ON "assignment" ("starts_at");

CREATE INDEX "assignment_site" ON "assignment" ("site");

CREATE INDEX "assignment_room" ON "assignment" ("room");

CREATE INDEX "assignment_cadence" ON "assignment" ("cadence");

CREATE INDEX "assignment_promotion" ON "assignment" ("promotion");

CREATE INDEX "assignment_sequence" ON "assignment" ("sequence");

CREATE INDEX "assignment_need" ON "assignment" ("need");

CREATE INDEX "assignment_participant" ON "assignment" ("participant");

CREATE INDEX "assignment_programme" ON "assignment" ("programme");

CREATE INDEX "assignment_host_id" ON "assignment" ("host_id");

CREATE INDEX "assignment_last_modified_at" ON "assignment" ("last_modified_at");

CREATE INDEX "assignment_staff_assignment" ON "assignment_staff" ("assignment");

CREATE INDEX "assignment_staff_staff" ON "assignment_staff" ("staff");

CREATE INDEX "assignment_event_assignment" ON "assignment_event" ("assignment");

CREATE INDEX "assignment_event_territory" ON "assignment_event" ("territory");

CREATE INDEX "assignment_event_plan" ON "assignment_event" ("plan");

CREATE INDEX "assignment_event_at" ON "assignment_event" ("at");

CREATE INDEX "staff_presence_staff" ON "staff_presence" ("staff");

CREATE INDEX "staff_presence_assignment" ON "staff_presence" ("assignment");

CREATE INDEX "staff_interview_staff" ON "staff_interview" ("staff");

CREATE INDEX "staff_interview_assignment" ON "staff_interview" ("assignment");

CREATE INDEX "attendance_territory" ON "attendance" ("territory");

CREATE INDEX "attendance_assignment" ON "attendance" ("assignment");

CREATE INDEX "attendance_participant" ON "attendance" ("participant");

CREATE INDEX "recall_territory" ON "recall" ("territory");

CREATE INDEX "recall_staff" ON "recall" ("staff");

CREATE INDEX "recall_participant" ON "recall" ("participant");

CREATE INDEX "recall_assignment" ON "recall" ("assignment");

CREATE INDEX "recall_due_on" ON "recall" ("due_on");
