"""Everything that opens a media file or talks to a tool about one."""
