"""Contacts to people: normalize, block, compare, cluster. Frames in, frames out."""
