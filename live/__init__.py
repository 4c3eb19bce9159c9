"""Living with it: news, the week, files for the phone and for other programs, watching a folder."""
