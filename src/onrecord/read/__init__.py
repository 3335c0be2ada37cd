"""Bytes to articles: formats, encodings, main text, the wire's header, dates. Start at `articles.py`."""
