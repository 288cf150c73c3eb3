"""The solver's halves of the rules."""
