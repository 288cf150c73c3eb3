"""French sentences for what the planner says in codes: levels, statuses, reasons."""
