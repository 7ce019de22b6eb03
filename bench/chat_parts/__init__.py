"""What bench/chat is made of."""
