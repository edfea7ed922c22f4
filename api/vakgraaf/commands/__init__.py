"""The commands, one module a group; `vakgraaf.__main__` lists them."""
