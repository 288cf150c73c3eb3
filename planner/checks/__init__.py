"""What makes a file malformed, list by list; each check yields its faults in the order of the file."""
