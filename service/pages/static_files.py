"""Stylesheet, scripts, icons and font, served for ever under an address made from their content.

The stylesheet's files are joined into one. The address holds a digest of the whole folder, so that
scripts may import one another by relative paths and nothing stale is ever served.
"""

import hashlib
import mimetypes
from functools import cache
from pathlib import Path
from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException

from service.edge.guards import PUBLIC

FOLDER = Path(__file__).resolve().parent.parent / "static"
STYLESHEETS = (
    "tokens",
    "base",
    "controls",
    "shell",
    "board",
    "panel",
    "facts",
    "phone",
    "agenda",
    "partner",
    "fingers",
    "print",
)
FOREVER = "public, max-age=31536000, immutable"
BRIEFLY = "public, max-age=60"


@cache
def contents() -> dict[str, bytes]:
    """Path below the folder to bytes, read once; `escale.css` is all stylesheets in their order."""
    paths = [path for path in FOLDER.rglob("*") if path.is_file() and not path.name.startswith(".")]
    found = {path.relative_to(FOLDER).as_posix(): path.read_bytes() for path in paths}
    found["escale.css"] = b"\n".join(found[f"css/{name}.css"] for name in STYLESHEETS)
    return found


@cache
def digest() -> str:
    whole = hashlib.sha256()
    for path, content in sorted(contents().items()):
        whole.update(path.encode() + b"\0" + content + b"\0")
    return whole.hexdigest()[:16]


@cache
def static_url(path: str) -> str:
    """Address of a file of the folder; raises KeyError for one that is not there."""
    bare = path.split("#", 1)[0]
    if bare not in contents() and not bare.startswith("vendor/"):
        raise KeyError(path)
    return f"/static/{digest()}/{path}"


@get(
    "/static/{version:str}/{path:path}",
    include_in_schema=False,
    roles=PUBLIC,
    opt={"exclude_from_auth": True, "skip_session": True},
)
async def static_file(request: Request[Any, Any, Any], version: str, path: str) -> Response[bytes]:
    """A page that is a little older than the service still gets the file, but may not keep it."""
    content = contents().get(path.lstrip("/"))
    if content is None:
        raise NotFoundException(path)
    headers = {"cache-control": FOREVER if version == digest() else BRIEFLY, "etag": f'"{digest()}"'}
    if request.headers.get("if-none-match") == f'"{digest()}"':
        return Response(b"", status_code=304, headers=headers)
    media_type = mimetypes.guess_type(path)[0] or "application/octet-stream"
    return Response(content, media_type=media_type, headers=headers)
