"""Parts of bench/faults: a crowd of clients, faults, and the checker of the history they leave."""
