"""Asking the network: who to ask about something, and which way leads to a company or a person.

``search`` answers ``notworking who``, ``ways`` answers ``notworking path``; the other modules hold
what both need: plain words, word lists, company names, quotes. Everything here reads the shared
tables and writes nothing.
"""
