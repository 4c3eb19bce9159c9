"""Run the command line with ``python -m notworking``."""

from notworking.cli import main

raise SystemExit(main())
