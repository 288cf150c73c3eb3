"""Why something is not placed: the records that block it, who would have to leave, what would help."""
