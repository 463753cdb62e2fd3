"""The data of the offline geocoder, and what builds it."""
