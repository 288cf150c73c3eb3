"""Mail: written to an outbox with what it tells of, sent by a job. No name or reference of a participant."""
