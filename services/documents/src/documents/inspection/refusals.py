"""Why bytes are not taken."""

from shared.errors import Invalid


class FileEmpty(Invalid):
    cs = "Soubor je prázdný (0 bajtů)."
    en = "The file is empty (0 bytes)."


class FileEncrypted(Invalid):
    cs = (
        "Soubor je chráněn heslem. Uložte jej bez hesla: jinak jej nelze zkontrolovat, prohledat ani uchovat."
    )
    en = "The file is protected by a password. Save it without: else it cannot be checked, searched or kept."


class FileIsTwoThings(Invalid):
    cs = "Soubor je zároveň {found} i {other}; takový nepřijímáme."
    en = "The file is both {found} and {other}; we do not take such a one."


class ArchiveTooLarge(Invalid):
    cs = "Obsah archivu je po rozbalení příliš velký ({limit})."
    en = "What the archive holds is too large when unpacked ({limit})."


class ArchiveUnsafe(Invalid):
    cs = "Archiv obsahuje položku „{member}“, která míří mimo svou složku, je programem nebo dalším archivem."
    en = "The archive has a member “{member}” that leads outside its folder, is a program or another archive."


class ArchiveNotReadable(Invalid):
    cs = "Archiv nebo dokument kancelářského programu nelze přečíst ({reason})."
    en = "The archive or office document cannot be read ({reason})."


class FileTooHard(Invalid):
    cs = "Kontrola souboru trvala příliš dlouho nebo potřebovala příliš paměti."
    en = "Checking the file took too long or too much memory."
