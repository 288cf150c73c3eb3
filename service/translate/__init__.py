"""Between rooms: records to a problem, a plan to rows, rows to bookings. Nothing here reads or writes."""
