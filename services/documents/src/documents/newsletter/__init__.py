"""Issues of the newsletter: written by one, approved by another, sent once to each, kept for everybody."""
