"""From the bytes of somebody's .ics to entries with their times: tolerant, bounded, without any title."""
