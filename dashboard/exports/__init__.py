"""The tables that pages offer to take away: one module per page, typed, from the same queries."""
