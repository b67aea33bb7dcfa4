"""How long tenantlint takes and how much memory: whole processes, measured from outside.

`python -m tests.bench` prints a table against the figures that the project promises; `--install` adds the size of
an installation. The exit code is 1 when a figure is missed.
"""
