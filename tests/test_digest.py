from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from copydesk import digest


@given(st.binary(max_size=300))
def test_every_function_gives_the_same_digest(data: bytes) -> None:
    """Python's own function and that of OpenSSL agree, before and after the change from one to the other."""
    expected = hashlib.sha256(data).hexdigest()

    assert {digest.hex_digest(data) for _ in range(2 * digest.FEW)} == {expected}


def test_the_built_in_function_is_found() -> None:
    """The Python that runs this has a function of its own, so that a small run is fast."""
    assert digest._built_in() is not None
