CREATE TABLE "territory" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "version" INTEGER DEFAULT 1 NOT NULL,
    "code" VARCHAR(200) DEFAULT '' NOT NULL,
    "name" VARCHAR(500) DEFAULT '' NOT NULL,
    "zone" VARCHAR(500) DEFAULT '' NOT NULL,
    "departements" TEXT DEFAULT '[]' NOT NULL,
    "settings" TEXT DEFAULT '{}' NOT NULL,
    "facts_revision" INTEGER DEFAULT 0 NOT NULL,
    "published_revision" INTEGER DEFAULT 0 NOT NULL,
    "archived_at" TIMESTAMPTZ
);

CREATE TABLE "setting" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "version" INTEGER DEFAULT 1 NOT NULL,
    "key" VARCHAR(500) DEFAULT '' NOT NULL,
    "value" TEXT DEFAULT 'null' NOT NULL,
    "note" TEXT
);

CREATE TABLE "site" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "version" INTEGER DEFAULT 1 NOT NULL,
    "territory" UUID NOT NULL REFERENCES "territory" ("id") ON DELETE CASCADE,
    "code" VARCHAR(200) DEFAULT '' NOT NULL,
    "name" VARCHAR(500) DEFAULT '' NOT NULL,
    "short_name" VARCHAR(500) DEFAULT '' NOT NULL,
    "neutral_name" VARCHAR(500),
    "kind" VARCHAR(500) DEFAULT '' NOT NULL,
    "address" TEXT DEFAULT '' NOT NULL,
    "directions" TEXT DEFAULT '' NOT NULL,
    "phone" VARCHAR(500),
    "contact_name" VARCHAR(500),
    "contact_email" VARCHAR(500),
    "gate_margin_minutes" INTEGER DEFAULT 0 NOT NULL,
    "holds_detained" BOOLEAN DEFAULT false NOT NULL,
    "phones_outside" BOOLEAN DEFAULT false NOT NULL,
    "of_partner" BOOLEAN DEFAULT false NOT NULL,
    "demands_accreditation" BOOLEAN DEFAULT false NOT NULL,
    "asks_access_list" BOOLEAN DEFAULT false NOT NULL,
    "access_notice_days" INTEGER DEFAULT 0 NOT NULL,
    "far" BOOLEAN DEFAULT false NOT NULL,
    "open_on_holidays" BOOLEAN DEFAULT false NOT NULL,
    "interview_places" INTEGER DEFAULT 99 NOT NULL,
    "position" INTEGER DEFAULT 0 NOT NULL,
    "archived_at" TIMESTAMPTZ
);

CREATE TABLE "programme" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "version" INTEGER DEFAULT 1 NOT NULL,
    "territory" UUID NOT NULL REFERENCES "territory" ("id") ON DELETE CASCADE,
    "code" VARCHAR(200) DEFAULT '' NOT NULL,
    "name" VARCHAR(500) DEFAULT '' NOT NULL,
    "funder" VARCHAR(500),
    "departements" TEXT DEFAULT '[]' NOT NULL,
    "valid_from_on" DATE,
    "valid_until_on" DATE,
    "length_days" INTEGER,
    "targets" TEXT DEFAULT '{}' NOT NULL,
    "rhythm" TEXT DEFAULT '[]' NOT NULL,
    "position" INTEGER DEFAULT 0 NOT NULL,
    "archived_at" TIMESTAMPTZ
);

CREATE TABLE "speaker" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "version" INTEGER DEFAULT 1 NOT NULL,
    "territory" UUID NOT NULL REFERENCES "territory" ("id") ON DELETE CASCADE,
    "code" VARCHAR(200) DEFAULT '' NOT NULL,
    "name" VARCHAR(500) DEFAULT '' NOT NULL,
    "organisation" VARCHAR(500),
    "function" VARCHAR(500),
    "email" VARCHAR(500),
    "phone" VARCHAR(500),
    "archived_at" TIMESTAMPTZ
);

CREATE TABLE "participant" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "version" INTEGER DEFAULT 1 NOT NULL,
    "territory" UUID NOT NULL REFERENCES "territory" ("id") ON DELETE CASCADE,
    "code" VARCHAR(200) DEFAULT '' NOT NULL,
    "any_hour" BOOLEAN DEFAULT true NOT NULL,
    "minor" BOOLEAN DEFAULT false NOT NULL,
    "informed_on" DATE,
    "charter_on" DATE,
    "practical_note" VARCHAR(80) DEFAULT '' NOT NULL,
    "last_contact_on" DATE,
    "erased_at" TIMESTAMPTZ
);

CREATE TABLE "holiday_override" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "territory" UUID NOT NULL REFERENCES "territory" ("id") ON DELETE CASCADE,
    "held_on" DATE NOT NULL,
    "is_holiday" BOOLEAN DEFAULT true NOT NULL,
    "name" VARCHAR(500) DEFAULT '' NOT NULL,
    "said_by" VARCHAR(500)
);

CREATE TABLE "staff_member" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "version" INTEGER DEFAULT 1 NOT NULL,
    "territory" UUID NOT NULL REFERENCES "territory" ("id") ON DELETE CASCADE,
    "code" VARCHAR(200) DEFAULT '' NOT NULL,
    "name" VARCHAR(500) DEFAULT '' NOT NULL,
    "job" VARCHAR(500),
    "email" VARCHAR(500),
    "phone" VARCHAR(500),
    "base" UUID REFERENCES "site" ("id") ON DELETE RESTRICT,
    "etp_percent" INTEGER DEFAULT 100 NOT NULL,
    "max_half_days_day" INTEGER DEFAULT 2 NOT NULL,
    "max_half_days_week" INTEGER DEFAULT 10 NOT NULL,
    "max_half_days_month" INTEGER DEFAULT 50 NOT NULL,
    "protected_half_days" INTEGER DEFAULT 0 NOT NULL,
    "active_from_on" DATE,
    "active_until_on" DATE,
    "position" INTEGER DEFAULT 0 NOT NULL,
    "archived_at" TIMESTAMPTZ
);

CREATE TABLE "room" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "site" UUID NOT NULL REFERENCES "site" ("id") ON DELETE CASCADE,
    "code" VARCHAR(200) DEFAULT '' NOT NULL,
    "name" VARCHAR(500) DEFAULT '' NOT NULL,
    "seats" INTEGER DEFAULT 0 NOT NULL,
    "position" INTEGER DEFAULT 0 NOT NULL
);

CREATE TABLE "meeting" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "version" INTEGER DEFAULT 1 NOT NULL,
    "territory" UUID NOT NULL REFERENCES "territory" ("id") ON DELETE CASCADE,
    "code" VARCHAR(200) DEFAULT '' NOT NULL,
    "title" VARCHAR(500) DEFAULT '' NOT NULL,
    "kind" VARCHAR(500) DEFAULT '' NOT NULL,
    "starts_at" TIMESTAMPTZ NOT NULL,
    "ends_at" TIMESTAMPTZ NOT NULL,
    "site" UUID REFERENCES "site" ("id") ON DELETE RESTRICT,
    "place" TEXT DEFAULT '' NOT NULL,
    "status" VARCHAR(500) DEFAULT '' NOT NULL,
    "sequence_number" INTEGER DEFAULT 0 NOT NULL,
    "last_modified_at" TIMESTAMPTZ NOT NULL
);

CREATE TABLE "opening" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "site" UUID NOT NULL REFERENCES "site" ("id") ON DELETE CASCADE,
    "weekday" INTEGER DEFAULT 1 NOT NULL,
    "half_day" VARCHAR(2) DEFAULT '' NOT NULL,
    "from_hour" VARCHAR(5) DEFAULT '' NOT NULL,
    "to_hour" VARCHAR(5) DEFAULT '' NOT NULL,
    "slot_minutes" INTEGER DEFAULT 60 NOT NULL,
    "buffer_minutes" INTEGER DEFAULT 0 NOT NULL,
    "from_on" DATE,
    "until_on" DATE
);

CREATE TABLE "closure" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "version" INTEGER DEFAULT 1 NOT NULL,
    "territory" UUID NOT NULL REFERENCES "territory" ("id") ON DELETE CASCADE,
    "site" UUID NOT NULL REFERENCES "site" ("id") ON DELETE CASCADE,
    "code" VARCHAR(200) DEFAULT '' NOT NULL,
    "from_on" DATE NOT NULL,
    "until_on" DATE NOT NULL,
    "half_day" VARCHAR(2),
    "reason" VARCHAR(500),
    "said_by" VARCHAR(500)
);

CREATE TABLE "travel" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "territory" UUID NOT NULL REFERENCES "territory" ("id") ON DELETE CASCADE,
    "from_site" UUID NOT NULL REFERENCES "site" ("id") ON DELETE CASCADE,
    "to_site" UUID NOT NULL REFERENCES "site" ("id") ON DELETE CASCADE,
    "minutes" INTEGER DEFAULT 0 NOT NULL
);

CREATE TABLE "promotion" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "version" INTEGER DEFAULT 1 NOT NULL,
    "territory" UUID NOT NULL REFERENCES "territory" ("id") ON DELETE CASCADE,
    "code" VARCHAR(200) DEFAULT '' NOT NULL,
    "name" VARCHAR(500) DEFAULT '' NOT NULL,
    "site" UUID NOT NULL REFERENCES "site" ("id") ON DELETE RESTRICT,
    "programme" UUID REFERENCES "programme" ("id") ON DELETE RESTRICT,
    "weekday" INTEGER,
    "half_day" VARCHAR(2),
    "seats" INTEGER DEFAULT 0 NOT NULL,
    "open_to_partners" BOOLEAN DEFAULT false NOT NULL,
    "state" VARCHAR(500) DEFAULT '' NOT NULL,
    "archived_at" TIMESTAMPTZ
);

CREATE TABLE "participant_hours" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "participant" UUID NOT NULL REFERENCES "participant" ("id") ON DELETE CASCADE,
    "weekday" INTEGER DEFAULT 1 NOT NULL,
    "from_hour" VARCHAR(5) DEFAULT '' NOT NULL,
    "to_hour" VARCHAR(5) DEFAULT '' NOT NULL
);

CREATE TABLE "participant_vault" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "participant" UUID NOT NULL REFERENCES "participant" ("id") ON DELETE CASCADE,
    "master_key_id" VARCHAR(500) DEFAULT '' NOT NULL,
    "wrapped_key" BYTEA,
    "sealed" BYTEA
);

CREATE TABLE "path" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "version" INTEGER DEFAULT 1 NOT NULL,
    "territory" UUID NOT NULL REFERENCES "territory" ("id") ON DELETE CASCADE,
    "code" VARCHAR(200) DEFAULT '' NOT NULL,
    "programme" UUID NOT NULL REFERENCES "programme" ("id") ON DELETE RESTRICT,
    "participant" UUID NOT NULL REFERENCES "participant" ("id") ON DELETE CASCADE,
    "referent" UUID REFERENCES "staff_member" ("id") ON DELETE RESTRICT,
    "state" VARCHAR(500) DEFAULT '' NOT NULL,
    "entry_on" DATE,
    "starts_on" DATE,
    "exit_on" DATE,
    "rhythm" TEXT,
    "kind" VARCHAR(500) DEFAULT '' NOT NULL,
    "mode" VARCHAR(500) DEFAULT '' NOT NULL,
    "priority" VARCHAR(500) DEFAULT '' NOT NULL,
    "slots" INTEGER DEFAULT 1 NOT NULL,
    "sites" TEXT DEFAULT '[]' NOT NULL,
    "only_in_permanence" BOOLEAN DEFAULT false NOT NULL,
    "other_staff" BOOLEAN DEFAULT false NOT NULL,
    "leave_notice_days" INTEGER DEFAULT 0 NOT NULL,
    "min_days" INTEGER DEFAULT 0 NOT NULL,
    "last_interview_on" DATE,
    "missed_on" DATE,
    "misses_in_a_row" INTEGER DEFAULT 0 NOT NULL,
    "asked_referent_at" TIMESTAMPTZ
);

CREATE TABLE "volume" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "version" INTEGER DEFAULT 1 NOT NULL,
    "territory" UUID NOT NULL REFERENCES "territory" ("id") ON DELETE CASCADE,
    "code" VARCHAR(200) DEFAULT '' NOT NULL,
    "referent" UUID REFERENCES "staff_member" ("id") ON DELETE RESTRICT,
    "programme" UUID REFERENCES "programme" ("id") ON DELETE RESTRICT,
    "kind" VARCHAR(500) DEFAULT '' NOT NULL,
    "mode" VARCHAR(500) DEFAULT '' NOT NULL,
    "priority" VARCHAR(500) DEFAULT '' NOT NULL,
    "amount" INTEGER DEFAULT 0 NOT NULL,
    "every_weeks" INTEGER DEFAULT 1 NOT NULL,
    "slots" INTEGER DEFAULT 1 NOT NULL,
    "sites" TEXT DEFAULT '[]' NOT NULL,
    "from_on" DATE,
    "until_on" DATE,
    "archived_at" TIMESTAMPTZ
);

CREATE TABLE "skill" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "staff" UUID NOT NULL REFERENCES "staff_member" ("id") ON DELETE CASCADE,
    "name" VARCHAR(500) DEFAULT '' NOT NULL
);

CREATE TABLE "weekly_availability" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "staff" UUID NOT NULL REFERENCES "staff_member" ("id") ON DELETE CASCADE,
    "weekday" INTEGER DEFAULT 1 NOT NULL,
    "half_day" VARCHAR(2) DEFAULT '' NOT NULL,
    "from_hour" VARCHAR(5) DEFAULT '' NOT NULL,
    "to_hour" VARCHAR(5) DEFAULT '' NOT NULL,
    "place" VARCHAR(500) DEFAULT '' NOT NULL,
    "from_on" DATE,
    "until_on" DATE
);

CREATE TABLE "absence" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "version" INTEGER DEFAULT 1 NOT NULL,
    "territory" UUID NOT NULL REFERENCES "territory" ("id") ON DELETE CASCADE,
    "staff" UUID NOT NULL REFERENCES "staff_member" ("id") ON DELETE CASCADE,
    "code" VARCHAR(200) DEFAULT '' NOT NULL,
    "starts_at" TIMESTAMPTZ NOT NULL,
    "ends_at" TIMESTAMPTZ NOT NULL,
    "kind" VARCHAR(500) DEFAULT '' NOT NULL,
    "declared_by" VARCHAR(500)
);

CREATE TABLE "busy_mark" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "version" INTEGER DEFAULT 1 NOT NULL,
    "territory" UUID NOT NULL REFERENCES "territory" ("id") ON DELETE CASCADE,
    "staff" UUID NOT NULL REFERENCES "staff_member" ("id") ON DELETE CASCADE,
    "code" VARCHAR(200) DEFAULT '' NOT NULL,
    "weekday" INTEGER,
    "busy_on" DATE,
    "half_day" VARCHAR(2) DEFAULT '' NOT NULL,
    "from_on" DATE,
    "until_on" DATE
);

CREATE TABLE "wish" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "version" INTEGER DEFAULT 1 NOT NULL,
    "territory" UUID NOT NULL REFERENCES "territory" ("id") ON DELETE CASCADE,
    "staff" UUID NOT NULL REFERENCES "staff_member" ("id") ON DELETE CASCADE,
    "code" VARCHAR(200) DEFAULT '' NOT NULL,
    "weekday" INTEGER,
    "wished_on" DATE,
    "half_day" VARCHAR(2) DEFAULT '' NOT NULL,
    "wish" VARCHAR(500) DEFAULT '' NOT NULL
);

CREATE TABLE "accreditation" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "staff" UUID REFERENCES "staff_member" ("id") ON DELETE CASCADE,
    "speaker" UUID REFERENCES "speaker" ("id") ON DELETE CASCADE,
    "site" UUID NOT NULL REFERENCES "site" ("id") ON DELETE CASCADE,
    "from_on" DATE,
    "until_on" DATE,
    "unannounced" BOOLEAN DEFAULT true NOT NULL,
    "asked_on" DATE,
    "renewal_lead_days" INTEGER DEFAULT 60 NOT NULL,
    "material" VARCHAR(500)
);

CREATE TABLE "ledger_entry" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "staff" UUID NOT NULL REFERENCES "staff_member" ("id") ON DELETE CASCADE,
    "month_on" DATE NOT NULL,
    "kind" VARCHAR(500) DEFAULT '' NOT NULL,
    "balance_hundredths" INTEGER DEFAULT 0 NOT NULL
);

CREATE TABLE "meeting_attendee" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "meeting" UUID NOT NULL REFERENCES "meeting" ("id") ON DELETE CASCADE,
    "staff" UUID NOT NULL REFERENCES "staff_member" ("id") ON DELETE CASCADE,
    "left_at" TIMESTAMPTZ
);

CREATE TABLE "cadence" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "version" INTEGER DEFAULT 1 NOT NULL,
    "territory" UUID NOT NULL REFERENCES "territory" ("id") ON DELETE CASCADE,
    "code" VARCHAR(200) DEFAULT '' NOT NULL,
    "name" VARCHAR(500) DEFAULT '' NOT NULL,
    "site" UUID NOT NULL REFERENCES "site" ("id") ON DELETE RESTRICT,
    "programme" UUID REFERENCES "programme" ("id") ON DELETE RESTRICT,
    "kind" VARCHAR(500) DEFAULT '' NOT NULL,
    "sort" VARCHAR(500),
    "asked" INTEGER DEFAULT 0 NOT NULL,
    "up_to" INTEGER DEFAULT 0 NOT NULL,
    "weekdays" TEXT DEFAULT '[]' NOT NULL,
    "length" VARCHAR(500) DEFAULT '' NOT NULL,
    "min_days" INTEGER DEFAULT 1 NOT NULL,
    "staff_count" INTEGER DEFAULT 1 NOT NULL,
    "skills" TEXT DEFAULT '[]' NOT NULL,
    "partner_places" INTEGER DEFAULT 0 NOT NULL,
    "follows" UUID REFERENCES "promotion" ("id") ON DELETE RESTRICT,
    "seats" INTEGER DEFAULT 0 NOT NULL,
    "needs_room" BOOLEAN DEFAULT false NOT NULL,
    "compulsory" BOOLEAN DEFAULT false NOT NULL,
    "duration_minutes" INTEGER DEFAULT 120 NOT NULL,
    "offset_minutes" INTEGER DEFAULT 0 NOT NULL,
    "from_on" DATE,
    "until_on" DATE,
    "position" INTEGER DEFAULT 0 NOT NULL,
    "archived_at" TIMESTAMPTZ
);

CREATE TABLE "sequence" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "promotion" UUID NOT NULL REFERENCES "promotion" ("id") ON DELETE CASCADE,
    "code" VARCHAR(200) DEFAULT '' NOT NULL,
    "position" INTEGER DEFAULT 0 NOT NULL,
    "title" VARCHAR(500) DEFAULT '' NOT NULL,
    "from_on" DATE NOT NULL,
    "until_on" DATE NOT NULL,
    "length" VARCHAR(500) DEFAULT '' NOT NULL,
    "duration_minutes" INTEGER DEFAULT 120 NOT NULL,
    "offset_minutes" INTEGER DEFAULT 0 NOT NULL,
    "staff_count" INTEGER DEFAULT 1 NOT NULL,
    "skills" TEXT DEFAULT '[]' NOT NULL,
    "needs_room" BOOLEAN DEFAULT true NOT NULL,
    "speaker" UUID REFERENCES "speaker" ("id") ON DELETE RESTRICT,
    "speaker_name" VARCHAR(500),
    "speaker_dates" TEXT,
    "min_days" INTEGER DEFAULT 1 NOT NULL,
    "max_days" INTEGER DEFAULT 31 NOT NULL,
    "compulsory" BOOLEAN DEFAULT true NOT NULL,
    "intervention" BOOLEAN DEFAULT false NOT NULL,
    "done_on" DATE
);

CREATE TABLE "promotion_participant" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "promotion" UUID NOT NULL REFERENCES "promotion" ("id") ON DELETE CASCADE,
    "participant" UUID NOT NULL REFERENCES "participant" ("id") ON DELETE CASCADE,
    "joined_on" DATE,
    "left_on" DATE
);

CREATE TABLE "promotion_animator" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "promotion" UUID NOT NULL REFERENCES "promotion" ("id") ON DELETE CASCADE,
    "staff" UUID NOT NULL REFERENCES "staff_member" ("id") ON DELETE CASCADE
);

CREATE TABLE "interview_need" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "version" INTEGER DEFAULT 1 NOT NULL,
    "territory" UUID NOT NULL REFERENCES "territory" ("id") ON DELETE CASCADE,
    "code" VARCHAR(200) DEFAULT '' NOT NULL,
    "participant" UUID REFERENCES "participant" ("id") ON DELETE CASCADE,
    "path" UUID REFERENCES "path" ("id") ON DELETE CASCADE,
    "programme" UUID REFERENCES "programme" ("id") ON DELETE RESTRICT,
    "referent" UUID REFERENCES "staff_member" ("id") ON DELETE RESTRICT,
    "orientation_id" UUID,
    "kind" VARCHAR(500) DEFAULT '' NOT NULL,
    "mode" VARCHAR(500) DEFAULT '' NOT NULL,
    "priority" VARCHAR(500) DEFAULT '' NOT NULL,
    "slots" INTEGER DEFAULT 1 NOT NULL,
    "needed_count" INTEGER DEFAULT 1 NOT NULL,
    "from_on" DATE NOT NULL,
    "until_on" DATE NOT NULL,
    "only_in_permanence" BOOLEAN DEFAULT false NOT NULL,
    "other_staff" BOOLEAN DEFAULT false NOT NULL,
    "leave_notice_days" INTEGER DEFAULT 0 NOT NULL,
    "min_days" INTEGER DEFAULT 0 NOT NULL,
    "last_on" DATE,
    "misses" INTEGER DEFAULT 0 NOT NULL,
    "origin" VARCHAR(500) DEFAULT '' NOT NULL,
    "state" VARCHAR(500) DEFAULT '' NOT NULL,
    "closed_at" TIMESTAMPTZ
);

CREATE TABLE "cadence_staff" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "cadence" UUID NOT NULL REFERENCES "cadence" ("id") ON DELETE CASCADE,
    "staff" UUID NOT NULL REFERENCES "staff_member" ("id") ON DELETE CASCADE
);

CREATE TABLE "cadence_exception" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "cadence" UUID NOT NULL REFERENCES "cadence" ("id") ON DELETE CASCADE,
    "from_on" DATE NOT NULL,
    "to_on" DATE,
    "said_by" VARCHAR(500)
);

CREATE TABLE "cadence_history" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "cadence" UUID NOT NULL REFERENCES "cadence" ("id") ON DELETE CASCADE,
    "held_on" DATE NOT NULL,
    "half_day" VARCHAR(2) DEFAULT '' NOT NULL
);

CREATE TABLE "interview_need_site" (
    "id" UUID PRIMARY KEY NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "need" UUID NOT NULL REFERENCES "interview_need" ("id") ON DELETE CASCADE,
    "site" UUID NOT NULL REFERENCES "site" ("id") ON DELETE CASCADE,
    "position" INTEGER DEFAULT 0 NOT NULL
);

CREATE INDEX "site_territory" ON "site" ("territory");

CREATE INDEX "programme_territory" ON "programme" ("territory");

CREATE INDEX "speaker_territory" ON "speaker" ("territory");

CREATE INDEX "participant_territory" ON "participant" ("territory");

CREATE INDEX "holiday_override_territory" ON "holiday_override" ("territory");

CREATE INDEX "staff_member_territory" ON "staff_member" ("territory");

CREATE INDEX "staff_member_base" ON "staff_member" ("base");

CREATE INDEX "room_site" ON "room" ("site");

CREATE INDEX "meeting_territory" ON "meeting" ("territory");

CREATE INDEX "meeting_starts_at" ON "meeting" ("starts_at");

CREATE INDEX "meeting_site" ON "meeting" ("site");

CREATE INDEX "opening_site" ON "opening" ("site");

CREATE INDEX "closure_territory" ON "closure" ("territory");

CREATE INDEX "closure_site" ON "closure" ("site");

CREATE INDEX "travel_territory" ON "travel" ("territory");

CREATE INDEX "travel_from_site" ON "travel" ("from_site");

CREATE INDEX "travel_to_site" ON "travel" ("to_site");

CREATE INDEX "promotion_territory" ON "promotion" ("territory");

CREATE INDEX "promotion_site" ON "promotion" ("site");

CREATE INDEX "promotion_programme" ON "promotion" ("programme");

CREATE INDEX "participant_hours_participant" ON "participant_hours" ("participant");

CREATE INDEX "participant_vault_participant" ON "participant_vault" ("participant");

CREATE INDEX "path_territory" ON "path" ("territory");

CREATE INDEX "path_programme" ON "path" ("programme");

CREATE INDEX "path_participant" ON "path" ("participant");

CREATE INDEX "path_referent" ON "path" ("referent");

CREATE INDEX "path_state" ON "path" ("state");

CREATE INDEX "volume_territory" ON "volume" ("territory");

CREATE INDEX "volume_referent" ON "volume" ("referent");

CREATE INDEX "volume_programme" ON "volume" ("programme");

CREATE INDEX "skill_staff" ON "skill" ("staff");

CREATE INDEX "weekly_availability_staff" ON "weekly_availability" ("staff");

CREATE INDEX "absence_territory" ON "absence" ("territory");

CREATE INDEX "absence_staff" ON "absence" ("staff");

CREATE INDEX "busy_mark_territory" ON "busy_mark" ("territory");

CREATE INDEX "busy_mark_staff" ON "busy_mark" ("staff");

CREATE INDEX "wish_territory" ON "wish" ("territory");

CREATE INDEX "wish_staff" ON "wish" ("staff");

CREATE INDEX "accreditation_staff" ON "accreditation" ("staff");

CREATE INDEX "accreditation_speaker" ON "accreditation" ("speaker");

CREATE INDEX "accreditation_site" ON "accreditation" ("site");

CREATE INDEX "ledger_entry_staff" ON "ledger_entry" ("staff");

CREATE INDEX "meeting_attendee_meeting" ON "meeting_attendee" ("meeting");

CREATE INDEX "meeting_attendee_staff" ON "meeting_attendee" ("staff");

CREATE INDEX "cadence_territory" ON "cadence" ("territory");

CREATE INDEX "cadence_site" ON "cadence" ("site");

CREATE INDEX "cadence_programme" ON "cadence" ("programme");

CREATE INDEX "cadence_follows" ON "cadence" ("follows");

CREATE INDEX "sequence_promotion" ON "sequence" ("promotion");

CREATE INDEX "sequence_speaker" ON "sequence" ("speaker");

CREATE INDEX "promotion_participant_promotion" ON "promotion_participant" ("promotion");

CREATE INDEX "promotion_participant_participant" ON "promotion_participant" ("participant");

CREATE INDEX "promotion_animator_promotion" ON "promotion_animator" ("promotion");

CREATE INDEX "promotion_animator_staff" ON "promotion_animator" ("staff");

CREATE INDEX "interview_need_territory" ON "interview_need" ("territory");

CREATE INDEX "interview_need_participant" ON "interview_need" ("participant");

CREATE INDEX "interview_need_path" ON "interview_need" ("path");

CREATE INDEX "interview_need_programme" ON "interview_need" ("programme");

CREATE INDEX "interview_need_referent" ON "interview_need" ("referent");

CREATE INDEX "interview_need_orientation_id" ON "interview_need" ("orientation_id");

CREATE INDEX "interview_need_until_on" ON "interview_need" ("until_on");

CREATE INDEX "cadence_staff_cadence" ON "cadence_staff" ("cadence");

CREATE INDEX "cadence_staff_staff" ON "cadence_staff" ("staff");

CREATE INDEX "cadence_exception_cadence" ON "cadence_exception" ("cadence");

CREATE INDEX "cadence_history_cadence" ON "cadence_history" ("cadence");

CREATE INDEX "interview_need_site_need" ON "interview_need_site" ("need");

CREATE INDEX "interview_need_site_site" ON "interview_need_site" ("site");
