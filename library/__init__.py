"""The photos, and the machines that index, search and show them."""
