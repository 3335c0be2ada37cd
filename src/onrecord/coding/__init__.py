"""What was done to whom, and on whose word: events."""
