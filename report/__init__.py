"""The report: one page that holds everything, works without a network and asks for nothing.

``page.write`` is what the command line calls. The page reads the published views only.
"""
