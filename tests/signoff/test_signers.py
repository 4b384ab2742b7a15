"""Keys that may sign and keys that no longer may: every line is understood, or the run stops."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.errors import UserError
from checks.signoff.signers import NAMESPACE, parse_revoked, parse_signers

OURS = f'namespaces="{NAMESPACE}"'
MakeKey = Callable[..., str]


@pytest.fixture(scope="session")
def key(tmp_path_factory: pytest.TempPathFactory) -> MakeKey:
    """Return a function: the line of a public key made by ssh-keygen, the same one for the same name."""
    folder = tmp_path_factory.mktemp("keys")

    def made(name: str = "ana", kind: str = "ed25519", bits: str = "") -> str:
        file = folder / f"{name}-{kind}-{bits}.pub"
        if not file.exists():
            size = ["-b", bits] if bits else []
            command = ["ssh-keygen", "-q", "-t", kind, *size, "-N", "", "-C", f"{name} at work", "-f"]
            subprocess.run([*command, str(file.with_suffix(""))], check=True, capture_output=True)
        return file.read_text().strip()

    return made


def complaint(text: str | bytes) -> str:
    with pytest.raises(UserError) as caught:
        parse_signers(text.encode() if isinstance(text, str) else text, "allowed_signers")
    return f"{caught.value.where}: {caught.value.what}"


@pytest.mark.parametrize(
    ("kind", "bits"),
    [("ed25519", ""), ("rsa", "2048"), ("ecdsa", "256"), ("ecdsa", "384"), ("ecdsa", "521")],
)
def test_fingerprints_are_those_that_ssh_keygen_prints(key: MakeKey, tmp_path: Path, kind: str, bits: str) -> None:
    line = key("ana", kind, bits)
    file = tmp_path / "key.pub"
    file.write_text(line + "\n")
    said = subprocess.run(["ssh-keygen", "-lf", str(file)], capture_output=True, text=True, check=True).stdout
    (signer,) = parse_signers(f"ana {OURS} {line}\n".encode(), "allowed_signers")
    (revoked,) = parse_revoked(f"{line}\n".encode(), "revoked_keys")
    assert signer.key.fingerprint == revoked.fingerprint == said.split()[1]
    assert signer.key.type == line.split()[0]


def test_a_line_says_who_signs_and_from_when_until_when(key: MakeKey) -> None:
    text = f'# keys\n\nana@example.com {OURS},valid-after="20260101Z",valid-before="202612312359Z" {key()}\n'
    (signer,) = parse_signers(text.encode(), "allowed_signers")
    assert (signer.principal, signer.cert_authority, signer.where) == ("ana@example.com", False, "allowed_signers:3")
    assert signer.valid_after == datetime(2026, 1, 1, tzinfo=UTC)
    assert signer.valid_before == datetime(2026, 12, 31, 23, 59, tzinfo=UTC)


def test_what_is_read_here_verifies_with_ssh_keygen(tmp_path: Path) -> None:
    private = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(private)], check=True)
    line = private.with_suffix(".pub").read_text().strip()
    text = f'ana {OURS},valid-after="20200101000000Z",valid-before="20991231Z"\t{line}\n'
    assert parse_signers(text.encode(), "allowed_signers")
    (tmp_path / "signers").write_text(text)
    (tmp_path / "message").write_text("a sign-off\n")
    sign = ["ssh-keygen", "-q", "-Y", "sign", "-n", NAMESPACE, "-f", str(private), str(tmp_path / "message")]
    subprocess.run(sign, check=True, capture_output=True)
    verify = ["ssh-keygen", "-Y", "verify", "-n", NAMESPACE, "-I", "ana", "-f", str(tmp_path / "signers")]
    signature = ["-s", str(tmp_path / "message.sig")]
    done = subprocess.run([*verify, *signature], input=b"a sign-off\n", capture_output=True, check=False)
    assert done.returncode == 0


def test_a_person_may_have_several_keys(key: MakeKey) -> None:
    text = f"ana {OURS} {key('ana')}\nana {OURS} {key('laptop')}\n"
    assert len(parse_signers(text.encode(), "allowed_signers")) == 2


def test_an_authority_may_vouch_for_several_people(key: MakeKey) -> None:
    text = f"ana,ben cert-authority,{OURS} {key('authority')}\n"
    signers = parse_signers(text.encode(), "allowed_signers")
    assert [(one.principal, one.cert_authority) for one in signers] == [("ana", True), ("ben", True)]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{0} {1}", "no namespaces are named"),
        ("ana {1}", "no namespaces are named"),
        ('ana namespaces="*" {1}', 'namespaces is "*"'),
        ('ana namespaces="git,sign-off@gonogo" {1}', "namespaces is "),
        ('ana namespaces="sign-off@gonogo " {1}', "namespaces is "),
        ("* {0} {1}", "`*` can't be a principal"),
        ("*@example.com {0} {1}", "`*@example.com` can't be a principal"),
        ("an? {0} {1}", "`an?` can't be a principal"),
        ("!ana {0} {1}", "`!ana` can't be a principal"),
        ('"ana" {0} {1}', "can't be a principal"),
        ("ana, {0} {1}", "`` can't be a principal"),
        ('ana {0},valid-before="20261231" {1}', "`valid-before` can't be"),
        ('ana {0},valid-after="2026123Z" {1}', "`valid-after` can't be"),
        ('ana {0},valid-before="20261331Z" {1}', "`valid-before` can't be"),
        ('ana {0},valid-before="20261231+0100" {1}', "`valid-before` can't be"),
        ('ana {0},valid-after="20270101Z",valid-before="20260101Z" {1}', "is not after"),
        ('ana {0},valid-before="20260101Z",valid-before="20990101Z" {1}', "stands there twice"),
        ('ana {0},valid_before="20260101Z" {1}', "can't be read here"),
        ("ana {0},no-touch-required {1}", "can't be read here"),
        ("ana {0}, {1}", "can't be read here"),
        ("ana {0},valid-before=20261231Z {1}", "can't be read here"),
        ('ana {0},cert-authority="yes" {1}', "can't be read here"),
        ("ana {0}", "no type of key"),
        ("ana", "no namespaces are named"),
        ("ana {0} ssh-ed25519", "no public key of the type"),
        ("ana {0} ssh-ed25519 AAAA", "no public key of the type"),
        ("ana {0} ssh-ed25519 !!!!", "no public key of the type"),
        ("ana {0} ssh-dss AAAAB3NzaC1kc3MAAACB", "no type of key"),
        ('ana {0} {1} a "comment', "no partner"),
    ],
)
def test_a_line_that_ssh_keygen_would_pass_over_or_take_too_widely_is_refused(
    key: MakeKey, line: str, said: str
) -> None:
    told = complaint(f"# keys\n{line.format(OURS, key())}\n")
    assert told.startswith("allowed_signers:2: ")
    assert said in told


def test_a_key_must_be_of_the_type_that_its_line_says(key: MakeKey) -> None:
    blob = key("ana", "ecdsa", "256").split()[1]
    assert "no public key of the type ssh-ed25519" in complaint(f"ana {OURS} ssh-ed25519 {blob}\n")


def test_short_rsa_keys_are_refused(key: MakeKey) -> None:
    assert "less than 2048 bits" in complaint(f"ana {OURS} {key('ana', 'rsa', '1024')}\n")


def test_one_key_for_two_principals_is_refused(key: MakeKey) -> None:
    for text in (f"ana,ben {OURS} {key()}\n", f"ana {OURS} {key()}\nben {OURS} {key()} another comment\n"):
        assert "for `ana` as well" in complaint(text)


def test_a_key_that_stands_there_twice_is_refused(key: MakeKey) -> None:
    text = f'ana {OURS},valid-before="20260101Z" {key()}\nana {OURS} {key()}\n'
    assert "stands there twice" in complaint(text)


def test_a_key_cannot_be_both_an_authority_and_a_signer(key: MakeKey) -> None:
    assert "for `ana` as well" in complaint(f"ana cert-authority,{OURS} {key()}\nben {OURS} {key()}\n")


@pytest.mark.parametrize("mark", ["\r", "\x00", "\u200b", "\ufeff", "\x1b"])
def test_a_character_that_nobody_sees_is_refused(key: MakeKey, mark: str) -> None:
    assert "can't be seen" in complaint(f"ana {OURS} {key()}{mark}\n")


def test_a_file_that_is_not_utf_8_or_too_large_is_refused() -> None:
    assert "not UTF-8" in complaint(b"\xff\n")
    assert "at most" in complaint(b"#" * 300_000)


def test_revoked_keys_are_public_keys_one_a_line(key: MakeKey) -> None:
    found = parse_revoked(f"# who left\n\n{key('ana')}\n{key('ben')}\n".encode(), "revoked_keys")
    assert len({one.fingerprint for one in found}) == 2
    assert parse_revoked(b"", "revoked_keys") == ()


@pytest.mark.parametrize("text", ["SHA256:abc\n", "ana ssh-ed25519 AAAA\n", "ssh-ed25519 AAAA\n", "serial: 1\n"])
def test_what_is_no_public_key_is_no_revoked_key(text: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_revoked(text.encode(), "revoked_keys")
    assert caught.value.where == "revoked_keys:1"


def test_a_binary_list_of_revoked_keys_is_refused(key: MakeKey, tmp_path: Path) -> None:
    (tmp_path / "key.pub").write_text(key())
    krl = tmp_path / "krl"
    subprocess.run(["ssh-keygen", "-q", "-k", "-f", str(krl), str(tmp_path / "key.pub")], check=True)
    with pytest.raises(UserError, match="binary list"):
        parse_revoked(krl.read_bytes(), "revoked_keys")


def outcome(read: Callable[[bytes, str], tuple[object, ...]], data: bytes) -> str:
    try:
        return "keys" if read(data, "file") else "nothing"
    except UserError:
        return "refused"


@given(st.one_of(st.binary(), st.text('ana, \t"=\n#*Z:@-namespcvlid8sgoruth/+ABC').map(str.encode)))
def test_a_line_that_says_something_is_never_passed_over(data: bytes) -> None:
    says_nothing = all(line.lstrip().startswith(b"#") for line in data.split(b"\n") if line.strip())
    for read in (parse_signers, parse_revoked):
        assert outcome(read, data) in {"refused", "nothing" if says_nothing else "keys"}
