"""HTML pages: view structs made by pure functions, templates that only draw, handlers of a few lines."""
