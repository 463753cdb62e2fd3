"""The six lists: how the apps plug into library. This file is the map of the whole."""

# stage(draft) -> None: fills one part of the draft; writes no row. The order matters.
INDEX_STAGES = [
    "library.indexing.stages.identify_files",
    "library.indexing.stages.probe_videos",
    "library.indexing.stages.read_metadata",
    "library.indexing.stages.find_motion",
    "library.indexing.stages.make_preview",
    "library.indexing.stages.make_thumbs",
    "library.indexing.stages.measure_colors",
    "library.indexing.stages.locate",
]

# saver(draft) -> None: rows from the draft, all in one transaction; opens no file. The order matters.
INDEX_SAVERS = [
    "library.indexing.identity.find_photo",
    "library.indexing.restoring.restore_photo",
    "library.indexing.savers.save_photo",
    "library.indexing.restoring.restore_links",
    "library.indexing.file_rows.save_files",
    "library.indexing.savers.save_details",
    "library.indexing.words.save_keywords",
    "faces.indexing.save_markers",
    "albums.indexing.rejoin_albums",
    "library.indexing.stacking.join_stack",
]

# A module whose @search_filter("key") functions give a Q for a value.
SEARCH_FILTERS = [
    "library.search.filters",
    "library.search.filters_geo",
]

# section(photos) -> {photo_id: {key: value}}: adds to the photo's JSON and page.
PHOTO_SECTIONS: list[str] = []

# section(photos) -> {photo_id: {key: value}}: adds to the YAML files of photos; those it knows nothing of are left out.
SIDECAR_SECTIONS = [
    "albums.sidecars.albums_of",
]

# listener(topic, data): called after the commit.
EVENT_LISTENERS = [
    "photoprism_site.websocket.broadcast",
    "library.jobs.keep_sidecars",
]
