"""A bucket of Amazon S3 behind CloudFront: what it answers.

In: the files of a build, what the project says of the bucket, and the path of a request. Out: an `Answer`. Pure.

`website` (https://docs.aws.amazon.com/AmazonS3/latest/userguide/IndexDocumentSupport.html): the index document of a
folder; without its slash, a 302 that adds it. `rest`
(https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DefaultRootObject.html): the very name of an object,
and a document for the root alone; what is not there is 403, for CloudFront may not list.
Both keep their rules at AWS: routing rules, functions and headers are not in the build.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from checks.collect.hosts.about import About, NotEmulated
from checks.collect.hosts.answer import Answer, redirect, refusal, with_query
from checks.collect.hosts.compression import Compression
from checks.collect.hosts.mime import content_type
from checks.collect.hosts.paths import INDEX, decode, encode

if TYPE_CHECKING:
    from checks.collect.hosts.build import Build

_AT_AWS = NotEmulated("", "routing rules, functions and header policies that are kept at AWS")
_LEAST, _MOST = 1_000, 10_000_000
"""https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/ServingCompressedFiles.html"""
_NOT_FOUND = "404.html"


class S3Host:
    """S3 with CloudFront."""

    name = "s3-cloudfront"
    sends_headers = False

    def __init__(self, build: Build) -> None:
        self._files = build.files
        self._options = build.options
        self._error_document = (build.options.error_document or _NOT_FOUND).lstrip("/")
        self.about = About(
            not_emulated=(_AT_AWS,),
            error_files=frozenset({self._error_document}) - {INDEX},
            compression=Compression("br", _LEAST, _MOST),
        )

    def answer(self, path: str, query: str = "") -> Answer:
        """Return what S3 and CloudFront send for GET `path`; see `Host.answer`."""
        segments = decode(path)
        if segments is None:
            return refusal(HTTPStatus.BAD_REQUEST, "not a valid path")
        name = "/".join(segments)
        if self._options.endpoint == "rest":
            name = name or INDEX
            return self._send(name, "object") if name in self._files else self._error(HTTPStatus.FORBIDDEN)
        if name.endswith("/") or not name:
            return self._send(name + INDEX, "index document") if name + INDEX in self._files else self._error()
        if name in self._files:
            return self._send(name, "object")
        if f"{name}/{INDEX}" in self._files:
            location = with_query(encode([*segments, ""]), query)
            return redirect(location, status=HTTPStatus.FOUND, rule="folder without its closing slash")
        return self._error()

    def _error(self, status: int = HTTPStatus.NOT_FOUND) -> Answer:
        status = self._options.error_status or status
        if self._error_document in self._files:
            return self._send(self._error_document, "error document", status)
        return refusal(status, "nothing there")

    def _send(self, name: str, rule: str, status: int = HTTPStatus.OK) -> Answer:
        return Answer(int(status), (("content-type", content_type(name)),), name, None, rule)
