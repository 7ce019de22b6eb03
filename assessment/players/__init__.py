"""Test players: policies that play any scenario as people of known quality would, to prove it and its scores."""
