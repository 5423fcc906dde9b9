"""Name outputs: safe on every system and in every tool, and never two inputs with one name."""

from copydesk.names.documents import dated, from_template
from copydesk.names.safe import mirror
from copydesk.names.settled import settle
from copydesk.names.slugs import slug

__all__ = ["dated", "from_template", "mirror", "settle", "slug"]
