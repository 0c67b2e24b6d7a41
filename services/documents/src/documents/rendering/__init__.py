"""The PDF of an approved plan, made of the snapshot that planning froze."""
