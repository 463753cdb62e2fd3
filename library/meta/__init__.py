"""What a file says about itself: pure readings of EXIF, IPTC, XMP and names."""
