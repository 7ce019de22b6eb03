"""Tables of a page and of a file, as rows of text."""

import csv
from html.parser import HTMLParser
from io import StringIO


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.cell: list[str] | None = None
        self.span = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.cell, self.span = [], int(dict(attrs).get("colspan") or 1)

    def handle_data(self, data: str) -> None:
        if self.cell is not None:
            self.cell.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self.cell is not None:
            text = "".join(self.cell).strip()
            self.tables[-1][-1] += [text, *[""] * (self.span - 1)]
            self.cell = None


def last_table(page) -> list[list[str]]:
    """The last table of a page; a dash stands for nothing, as an empty cell does in a file."""
    parser = _Tables()
    parser.feed(page.content.decode())
    return [["" if cell == "–" else cell for cell in row] for row in parser.tables[-1]]


def csv_rows(answer) -> list[list[str]]:
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    return list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
