"""What partners see and may do: places opened to them, their orientations, in their own words."""
