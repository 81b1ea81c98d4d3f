"""Parts of pages, one per file; each is a function of rows and words."""
