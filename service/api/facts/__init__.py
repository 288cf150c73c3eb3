"""Facts over JSON: one mechanism, one declaration a kind."""
