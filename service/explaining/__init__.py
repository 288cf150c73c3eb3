"""What the planner says of living plans: prepared once for each plan and revision, asked often."""
