"""Trusted documents, read from files when the server starts."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, cast

import orjson
from graphql import print_ast

from intersessional.errors import OperatorError
from intersessional.graphql.execution.documents import (
    ParsedDocuments,
    PreparedDocument,
    sha256_of,
)


class TrustedDocumentsError(OperatorError):
    """The trusted documents cannot be served; the message names the file and the reason."""


def trusted_documents(path: Path, documents: ParsedDocuments) -> dict[str, PreparedDocument]:
    """Read the trusted documents from a directory or a manifest, by SHA-256.

    Each has three: of its text, of the stripped text, and of the text as graphql-core prints it,
    because clients differ in which of them they send. Raises TrustedDocumentsError.
    """
    found: dict[str, PreparedDocument] = {}
    for name, text in _read(path):
        prepared = documents.prepare(text, trusted=True)
        if prepared.errors:
            raise TrustedDocumentsError(f"{name}: {prepared.errors[0].message}")
        for form in (text, text.strip(), print_ast(prepared.document)):
            found[sha256_of(form)] = prepared
    return found


def _read(path: Path) -> Iterable[tuple[str, str]]:
    """The name and the text of each document in a directory or a manifest."""
    try:
        if not path.is_dir():
            return list(_manifest(path))
        files = sorted(path.rglob("*.graphql"))
        found = [(str(file), file.read_text(encoding="utf-8")) for file in files]
    except (OSError, UnicodeDecodeError) as error:
        raise TrustedDocumentsError(f"The documents in {path} cannot be read: {error}.") from error
    if not found:
        raise TrustedDocumentsError(f"There is no file in {path} whose name ends with .graphql.")
    return found


def _manifest(path: Path) -> Iterator[tuple[str, str]]:
    """Read a JSON object of texts by hash, or Apollo's list of operations."""
    try:
        given: Any = orjson.loads(path.read_bytes())
    except orjson.JSONDecodeError as error:
        raise TrustedDocumentsError(f"{path} is not JSON: {error}.") from error
    if isinstance(given, dict) and "operations" in given:
        given = _by_hash(cast("dict[str, Any]", given)["operations"])
    if not isinstance(given, dict) or not given:
        raise TrustedDocumentsError(
            f"{path} is no manifest: it names no documents by their hashes."
        )
    for digest, text in cast("dict[object, object]", given).items():
        if not isinstance(text, str) or sha256_of(text) != digest:
            raise TrustedDocumentsError(f"{path}: {digest} is not the SHA-256 of its document.")
        yield f"{path}: {digest}", text


def _by_hash(operations: object) -> dict[object, object]:
    listed = cast("list[object]", operations) if isinstance(operations, list) else []
    fields = [cast("dict[str, object]", one) for one in listed if isinstance(one, dict)]
    return {one.get("id"): one.get("body") for one in fields}
