"""Tenures before and after into what is told, doubted or taken back. Pure."""
