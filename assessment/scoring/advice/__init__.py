"""What a learner takes away: the best moments, and what to do differently. It reads what the criteria found."""
