"""What was written at the end, held against the log: what of it is true, missing, or made up."""
