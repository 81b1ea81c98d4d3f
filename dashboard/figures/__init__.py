"""Figures as pure functions of a frame; they return plain dictionaries."""
