"""Files and versions, rendering, publication, search, newsletter."""
