"""The settled consultation for everybody: checked for personal data, released in two steps, frozen."""
