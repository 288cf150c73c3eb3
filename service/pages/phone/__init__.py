"""Staff on a telephone: my week, this morning, who came and the next date, reminders, absences, my share."""
