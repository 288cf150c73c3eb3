"""Jobs that come by the clock: one file each, one line in `all_scheduled`."""
