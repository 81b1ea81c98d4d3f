"""The pages: each a function of the release, the view and the words that returns components."""
