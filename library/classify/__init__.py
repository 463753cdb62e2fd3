"""What is in a picture: the model, and the labels that its classes stand for. Knows neither Django nor the library."""
