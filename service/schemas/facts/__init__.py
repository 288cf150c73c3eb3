"""Facts as they are sent: every field of a record that a person decides, each with its limits."""
