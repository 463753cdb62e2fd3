"""Text in pictures: a recogniser that reads it, and the words that it is found by."""
