"""Files on their way in and out, and the store in which they lie."""
