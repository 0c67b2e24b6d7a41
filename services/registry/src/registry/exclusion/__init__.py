"""The Index of social exclusion: its methods as data, computed for all municipalities of a year."""
