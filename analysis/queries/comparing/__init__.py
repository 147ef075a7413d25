"""Two or three sides or speakers side by side: how often, what is typical, which words and which pairs."""
