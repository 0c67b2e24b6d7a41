"""What an issue looks like in a letter and in the archive; nothing in it tells who opened it."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from documents.newsletter.domain import Issue, IssueSection, Item, Linked
from documents.publications.citation import address_of
from documents.subscribers.domain import NewsLanguage
from documents.subscribers.letters import PREFIX
from shared.days import day_of, day_text
from shared.mail_letter import Footer, Line, Section, letter, page
from shared.mail_message import Letter

_WITHDRAWN: Final = {
    NewsLanguage.CS: "{} (dokument byl stažen)",
    NewsLanguage.EN: "{} (the document was withdrawn)",
}
_REASON: Final = {
    NewsLanguage.CS: "Zpravodaj dostáváte, protože jste odběr potvrdili. Otevírání dopisů nesledujeme.",
    NewsLanguage.EN: "You get the newsletter because you confirmed it. We do not watch who opens it.",
}
_ARCHIVED: Final = {
    NewsLanguage.CS: "Zpravodaj Agentury pro sociální začleňování, archiv.",
    NewsLanguage.EN: "Newsletter of the Agency for Social Inclusion, archive.",
}
_ALL_ISSUES: Final = {NewsLanguage.CS: "Všechna čísla", NewsLanguage.EN: "All issues"}
_DATED: Final = {NewsLanguage.CS: "Číslo {number}, {day}", NewsLanguage.EN: "Issue {number}, {day}"}
_IN_BROWSER: Final = {NewsLanguage.CS: "Zobrazit v prohlížeči", NewsLanguage.EN: "Show in a browser"}
_LEAVE: Final = {NewsLanguage.CS: "Odhlásit odběr", NewsLanguage.EN: "Unsubscribe"}


def archive_url(public_url: str, number: int) -> str:
    return f"{public_url.rstrip('/')}{PREFIX}/archive/{number}"


def letter_of(
    issue: Issue, documents: Mapping[UUID, Linked], *, public_url: str, unsubscribe_url: str
) -> Letter:
    """Return the issue as one subscriber gets it."""
    language = issue.content.language
    archived = (
        (Line(text=_IN_BROWSER[language], address=archive_url(public_url, issue.number)),)
        if issue.number
        else ()
    )
    leave = Line(text=_LEAVE[language], address=unsubscribe_url)
    content = issue.content
    return letter(
        content.title,
        _paragraphs(content.opening),
        [_section(each, documents, language, public_url) for each in content.sections],
        language=language.value,
        footer=Footer(reason=_REASON[language], links=(*archived, leave)),
    )


def archived_page(issue: Issue, documents: Mapping[UUID, Linked], *, public_url: str) -> str:
    """Return the issue as everybody reads it, with what became of its documents since."""
    content, language = issue.content, issue.content.language
    archive = Line(text=_ALL_ISSUES[language], address=f"{public_url.rstrip('/')}{PREFIX}/archive")
    return page(
        content.title,
        _paragraphs(content.opening),
        [_section(each, documents, language, public_url) for each in content.sections],
        language=language.value,
        footer=Footer(reason=_ARCHIVED[language], links=(archive,)),
        note=_dated(issue),
    )


def _dated(issue: Issue) -> str:
    if issue.started_at is None:
        return ""
    day = day_text(day_of(issue.started_at), issue.content.language.value)
    return _DATED[issue.content.language].format(number=issue.number, day=day)


def _section(
    section: IssueSection, documents: Mapping[UUID, Linked], language: NewsLanguage, public_url: str
) -> Section:
    return Section(
        heading=section.heading,
        paragraphs=_paragraphs(section.text),
        lines=tuple(_line(item, documents, language, public_url) for item in section.items),
    )


def _line(item: Item, documents: Mapping[UUID, Linked], language: NewsLanguage, public_url: str) -> Line:
    if item.document_id is None:
        return Line(text=item.text, address=item.address, note=item.note)
    known = documents.get(item.document_id)
    text = item.text or (known.title if known else "")
    if known is None or not known.is_public:
        text = _WITHDRAWN[language].format(text).strip()
    return Line(text=text, address=address_of(public_url, item.document_id), note=item.note)


def _paragraphs(text: str) -> tuple[str, ...]:
    lines = "\n".join(line.strip() for line in text.splitlines())
    return tuple(part.strip() for part in lines.split("\n\n") if part.strip())
