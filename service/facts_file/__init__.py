"""Facts of a territory in a readable TOML file: read, checked, dated for a month."""
