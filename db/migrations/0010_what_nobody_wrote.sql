-- Tables that nothing was ever written to.

DROP TABLE "feed_event";

DROP TABLE "meeting_event";

DROP TABLE "sealed_month";
