"""What can be done: one verb a file, one transaction each. Every write of the service is here."""
