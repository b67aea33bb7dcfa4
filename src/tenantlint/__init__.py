"""tenantlint: a policy-as-code linter for Microsoft 365 tenants."""

__version__ = "0.1.0"
