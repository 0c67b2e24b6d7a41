"""Who wants the newsletter: asked twice, with a record of consent, gone with one click."""
