"""New files on their way into the originals: staged, looked at, put in their place by date, then indexed."""
