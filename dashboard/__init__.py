"""Shows the current release; makes no numbers of its own. ``dashboard/app.py`` is the map."""
