"""What every request passes through: who it is, what it may, how an error or a header looks."""
