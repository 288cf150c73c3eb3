"""Pages about a site's month: for the coordination behind sign-in, for the site behind a mailed link."""
