"""Pages of partners: plain forms, nothing that needs a script."""
