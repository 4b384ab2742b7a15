"""A preview that is a URL: asked once for each address, written down, and then served to the browser as a folder is."""
