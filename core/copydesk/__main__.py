"""`python -m copydesk` is the command line."""

import sys

from copydesk.cli import main

if __name__ == "__main__":
    sys.exit(main())
