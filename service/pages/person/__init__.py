"""One participant: what is kept of them, their copy of it, its erasure."""
