"""The extractor measured against texts that a person has annotated."""
