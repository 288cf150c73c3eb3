"""The solver's halves of the goals."""
