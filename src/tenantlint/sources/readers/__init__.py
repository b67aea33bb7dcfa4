"""One module or package a foreign format. Each offers READER, which the registry asks."""
