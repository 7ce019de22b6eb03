"""What all endpoints share: bodies, pages, errors, the schema and its page (wire contract)."""
