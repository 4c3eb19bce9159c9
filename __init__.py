"""notworking: tell real ties from card collections, from your own contact exports."""

__version__ = "0.1.0"
