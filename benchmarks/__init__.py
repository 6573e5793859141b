"""What srctl costs: offices of any size, other programs on the same matters, tables of medians."""
