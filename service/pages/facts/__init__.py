"""Facts: what coordinators know and enter, one page a kind, each with its form."""
