"""The lists: how the apps plug into library. This file is the map of the whole."""

# stage(draft) -> None: fills one part of the draft; writes no row. The order matters.
INDEX_STAGES = [
    "library.indexing.stages.identify_files",
    "library.indexing.stages.probe_videos",
    "library.indexing.stages.read_metadata",
    "library.indexing.stages.find_motion",
    "library.indexing.stages.make_preview",
    "library.indexing.stages.make_thumbs",
    "library.indexing.stages.measure_colors",
    "library.indexing.stages.classify",
    "library.indexing.stages.check_nudity",
    "library.indexing.stages.locate",
]

# saver(draft) -> None: rows from the draft, all in one transaction; opens no file. The order matters.
INDEX_SAVERS = [
    "library.indexing.identity.find_photo",
    "library.indexing.restoring.restore_photo",
    "library.indexing.savers.save_photo",
    "library.indexing.restoring.restore_links",
    "library.indexing.nudity.save_nudity",
    "library.indexing.file_rows.save_files",
    "library.indexing.savers.save_details",
    "library.indexing.labels.save_labels",
    "library.indexing.words.save_keywords",
    "faces.indexing.save_markers",
    "albums.indexing.rejoin_albums",
    "library.indexing.stacking.join_stack",
]

# A module whose @search_filter("key") functions give a Q for a value.
SEARCH_FILTERS = [
    "library.search.filters",
    "library.search.filters_files",
    "library.search.filters_dates",
    "library.search.filters_labels",
    "library.search.filters_meaning",
    "library.search.filters_geo",
    "library.search.filters_position",
    "library.search.filters_likeness",
    "albums.filters",
    "faces.filters",
    "albums.scope",
]

# A module that knows the names of something: what words mean, what suggestions offer, what chips are called.
SEARCH_NAMES = [
    "faces.names",
    "library.search.names_places",
    "library.search.names_labels",
    "albums.names",
    "library.search.names_gear",
    "library.search.names_likeness",
]

# section(photos, grant) -> {photo_id: {key: value}}: adds what the grant may know to the JSON of opened photos.
PHOTO_SECTIONS = [
    "albums.sections.albums_of",
    "library.seen_texts.text_sections",
]

# section(files, grant) -> {file_id: {key: value}}: adds to the JSON of files in the same way.
FILE_SECTIONS = [
    "faces.sections.markers_of",
]

# section(photos) -> {photo_id: {key: value}}: adds to the YAML files of photos; those it knows nothing of are left out.
SIDECAR_SECTIONS = [
    "albums.sidecars.albums_of",
]

# people(photo) -> [name]: who is on a photo, as far as everybody who sees the library may know, for its title.
PHOTO_PEOPLE = [
    "faces.titles.people_on",
]

# listener(topic, data): called after the commit.
EVENT_LISTENERS = [
    "photoprism_site.websocket.broadcast",
    "library.jobs.keep_sidecars",
    "sharing.uploading.go_on_after",
]
