-- Answers that were kept before lie open, where no erasure finds them; they serve for a day alone.

DELETE FROM "idempotency_key";

ALTER TABLE "idempotency_key" DROP COLUMN "status";

ALTER TABLE "idempotency_key" DROP COLUMN "headers";

ALTER TABLE "idempotency_key" DROP COLUMN "owner_id";

-- A column that nothing was ever written to.

ALTER TABLE "pin" DROP COLUMN "note";
