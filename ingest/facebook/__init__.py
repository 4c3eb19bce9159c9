"""Facebook's and Messenger's exports: one module per kind of file."""
