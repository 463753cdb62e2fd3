"""What words look like: texts to vectors, how near classes of pictures are to them, an operator's own model. Pure."""
