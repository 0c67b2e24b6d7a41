"""Why the embedded run cannot go on."""


class CannotRun(Exception):  # noqa: N818 - errors are named by the fact that stopped us
    """One clear sentence for the person at the terminal; nothing was lost."""
