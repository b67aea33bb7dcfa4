"""One module a job of the user; each composes the layers below and returns one report document."""
