"""Microsoft Graph: the routes that the collector uses, v1.0 and beta."""
