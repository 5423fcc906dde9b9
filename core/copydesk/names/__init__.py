"""Name outputs: safe on every system and in every tool, and never two inputs with one name."""

from copydesk.names.documents import dated, from_template
from copydesk.names.safe import mirror
from copydesk.names.settled import apart, folded, folders
from copydesk.names.slugs import slug

__all__ = ["apart", "dated", "folded", "folders", "from_template", "mirror", "slug"]
