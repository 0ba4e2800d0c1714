"""Public file sets, loaded once from pinned addresses and held against pinned hashes.

HTTPX does the connections. Pooch, the library of the field for pinned files, begins every file anew
after a cut (1.9.0 opens it for writing, and sends no Range), and so do pystow and parfive; going on
where a download stopped is what this package adds: Range and If-Range over HTTPX.
"""

from iatrograph.fetching.filesets import FILE_SETS, FileSet, PinnedFile
from iatrograph.fetching.folder import downloads, fetch, fetched, missing
from iatrograph.fetching.https import open_client

__all__ = [
    "FILE_SETS",
    "FileSet",
    "PinnedFile",
    "downloads",
    "fetch",
    "fetched",
    "missing",
    "open_client",
]
