"""Exact analysis of Conditional Access: who can sign in how without which control."""
