"""The source Voice of Korea, a radio station, as KCNA Watch has it: neither dateline nor end mark."""

from __future__ import annotations

from collections.abc import Iterable

from copydesk.plugin import Source, hookimpl

VOICE_OF_KOREA = Source("voice-of-korea", "Voice of Korea", labels=("Voice of Korea",), schema="voice-of-korea")


@hookimpl
def copydesk_sources() -> Iterable[Source]:
    """Return the source."""
    return (VOICE_OF_KOREA,)
