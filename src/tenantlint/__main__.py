"""`python -m tenantlint`."""

from tenantlint.cli.main import run

if __name__ == "__main__":
    run()
