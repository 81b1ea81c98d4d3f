"""Benchmarks: speed as a ratio to the least that the same job could cost, in the same run."""
