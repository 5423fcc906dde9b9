"""The ledger of a folder of documents: which input each is of, what it was made with, and what this run has to do."""

from copydesk.ledger.store import Ledger, LedgerError

__all__ = ["Ledger", "LedgerError"]
