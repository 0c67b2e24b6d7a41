"""The hierarchy as XML: an element for each node, an element for each field, no attributes but ids."""

from collections.abc import Mapping
from typing import Final
from xml.etree import ElementTree as ET

from planning.exchange.domain import FORM, LEVELS, LISTS, NUMBERS, Level
from planning.workbooks.refusals import ContentMalformed

NAMESPACE: Final = "urn:pospolu:strategy:1"
_ROOT: Final = "strategy"
_DEEPEST: Final = 8
_BY_NAME: Final[Mapping[str, str]] = {level.name: members for members, level in LEVELS.items()}


def xml_of(whole: Mapping[str, object]) -> bytes:
    """Return the document; characters that XML cannot hold are left out."""
    root = ET.Element(_ROOT, {"xmlns": NAMESPACE})
    for name, value in whole.items():
        if name == "priorities" and isinstance(value, list):
            for each in value:
                _append(root, each, LEVELS[name])
        elif name != "schema":
            ET.SubElement(root, name).text = _storable(str(value))
    ET.indent(root)
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def _append(above: ET.Element, node: Mapping[str, object], level: Level) -> None:
    element = ET.SubElement(above, level.name, {"id": str(node["id"]), "number": str(node["number"])})
    for name in level.fields:
        for value in _values(node.get(name)):
            ET.SubElement(element, name).text = _storable(str(value))
    for members in level.below:
        below = node.get(members, ())
        for each in below if isinstance(below, list) else ():
            _append(element, each, LEVELS[members])


def _values(value: object) -> list[object]:
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def _storable(text: str) -> str:
    return "".join(each for each in text if each in "\t\n\r" or " " <= each < "\ufffe" or each > "\uffff")


def parsed_xml(content: bytes) -> dict[str, object]:
    """Read a document into the form of JSON; raises `ContentMalformed`, for a DOCTYPE too."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content or not _is_utf8(content):
        raise ContentMalformed(reason="XML: DOCTYPE, UTF-8?")
    try:
        root = ET.fromstring(content)  # noqa: S314 - DOCTYPE was refused
    except (ET.ParseError, ValueError) as error:
        raise ContentMalformed(reason=f"XML, {str(error)[:100]}") from error
    if root.tag != f"{{{NAMESPACE}}}{_ROOT}":
        raise ContentMalformed(reason=f"XML ≠ {NAMESPACE}")
    priorities = [_node(each, "priorities", 1) for each in root if _BY_NAME.get(_local(each)) == "priorities"]
    return {"schema": FORM, "priorities": priorities}


def _is_utf8(content: bytes) -> bool:
    """Another encoding could hide a DOCTYPE."""
    try:
        return "\0" not in content.decode()
    except UnicodeDecodeError:
        return False


def _node(element: ET.Element, members: str, depth: int) -> dict[str, object]:
    if depth > _DEEPEST:
        raise ContentMalformed(reason=f"XML > {_DEEPEST}")
    found: dict[str, object] = {"id": element.get("id", "")}
    for child in element:
        name = _local(child)
        below = _BY_NAME.get(name)
        if below is not None and below in LEVELS[members].below:
            listed = found.setdefault(below, [])
            assert isinstance(listed, list)  # noqa: S101 - made just above
            listed.append(_node(child, below, depth + 1))
        elif name in LISTS:
            listed = found.setdefault(name, [])
            assert isinstance(listed, list)  # noqa: S101 - made just above
            listed.append(child.text or "")
        elif name in found:
            raise ContentMalformed(reason=f"XML: 2× {name[:60]}")
        else:
            found[name] = _value(name, child.text or "")
    return found


def _value(name: str, text: str) -> object:
    return (
        int(text)
        if name in NUMBERS and text.isascii() and text.isdigit() and len(text) < len("1" * 10)
        else text
    )


def _local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]
