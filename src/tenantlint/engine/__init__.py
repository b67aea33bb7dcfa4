"""Rego engines: load modules, evaluate rules over an input, decode what they say."""
