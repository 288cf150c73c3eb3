"""What is known of a person: shown to themselves, kept for a time, erased for good."""
