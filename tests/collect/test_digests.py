"""Digests of many files in one piece: sorted, each found again, two pieces put together."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from checks.collect.digests import DIGEST, Digests, is_among, united

SOME = st.sets(st.binary(min_size=DIGEST, max_size=DIGEST))


def piece(digests: set[bytes]) -> bytes:
    return b"".join(sorted(digests))


@given(SOME)
def test_digests_are_given_in_order_however_they_came(some: set[bytes]) -> None:
    digests = Digests()
    for digest in some:
        digests.add(digest)
    assert digests.in_order() == piece(some)


@given(SOME, st.binary(min_size=DIGEST, max_size=DIGEST))
def test_a_piece_holds_its_digests_and_no_other(some: set[bytes], other: bytes) -> None:
    assert all(is_among(digest, piece(some)) for digest in some)
    assert is_among(other, piece(some)) == (other in some)


@given(SOME, SOME, SOME)
def test_two_pieces_together_hold_each_digest_once(one: set[bytes], other: set[bytes], both: set[bytes]) -> None:
    assert united(piece(one | both), piece(other | both)) == piece(one | other | both)
