"""Reporters: one report document in, one text out. They lay out; they compute nothing."""

from tenantlint.report.interface import RenderOptions, Reporter, formats, render

__all__ = ["RenderOptions", "Reporter", "formats", "render"]
