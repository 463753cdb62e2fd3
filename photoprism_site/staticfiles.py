"""Static files under hashed names, ES module imports included, so that browsers may keep them for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class ModuleManifestStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc] # whitenoise has no types
    support_js_module_import_aggregation = True
    manifest_strict = False
    # One pass per level of modules that import modules; five, the default, is fewer than there are.
    max_post_process_passes = 50
