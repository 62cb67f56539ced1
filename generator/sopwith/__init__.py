"""Sopwith: standard operating procedures as code, read, followed and kept true."""

__version__ = "0.1.0"
