"""What the service asks of the database: async functions that take and give records, never tables."""
