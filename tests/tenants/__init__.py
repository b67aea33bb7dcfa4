"""Example tenants, made from code: every name is invented, every byte is the same on every run.

`python -m tests.tenants` writes snapshots/; `--check` tells whether the committed files are what it would write.
`big` makes a synthetic tenant of any size for the bench.
"""
