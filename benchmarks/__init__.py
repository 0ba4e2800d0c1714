"""Figures of speed and size, each beside what a user would pick instead, in one run."""
