"""What a check before a release finds: what looks personal, and what no machine could read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

from documents.extraction.domain import FileText, TextState
from documents.inspection.domain import Blob, ScanState, Trait
from documents.publications.refusals import DescribedSinceCheck, ScannedSinceCheck
from shared.personal_data import PersonalData, find, masked
from shared.procedure import Standing


class FindingKind(StrEnum):
    """What the check found: a form of personal data, or what no machine could read."""

    BIRTH_NUMBER = PersonalData.BIRTH_NUMBER.value
    BIRTH_DAY = PersonalData.BIRTH_DAY.value
    PHONE = PersonalData.PHONE.value
    EMAIL = PersonalData.EMAIL.value
    IBAN = PersonalData.IBAN.value
    ACCOUNT = PersonalData.ACCOUNT.value
    ADDRESS = PersonalData.ADDRESS.value
    DATA_BOX = PersonalData.DATA_BOX.value
    UNREADABLE = "unreadable"  # text se nepodařilo přečíst
    NOT_ALL_READ = "not-all-read"  # text je delší, než se čte
    NOT_SCANNED = "not-scanned"  # antivirová kontrola soubor nepřečetla


class Verdict(StrEnum):
    """What the releaser says to a finding; what must go is taken out in a new version."""

    FALSE_ALARM = "false-alarm"  # není to osobní údaj
    PUBLIC_CONTACT = "public-contact"  # kontakt úřadu nebo organizace
    CONSENTED = "consented"  # osoba souhlasila
    READ_BY_EYE = "read-by-eye"  # přečteno člověkem
    TRUSTED_SOURCE = "trusted-source"  # víme, odkud soubor je, a bereme jej na sebe


_AROUND: Final = 40
_LISTED: Final = 40
_NO_WORDS: Final[Mapping[str, str]] = {}
_Place: TypeAlias = tuple[FindingKind, int | None, str | None, str]
"""What was found, on which page, its label or the field, and the masked text around it."""
MOST_FINDINGS: Final = 2_000
"""A file with more is a list of persons; nobody settles it one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """`position` counts from 1; `page` is None for the file as a whole; the excerpt is masked."""

    position: int
    kind: FindingKind
    page: int | None
    page_label: str | None
    excerpt: str
    verdict: Verdict | None = None


def findings_in(
    text: FileText, *, words: Mapping[str, str] = _NO_WORDS, blobs: Sequence[Blob] = ()
) -> tuple[Finding, ...]:
    """Return what looks personal, in `words` by field and in the text by place, and what was not read."""
    found: list[_Place] = [*_unscanned(blobs), *_in_words(words)]
    for page in text.pages:
        finds = find(page.text)
        shown = masked(page.text, finds)
        place = page.number if text.has_pages else None
        found += [
            (FindingKind(each.kind.value), place, page.label, _excerpt(shown, each.start, each.end))
            for each in finds
        ]
    found += _unread(text, has_attachments=any(Trait.EMBEDDED_FILES in blob.traits for blob in blobs))
    if text.is_cut or len(found) > MOST_FINDINGS:
        found = [*found[: MOST_FINDINGS - 1], (FindingKind.NOT_ALL_READ, None, None, "")]
    return tuple(
        Finding(position=place, kind=kind, page=page, page_label=label, excerpt=excerpt)
        for place, (kind, page, label, excerpt) in enumerate(found, start=1)
    )


def _in_words(words: Mapping[str, str]) -> Iterator[_Place]:
    for field, said in words.items():
        finds = find(said)
        shown = masked(said, finds)
        for each in finds:
            yield FindingKind(each.kind.value), None, field, _excerpt(shown, each.start, each.end)


def _unread(text: FileText, *, has_attachments: bool) -> Iterator[_Place]:
    if text.state is not TextState.EXTRACTED:
        yield FindingKind.UNREADABLE, None, None, text.state.value
    elif text.has_pages and text.page_count > len(text.pages):
        blank = sorted(set(range(1, text.page_count + 1)) - {page.number for page in text.pages})
        shown = ", ".join(map(str, blank[:_LISTED])) + (" …" if len(blank) > _LISTED else "")
        yield FindingKind.UNREADABLE, blank[0], None, shown
    if has_attachments:
        yield FindingKind.NOT_ALL_READ, None, None, Trait.EMBEDDED_FILES.value


def expect_as_checked(findings: Sequence[Finding], words: Mapping[str, str], standing: Standing) -> None:
    """Raise `DescribedSinceCheck` where the words have something that the check did not show."""
    seen = {(each.kind, each.page_label, each.excerpt) for each in findings}
    for kind, _, field, excerpt in _in_words(words):
        if (kind, field, excerpt) not in seen:
            raise DescribedSinceCheck(standing, field=field)


def expect_scan_as_checked(findings: Sequence[Finding], blobs: Sequence[Blob], standing: Standing) -> None:
    """Raise `ScannedSinceCheck` where the scanner could not read a file, and the check did not say so."""
    if any(_unscanned(blobs)) and all(each.kind is not FindingKind.NOT_SCANNED for each in findings):
        raise ScannedSinceCheck(standing)


def _unscanned(blobs: Sequence[Blob]) -> Iterator[_Place]:
    if any(blob.scan is ScanState.NOT_SCANNABLE for blob in blobs):
        yield FindingKind.NOT_SCANNED, None, None, ScanState.NOT_SCANNABLE.value


def _excerpt(shown: str, start: int, end: int) -> str:
    around = shown[max(0, start - _AROUND) : end + _AROUND]
    return " ".join(around.replace("\0", " ").split())
