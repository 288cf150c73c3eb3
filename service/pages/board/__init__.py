"""The month as people read it: pure functions from a problem and a plan to rows, cells and sentences."""
