"""Photos of several files: which belong together, how they become one and several again, which file is shown."""
