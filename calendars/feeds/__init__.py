"""The calendars to subscribe to: one file a kind, each a writer that names what it may show."""
