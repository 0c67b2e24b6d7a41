"""Records of datasets and catalogues as the national catalogue reads them (OFN, DCAT-AP-CZ)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

Json = dict[str, object]
CONTEXT: Final = (
    "https://ofn.gov.cz/rozhraní-katalogů-otevřených-dat/2021-01-11/kontexty/"
    "rozhraní-katalogů-otevřených-dat.jsonld"
)
_EU: Final = "http://publications.europa.eu/resource/authority"
_IANA: Final = "http://www.iana.org/assignments/media-types"
_CONDITIONS: Final = "https://data.gov.cz/podmínky-užití"
_VOCABULARY: Final = "https://data.gov.cz/slovník/podmínky-užití"
_BY: Final = "https://creativecommons.org/licenses/by/4.0/"
_ZERO: Final = "https://creativecommons.org/publicdomain/zero/1.0/"
_AUTHORITY: Final = "https://rpp-opendata.egon.gov.cz/odrpp/zdroj/orgán-veřejné-moci"


_CATALOGUES: Final = ("registry", "documents")
"""Services that have a catalogue of their own; each names the others."""
_PART: Final = "http://www.w3.org/ns/dcat#catalog"
_SEE_ALSO: Final = "http://www.w3.org/2000/01/rdf-schema#seeAlso"


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """Whose data these are: a public authority by its company number."""

    ico: str
    cs: str
    en: str

    @property
    def iri(self) -> str:
        return f"{_AUTHORITY}/{self.ico}"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is said of a dataset; themes and frequency are codes of the EU's vocabularies."""

    title: Json
    description: Json
    themes: Sequence[str]
    frequency: str
    keywords: Sequence[str]
    documentation: str
    specification: str


def catalogue(
    address: str, *, publisher: Publisher, homepage: str, about: Json, datasets: Sequence[str]
) -> Json:
    """Return a local catalogue; `about` has `název` and `popis`, `datasets` are the IRIs of records.

    Where it stands under `…/<service>/`, it names the catalogues of the services beside it: the first of
    them holds the others as parts (DCAT 2), the others see it.
    """
    return {
        "@context": CONTEXT,
        "iri": address,
        "typ": "Katalog",
        **about,
        "poskytovatel": publisher.iri,
        "kontaktní_bod": _contact(publisher),
        "domovská_stránka": homepage,
        "datová_sada": list(datasets),
        **_links(address),
    }


def _links(address: str) -> Json:
    base, _, name = address.rpartition("/")
    before, _, service = base.rpartition("/")
    if service not in _CATALOGUES or not before.endswith("/api"):
        return {}
    others = [{"@id": f"{before}/{other}/{name}"} for other in _CATALOGUES if other != service]
    return {_PART if service == _CATALOGUES[0] else _SEE_ALSO: others}


def record(
    address: str, *, publisher: Publisher, about: About, time: Json, distributions: Sequence[Json]
) -> Json:
    """Return the record of a dataset; `time` is what is told of its coverage and resolution."""
    return {
        "@context": CONTEXT,
        "iri": address,
        "typ": "Datová sada",
        "název": about.title,
        "popis": about.description,
        "poskytovatel": publisher.iri,
        "téma": [f"{_EU}/data-theme/{theme}" for theme in about.themes],
        "periodicita_aktualizace": f"{_EU}/frequency/{about.frequency}",
        "klíčové_slovo": {"cs": list(about.keywords)},
        "geografické_území": [f"{_EU}/country/CZE"],
        "prvek_rúian": ["https://linked.cuzk.cz/resource/ruian/stat/1"],
        **time,
        "kontaktní_bod": _contact(publisher),
        "dokumentace": about.documentation,
        "specifikace": [about.specification],
        "distribuce": list(distributions),
    }


def distribution(
    address: str, *, file: str, title: Json, media_type: str, file_type: str, terms: Json
) -> Json:
    """Return a form in which a dataset can be had; `file_type` is a code of the EU's vocabulary."""
    return {
        "iri": address,
        "typ": "Distribuce",
        "název": title,
        "podmínky_užití": terms,
        "soubor_ke_stažení": file,
        "přístupové_url": file,
        "typ_média": f"{_IANA}/{media_type}",
        "formát": f"{_EU}/file-type/{file_type}",
    }


def terms_of_use(author: str | None) -> Json:
    """Return the terms: free of any rights, or with the author of the database to be named."""
    told: Json = {
        "typ": "Specifikace podmínek užití",
        "autorské_dílo": f"{_CONDITIONS}/neobsahuje-autorská-díla/",
    }
    if author is None:
        told["databáze_jako_autorské_dílo"] = f"{_CONDITIONS}/není-autorskoprávně-chráněnou-databází/"
    else:
        told["databáze_jako_autorské_dílo"] = _BY
        told[f"{_VOCABULARY}/autor-databáze"] = {"@value": author, "@language": "cs"}
    told["databáze_chráněná_zvláštními_právy"] = _ZERO
    told["osobní_údaje"] = f"{_CONDITIONS}/neobsahuje-osobní-údaje/"
    return told


def in_both(cs: str, en: str) -> Json:
    return {"cs": cs, "en": en}


def _contact(publisher: Publisher) -> Json:
    return {"typ": "Organizace", "jméno": in_both(publisher.cs, publisher.en)}
