"""What funders ask for, month by month, without a name: the page, its numbers, its files."""
