"""photoprism_site: protocols, settings and wiring of the photo library."""

__version__ = "0.1.0"
