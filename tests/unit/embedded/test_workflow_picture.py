"""The picture shows the whole workflow, and is read by those who do not see it."""

from xml.etree import ElementTree as ET

from embedded.front_texts import TEXTS
from embedded.workflow_picture import picture, table
from shared.contracts.workflow import WORKFLOW

SVG = "{http://www.w3.org/2000/svg}"


def test_the_picture_has_an_arrow_for_every_line_of_the_workflow() -> None:
    root = ET.fromstring(picture("Jak na sebe události navazují"))  # noqa: S314 - our own text
    arrows = [line for line in root.iter(f"{SVG}line") if line.get("class") == "arrow"]
    events = [text.text for text in root.iter(f"{SVG}text") if text.get("class") == "event"]
    assert len(arrows) == len(WORKFLOW)
    assert events == [line.event.__name__ for line in WORKFLOW]


def test_nothing_of_the_picture_lies_outside_its_frame() -> None:
    root = ET.fromstring(picture("x"))  # noqa: S314 - our own text
    width, height = (int(part) for part in root.attrib["viewBox"].split()[2:])
    lines = list(root.iter(f"{SVG}line"))
    assert max(int(line.attrib[name]) for line in lines for name in ("x1", "x2")) < width
    assert max(int(line.attrib[name]) for line in lines for name in ("y1", "y2")) <= height


def test_the_table_says_the_same_as_the_picture() -> None:
    rows = ET.fromstring(table(TEXTS["en"])).findall("tbody/tr")  # noqa: S314 - our own text
    assert [row.findtext("th") for row in rows] == [line.event.__name__ for line in WORKFLOW]


def test_both_languages_say_the_same_things() -> None:
    assert TEXTS["cs"].keys() == TEXTS["en"].keys()
