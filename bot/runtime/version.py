"""Which version of recbot this is, as it was installed: `recbot --version`, `/healthz`, `/metrics`."""

from importlib import metadata


def installed() -> str:
    """Return the version that pyproject.toml named when recbot was installed, or "unknown" where it runs from
    files that nobody installed."""
    try:
        return metadata.version("recbot")
    except metadata.PackageNotFoundError:
        return "unknown"
