"""The documents that whoever runs the server trusts, read once when it starts."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, cast

import orjson
from graphql import GraphQLError, print_ast

from intersessional.errors import OperatorError
from intersessional.graphql.execution.documents import ParsedDocuments, PreparedDocument, hash_of
from intersessional.infra.settings import Settings


class TrustedDocumentsError(OperatorError):
    """The trusted documents cannot be served; the message says which and why."""


def trusted_documents(
    settings: Settings, documents: ParsedDocuments
) -> dict[str, PreparedDocument]:
    """The trusted documents of the settings, by every hash they are known by.

    Those are the hashes of the text as it stands in its file, without what surrounds it, and as
    a client prints it. Raises TrustedDocumentsError.
    """
    found: dict[str, PreparedDocument] = {}
    for name, text in _read(settings.documents) if settings.documents else ():
        try:
            prepared = documents.prepare(text)
        except GraphQLError as error:
            raise TrustedDocumentsError(f"{name}: {error.message}") from error
        if prepared.errors:
            raise TrustedDocumentsError(f"{name}: {prepared.errors[0].message}")
        for form in (text, text.strip(), print_ast(prepared.document)):
            found[hash_of(form)] = prepared
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
    """From a map of hashes to texts, or Apollo's list of operations."""
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
    for hash, text in cast("dict[object, object]", given).items():
        if not isinstance(text, str) or hash_of(text) != hash:
            raise TrustedDocumentsError(f"{path}: {hash} is not the SHA-256 of its document.")
        yield f"{path}: {hash}", text


def _by_hash(operations: object) -> dict[object, object]:
    listed = cast("list[object]", operations) if isinstance(operations, list) else []
    fields = [cast("dict[str, object]", one) for one in listed if isinstance(one, dict)]
    return {one.get("id"): one.get("body") for one in fields}
