CREATE UNIQUE INDEX "territory_once" ON "territory" ("code");

CREATE UNIQUE INDEX "setting_once" ON "setting" ("key");

CREATE UNIQUE INDEX "programme_once" ON "programme" ("territory", "code");

CREATE UNIQUE INDEX "site_once" ON "site" ("territory", "code");

CREATE UNIQUE INDEX "closure_once" ON "closure" ("territory", "code");

CREATE UNIQUE INDEX "staff_member_once" ON "staff_member" ("territory", "code");

CREATE UNIQUE INDEX "absence_once" ON "absence" ("territory", "code");

CREATE UNIQUE INDEX "busy_mark_once" ON "busy_mark" ("territory", "code");

CREATE UNIQUE INDEX "wish_once" ON "wish" ("territory", "code");

CREATE UNIQUE INDEX "speaker_once" ON "speaker" ("territory", "code");

CREATE UNIQUE INDEX "meeting_once" ON "meeting" ("territory", "code");

CREATE UNIQUE INDEX "promotion_once" ON "promotion" ("territory", "code");

CREATE UNIQUE INDEX "participant_once" ON "participant" ("territory", "code");

CREATE UNIQUE INDEX "path_once" ON "path" ("territory", "code");

CREATE UNIQUE INDEX "cadence_once" ON "cadence" ("territory", "code");

CREATE UNIQUE INDEX "interview_need_once" ON "interview_need" ("territory", "code");

CREATE UNIQUE INDEX "volume_once" ON "volume" ("territory", "code");

CREATE UNIQUE INDEX "room_once" ON "room" ("site", "code");

CREATE UNIQUE INDEX "sequence_once" ON "sequence" ("promotion", "code");

CREATE UNIQUE INDEX "holiday_override_once" ON "holiday_override" ("territory", "held_on");

CREATE UNIQUE INDEX "travel_once" ON "travel" ("from_site", "to_site");

CREATE UNIQUE INDEX "skill_once" ON "skill" ("staff", "name");

CREATE UNIQUE INDEX "ledger_entry_once" ON "ledger_entry" ("staff", "month_on", "kind");

CREATE UNIQUE INDEX "meeting_attendee_once" ON "meeting_attendee" ("meeting", "staff")
    WHERE left_at IS NULL;

CREATE UNIQUE INDEX "promotion_participant_once" ON "promotion_participant" ("promotion", "participant");

CREATE UNIQUE INDEX "promotion_animator_once" ON "promotion_animator" ("promotion", "staff");

CREATE UNIQUE INDEX "cadence_staff_once" ON "cadence_staff" ("cadence", "staff");

CREATE UNIQUE INDEX "cadence_exception_once" ON "cadence_exception" ("cadence", "from_on");

CREATE UNIQUE INDEX "cadence_history_once" ON "cadence_history" ("cadence", "held_on", "half_day");

CREATE UNIQUE INDEX "interview_need_site_once" ON "interview_need_site" ("need", "site");

CREATE UNIQUE INDEX "participant_vault_once" ON "participant_vault" ("participant");

CREATE UNIQUE INDEX "plan_once" ON "plan" ("territory", "number");

CREATE UNIQUE INDEX "plan_active_once" ON "plan" ("territory", "first_on", "last_on")
    WHERE state IN ('queued', 'solving', 'interrupted');

CREATE UNIQUE INDEX "plan_file_once" ON "plan_file" ("plan", "kind");

CREATE UNIQUE INDEX "plan_item_once" ON "plan_item" ("plan", "key");

CREATE UNIQUE INDEX "pin_once" ON "pin" ("territory", "key")
    WHERE released_at IS NULL;

CREATE UNIQUE INDEX "assignment_once" ON "assignment" ("territory", "key")
    WHERE status <> 'cancelled';

CREATE UNIQUE INDEX "assignment_staff_once" ON "assignment_staff" ("assignment", "staff");

CREATE UNIQUE INDEX "staff_presence_once" ON "staff_presence" ("staff", "held_on", "half_day")
    WHERE released_at IS NULL AND overruled = false;

CREATE UNIQUE INDEX "attendance_once" ON "attendance" ("assignment", "participant");

CREATE UNIQUE INDEX "attendance_anonymous_once" ON "attendance" ("assignment")
    WHERE participant IS NULL;

CREATE UNIQUE INDEX "partner_once" ON "partner" ("territory", "code");

CREATE UNIQUE INDEX "orientation_once" ON "orientation" ("territory", "code");

CREATE UNIQUE INDEX "partner_site_once" ON "partner_site" ("partner", "site");

CREATE UNIQUE INDEX "taken_place_once" ON "taken_place" ("host_kind", "host_id", "slot", "place")
    WHERE released_at IS NULL;

CREATE UNIQUE INDEX "waiting_entry_once" ON "waiting_entry" ("promotion", "orientation");

CREATE UNIQUE INDEX "partner_demand_once" ON "partner_demand" ("partner", "site", "week_on");

CREATE UNIQUE INDEX "access_list_once" ON "access_list" ("site", "month_on", "number");

CREATE UNIQUE INDEX "account_once" ON "account" ("email");

CREATE UNIQUE INDEX "account_oidc_once" ON "account" ("oidc_subject")
    WHERE oidc_subject IS NOT NULL;

CREATE UNIQUE INDEX "account_session_once" ON "account_session" ("token_hash");

CREATE UNIQUE INDEX "one_time_link_once" ON "one_time_link" ("token_hash");

CREATE UNIQUE INDEX "api_token_once" ON "api_token" ("token_hash");

CREATE UNIQUE INDEX "notification_preference_once" ON "notification_preference" ("account", "kind");

CREATE UNIQUE INDEX "idempotency_key_once" ON "idempotency_key" ("scope", "key");

CREATE UNIQUE INDEX "job_once" ON "job" ("dedupe_key")
    WHERE dedupe_key IS NOT NULL AND state IN ('queued', 'running');

CREATE UNIQUE INDEX "schedule_run_once" ON "schedule_run" ("name", "due_at");

CREATE UNIQUE INDEX "feed_token_once" ON "feed_token" ("token_hash");

CREATE UNIQUE INDEX "feed_body_once" ON "feed_body" ("kind", "subject_id", "variant");

CREATE UNIQUE INDEX "feed_event_once" ON "feed_event" ("feed", "uid");

CREATE UNIQUE INDEX "outbox_mail_once" ON "outbox_mail" ("dedupe_key")
    WHERE dedupe_key IS NOT NULL;

CREATE UNIQUE INDEX "sealed_month_once" ON "sealed_month" ("territory", "month_on", "number");

CREATE INDEX "assignment_month" ON "assignment" ("territory", "held_on");

CREATE INDEX "audit_trail_territory" ON "audit_trail" ("territory_id", "at");

CREATE INDEX "job_waiting" ON "job" ("state", "not_before_at");
