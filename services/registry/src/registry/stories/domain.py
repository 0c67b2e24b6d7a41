"""Why there is no story to tell."""

from shared.errors import NotFound


class StoryUnknown(NotFound):
    cs = "Příběh takového celku nemáme, nebo není pro vás."
    en = "There is no story of such a unit, or it is not for you."
