"""Contacts to people: normalize, block, compare, cluster. Frames in, frames out."""

from notworking.resolve.engine import Resolution, resolve
from notworking.resolve.evidence import explain, waterfall

__all__ = ["Resolution", "explain", "resolve", "waterfall"]
