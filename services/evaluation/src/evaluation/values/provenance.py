"""Where a value comes from, as W3C PROV-JSON: versions of it, who made them of what, and by which rule."""

from collections.abc import Mapping, Sequence
from typing import Final

Record = dict[str, dict[str, str]]
PREFIXES: Final = {"prov": "http://www.w3.org/ns/prov#", "pospolu": "urn:pospolu:"}


def provenance_of(
    obligation_id: str, acts: Sequence[Mapping[str, object]]
) -> dict[str, dict[str, str | dict[str, str]]]:
    """Return one entity and one activity for each act of the trail.

    Agents are offices and organisations. What a value was made of is used by its activity: files by their
    digests, values by obligation and version.
    """
    entities: Record = {}
    activities: Record = {}
    agents: Record = {}
    relations: dict[str, Record] = {
        name: {} for name in ("wasGeneratedBy", "wasAssociatedWith", "used", "wasRevisionOf")
    }
    before = ""
    for act in acts:
        version = f"pospolu:value/{obligation_id}/{act['version']}"
        activity, agent = f"{version}/{act['act']}", f"pospolu:agent/{act['actor_affiliation']}"
        entities[version] = _entity(act)
        activities[activity] = {"prov:endTime": str(act["at"]), "prov:type": f"pospolu:{act['act']}"}
        if act["reason"]:
            activities[activity]["pospolu:reason"] = str(act["reason"])
        agents[agent] = {"prov:type": "prov:Organization", "prov:label": str(act["actor_affiliation"])}
        _relate(relations["wasGeneratedBy"], {"prov:entity": version, "prov:activity": activity})
        _relate(relations["wasAssociatedWith"], {"prov:activity": activity, "prov:agent": agent})
        if before:
            _relate(relations["wasRevisionOf"], {"prov:generatedEntity": version, "prov:usedEntity": before})
        for used, told in _used(act):
            entities[used] = told
            _relate(relations["used"], {"prov:activity": activity, "prov:entity": used})
        before = version
    made: dict[str, Record] = {"entity": entities, "activity": activities, "agent": agents, **relations}
    document: dict[str, dict[str, str | dict[str, str]]] = {"prefix": dict(PREFIXES)}
    return document | {name: dict(records) for name, records in made.items()}


def _relate(relation: Record, told: dict[str, str]) -> None:
    relation[f"_:{len(relation) + 1}"] = told


def _entity(act: Mapping[str, object]) -> dict[str, str]:
    names = ("value", "wording", "measured_on", "source", "definition_code", "definition_edition")
    told = {f"pospolu:{name}": str(act[name]) for name in names if act[name] is not None}
    derivation = act["derivation"]
    if isinstance(derivation, dict):
        told |= {
            f"pospolu:derivation/{name}": str(derivation[name])
            for name in ("kind", "formula", "series")
            if name in derivation
        }
    return told


def _used(act: Mapping[str, object]) -> list[tuple[str, dict[str, str]]]:
    found = []
    for each in _listed(act["evidence"]):
        told = {"prov:label": str(each["file_name"]), "pospolu:digest": str(each["digest"])}
        found.append((f"pospolu:document/{each['document_id']}", told))
    derivation = act["derivation"]
    if isinstance(derivation, dict):
        for each in _listed(derivation.get("inputs")):
            told = {"pospolu:definition_code": str(each["code"]), "pospolu:value": str(each["value"])}
            found.append((f"pospolu:value/{each['obligation_id']}/{each['version']}", told))
        for each in _listed(derivation.get("figures")):
            told = {"pospolu:value": str(each["value"]), "pospolu:digest": str(each["digest"])}
            key = f"{derivation['series']}/{each['unit_id']}/{each['period']}/{each['vintage']}"
            found.append((f"pospolu:figure/{key}", told))
    return found


def _listed(value: object) -> list[dict[str, object]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
