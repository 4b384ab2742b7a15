"""An SSH signature is one block as ssh-keygen writes it, and nothing in it that is not signed."""

from __future__ import annotations

import base64
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.signoff import armour
from checks.signoff.armour import ArmourError
from checks.signoff.signers import NAMESPACE
from tests.signoff.signing import Keys

DATA = b"a statement\n"
KINDS = [("ed25519", ""), ("rsa", "2048"), ("rsa", "3072"), ("ecdsa", "256"), ("ecdsa", "384"), ("ecdsa", "521")]


def signed(keys: Keys, kind: str = "ed25519", bits: str = "", namespace: str = NAMESPACE) -> bytes:
    return keys.sign(DATA, str(keys.private("ana", kind, bits)), namespace)


def blob_of(armoured: bytes) -> bytes:
    return base64.b64decode(b"".join(armoured.split(b"\n")[1:-2]))


@pytest.mark.parametrize(("kind", "bits"), KINDS)
def test_what_ssh_keygen_writes_is_read(keys: Keys, kind: str, bits: str) -> None:
    public = keys.private("ana", kind, bits).with_suffix(".pub")
    said = subprocess.run(["ssh-keygen", "-lf", str(public)], capture_output=True, text=True, check=True).stdout
    read = armour.read(signed(keys, kind, bits))
    assert (read.namespace, read.hash_algorithm, read.certificate) == (NAMESPACE, "sha512", None)
    assert read.key.fingerprint == said.split()[1]
    assert read.key.line == " ".join(public.read_text().split()[:2])


@pytest.mark.parametrize("length", range(1, 110, 4))
def test_a_block_of_any_length_is_encoded_as_ssh_keygen_does(keys: Keys, length: int) -> None:
    armoured = signed(keys, namespace="n" * length)
    assert armour.encoded(blob_of(armoured)) == armoured
    assert armour.read(armoured).namespace == "n" * length


def test_a_certificate_says_who_vouches_for_whom(keys: Keys, tmp_path: Path) -> None:
    for kind, bits in KINDS:
        key, authority = keys.private("ana", kind, bits), keys.private("authority")
        copy = tmp_path / f"{kind}{bits}"
        copy.write_bytes(key.read_bytes())
        copy.chmod(0o600)
        copy.with_suffix(".pub").write_bytes(key.with_suffix(".pub").read_bytes())
        command = ["ssh-keygen", "-q", "-s", str(authority), "-I", "ana", "-n", "ana,eve", "-V", "20261101Z:20261201Z"]
        subprocess.run([*command, str(copy.with_suffix(".pub"))], check=True)
        read = armour.read(keys.sign(DATA, f"{copy}-cert.pub"))
        assert read.certificate is not None
        assert read.certificate.principals == ("ana", "eve")
        assert read.certificate.authority.line == " ".join(keys.public("authority").split()[:2])
        assert read.certificate.valid_before - read.certificate.valid_after == 30 * 86400
        assert read.key.line == " ".join(keys.public("ana", kind, bits).split()[:2])


@pytest.mark.parametrize(
    "change",
    [
        lambda good: good + b"\n",
        lambda good: good + b"trailing\n",
        lambda good: good + good,
        lambda good: b"\n" + good,
        lambda good: good[:-1],
        lambda good: good.replace(b"\n", b"\r\n"),
        lambda good: good.replace(b"\n", b" \n", 2),
        lambda good: good.replace(b"\nU1", b"\nU\n1"),
        lambda good: good.replace(b"BEGIN", b"begin"),
        blob_of,
        lambda _: b"",
        lambda _: armour.HEADER + b"\n" + armour.FOOTER + b"\n",
        lambda _: b"A" * 100_000,
    ],
    ids=range(13),
)
def test_anything_else_around_the_block_is_refused(keys: Keys, change: object) -> None:
    assert callable(change)
    with pytest.raises(ArmourError):
        armour.read(change(signed(keys)))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b"SSHSIG\0\0\0\1", b"SSHSIG\0\0\0\2", "version 1"),
        (b"gonogo\0\0\0\0", b"gonogo\0\0\0\1x", "reserved field"),
        (b"\0\0\0\6sha512", b"\0\0\0\4sha1", "hash algorithm"),
        (b"\0\0\0\x33\0\0\0\x0bssh-ed25519", b"\0\0\0\x33\0\0\0\x0bssh-ed25518", "no type of key"),
        (b"sign-off@", b"sign-off\xff", "not ASCII"),
    ],
)
def test_a_field_that_ssh_keygen_passes_over_or_that_is_not_ours_is_refused(
    keys: Keys, old: bytes, new: bytes, said: str
) -> None:
    blob = blob_of(signed(keys))
    assert old in blob
    with pytest.raises(ArmourError, match=said):
        armour.read(armour.encoded(blob.replace(old, new)))


def test_a_block_of_any_size_is_not_even_decoded() -> None:
    with pytest.raises(ArmourError, match="at most 16,384 are read"):
        armour.read(armour.encoded(b"SSHSIG" + bytes(20_000)))


def test_what_follows_the_signature_inside_the_block_is_refused(keys: Keys) -> None:
    with pytest.raises(ArmourError, match="something follows"):
        armour.read(armour.encoded(blob_of(signed(keys)) + b"x"))


@given(st.binary(max_size=300))
def test_bytes_of_chance_are_refused_and_nothing_crashes(data: bytes) -> None:
    for armoured in (data, armour.encoded(data), armour.encoded(b"SSHSIG\0\0\0\1" + data)):
        with pytest.raises(ArmourError):
            armour.read(armoured)
