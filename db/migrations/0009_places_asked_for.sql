CREATE INDEX "taken_place_holder" ON "taken_place" ("holder_id");

CREATE INDEX "assignment_site_day" ON "assignment" ("site", "held_on");

CREATE INDEX "staff_interview_hours" ON "staff_interview" ("staff", "starts_at");
