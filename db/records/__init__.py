"""What the database gives and takes: frozen records, other rows named by their codes."""
