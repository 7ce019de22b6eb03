"""Who may do what: a table written by hand, and tests that hold the whole product against it."""
