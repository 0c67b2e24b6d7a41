"""The JSON of the list of datasets."""

from shared.http import ApiModel


class ColumnOut(ApiModel):
    """A column; `datatype` is the name of a type of XML Schema."""

    name: str
    cs: str
    en: str
    datatype: str
    required: bool


class DatasetOut(ApiModel):
    id: str
    cs: str
    en: str
    about_cs: str
    about_en: str
    keywords: tuple[str, ...]
    columns: tuple[ColumnOut, ...]
    key: tuple[str, ...]


class DatasetList(ApiModel):
    items: tuple[DatasetOut, ...]
