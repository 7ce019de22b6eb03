"""What scores say about skills: a rating for each, and when it is time to practise it again."""
