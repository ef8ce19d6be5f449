"""Gongkai (公开): a district's work under the Regulation on Open Government Information."""

__version__ = "0.1.0"
