"""`gonogo landed`, through the installed command, against servers on loopback with a throw-away certificate."""

from __future__ import annotations

import datetime as dt
import json
import os
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.collect.web.preview_server import Answers, Asked, PreviewServer, Sent, serving

HOST, APEX = "www.bakery.example", "bakery.example"
PAGE = """\
<!doctype html><html lang="en"><head><title>{title}</title><link rel="canonical" href="https://www.bakery.example{path}">
</head><body><main><h1>{title}</h1><a href="/a/">a</a> <a href="/b/">b</a></main></body></html>
"""
PATHS = {"/": "Bread", "/a/": "Rye", "/b/": "Wheat"}
HEADERS = {
    "content-type": "text/html; charset=utf-8",
    "x-frame-options": "DENY",
    "strict-transport-security": "max-age=31536000",  # which Netlify sends of its own accord
}
ROBOTS = "User-agent: *\nAllow: /\n"


def certificate(folder: Path, days: int) -> tuple[Path, ssl.SSLContext]:
    """Return a certificate for both hosts, and a context that shows it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = dt.datetime.now(dt.UTC)
    names = x509.SubjectAlternativeName([x509.DNSName(HOST), x509.DNSName(APEX)])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number()).add_extension(names, critical=False)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    made = builder.not_valid_before(now - dt.timedelta(days=1)).not_valid_after(now + dt.timedelta(days=days, hours=1))
    signed = made.sign(key, hashes.SHA256())
    file, whole = folder / f"trusted-{days}.pem", folder / f"throw-away-{days}.pem"
    file.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    whole.write_bytes(key.private_bytes(*form) + file.read_bytes())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(whole)
    return file, context


def live(asked: Asked) -> Sent:
    """Answer as the site that was judged, behind its host."""
    if asked.headers["host"] != HOST:
        return Sent(b"", 301, {"location": f"https://{HOST}{asked.target}"})
    if asked.target == "/robots.txt":
        return Sent(ROBOTS.encode(), headers={"content-type": "text/plain"})
    if asked.target in PATHS:
        return Sent(PAGE.format(title=PATHS[asked.target], path=asked.target).encode(), headers=HEADERS)
    return Sent(b"nothing", 404)


def to_https(asked: Asked) -> Sent:
    return Sent(b"", 301, {"location": f"https://{HOST}{asked.target}"})


@dataclass
class Place:
    gonogo: Path
    folder: Path

    @contextmanager
    def server(self, answers: Answers, *, days: int = 60) -> Iterator[tuple[PreviewServer, list[str], Path]]:
        trusted, context = certificate(self.folder, days)
        with serving(answers, context) as secure, serving(to_https) as plain:
            ports = {443: secure.origin.rpartition(":")[2], 80: plain.origin.rpartition(":")[2]}
            there = [
                f"--connect-to={host}:{port}:127.0.0.1:{own}" for host in (HOST, APEX) for port, own in ports.items()
            ]
            yield secure, there, trusted

    def landed(self, *arguments: str, trusted: Path | None = None) -> tuple[int, dict[str, Any], str]:
        environment = {**os.environ, **({"SSL_CERT_FILE": str(trusted)} if trusted else {})}
        command: list[str | Path] = [self.gonogo, "landed", f"https://{HOST}", "--json", *arguments]
        done = subprocess.run(
            command, cwd=self.folder, capture_output=True, text=True, check=False, env=environment, timeout=300
        )
        return done.returncode, json.loads(done.stdout) if done.stdout else {}, done.stderr


@pytest.fixture(scope="module")
def place(gonogo: Path, tmp_path_factory: pytest.TempPathFactory) -> Place:
    here = tmp_path_factory.mktemp("landed")
    files = {"_headers": "/*\n  X-Frame-Options: DENY\n", "robots.txt": ROBOTS}
    files |= {f"{path[1:]}index.html": PAGE.format(title=title, path=path) for path, title in PATHS.items()}
    for name, text in files.items():
        (here / "dist" / name).parent.mkdir(parents=True, exist_ok=True)
        (here / "dist" / name).write_text(text)
    (here / "gonogo.yaml").write_text(f"site: https://{HOST}\nhost: netlify\nlimits: {{answer-time: 60s}}\n")
    done = subprocess.run(
        [gonogo, "check", "dist", "--no-render"], cwd=here, capture_output=True, text=True, check=False
    )
    assert (here / "gonogo-run" / "verdict.json").is_file(), done.stderr
    return Place(gonogo, here)


def test_what_was_judged_and_is_live_has_landed(place: Place) -> None:
    with place.server(live) as (server, there, trusted):
        code, said, error = place.landed(*there, trusted=trusted)
    assert (code, said.get("outcome"), said.get("checks")) == (0, "landed", []), (said, error)
    assert said["counts"]["pages"]["same"] == 3
    assert said["counts"]["ways"]["same"] == 6
    assert said["counts"]["certificate"]["same"] == 1
    assert "cookie" not in str(server.asked).lower()


def test_what_is_not_as_judged_is_exit_1_and_named(place: Place) -> None:
    def changed(asked: Asked) -> Sent:
        if asked.target == "/a/" and asked.headers["host"] == HOST:
            return Sent(PAGE.format(title="Old rye", path="/a/").encode(), headers=HEADERS)
        if asked.target == "/b/" and asked.headers["host"] == HOST:
            return Sent(b"", 401, {"www-authenticate": "Basic"})
        if asked.headers["host"] == APEX:
            return Sent(b"<title>Parked</title>")
        if "GPTBot" in asked.headers["user-agent"]:
            return Sent(b"no", 403)
        return live(asked)

    with place.server(changed, days=5) as (_, there, trusted):
        code, said, error = place.landed(*there, trusted=trusted)
    differ = [one for one in said["checks"] if one["state"] == "differs"]
    found = {(one["kind"], urlsplit(one["about"]).hostname or one["about"]) for one in differ}
    assert code == 1, error
    assert found == {
        ("pages", "/a/"),
        ("pages", "/b/"),
        ("ways", APEX),
        ("certificate", HOST),
        ("crawlers", "GPTBot"),
    }


def test_a_certificate_that_browsers_refuse_differs_and_is_no_pass(place: Place) -> None:
    with place.server(live) as (_, there, _trusted):
        code, said, _ = place.landed(*there)
    assert (code, said["outcome"]) == (1, "differs")
    assert said["counts"]["pages"] == {"same": 0, "differs": 3, "not-measured": 0}


def test_a_site_that_does_not_answer_is_exit_3(place: Place) -> None:
    with place.server(live) as (server, there, trusted):
        server.go_away()
        code, said, _ = place.landed(*there, trusted=trusted)
    assert (code, said["outcome"]) == (3, "cannot-tell")


def test_no_more_pages_are_asked_for_than_was_said(place: Place) -> None:
    with place.server(live) as (server, there, trusted):
        _, said, _ = place.landed(*there, "--pages", "1", trusted=trusted)
    assert said["counts"]["pages"]["same"] == 2
    assert len({target for target in server.targets if target in {"/a/", "/b/"}}) == 1


def test_another_site_than_the_run_judged_is_exit_2(place: Place) -> None:
    done = subprocess.run(
        [place.gonogo, "landed", "https://other.example"], cwd=place.folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "the run judged https://www.bakery.example, and not https://other.example" in done.stderr
