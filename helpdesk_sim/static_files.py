"""How static files are built for serving: named by their content, compressed, cached for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class BuiltStaticFiles(CompressedManifestStaticFilesStorage):
    """Names in the imports of our own modules are hashed too, so that no old module meets a new one."""

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("js/*.js", CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1]),
    )
