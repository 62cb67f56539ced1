"""What is so in a quarter: counts, and the things they were counted from."""
