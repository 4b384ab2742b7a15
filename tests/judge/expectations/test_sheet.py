"""A sheet is read as spreadsheets export it, and whatever it holds, reading it ends."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from checks.judge.expectations import sheet

HEAD = ("URL or pattern", "what must hold", "value", "owner", "why")
LINE = ("/über/", "mentions", "„Größe“ – 5 €", "marketing", "so")


def written(delimiter: str, *lines: tuple[str, ...]) -> str:
    return "\r\n".join(delimiter.join(cells) for cells in (HEAD, *lines)) + "\r\n"


def cells(data: bytes) -> list[tuple[str, ...]]:
    found = sheet.read(data)
    assert found.problems == ()
    return [(*row.cells.values(),) for row in found.rows]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_every_delimiter_and_encoding_of_a_spreadsheet_is_read(delimiter: str, encoding: str) -> None:
    assert cells(written(delimiter, LINE).encode(encoding)) == [(*LINE, "")]


def test_utf_16_is_read_in_both_directions_where_its_mark_says_which() -> None:
    assert cells(codecs.BOM_UTF16_BE + written(",", LINE).encode("utf-16-be")) == [(*LINE, "")]


def test_latin_1_is_what_is_left_where_nothing_else_fits() -> None:
    data = written(",", ("/a/", "mentions", "x", "marketing", "ö")).encode("latin-1") + b"\x81"
    assert sheet.decoded(data).endswith("\x81")


def test_a_cell_between_quotes_may_hold_the_delimiter_quotes_and_new_lines() -> None:
    text = written(",", ("/a/", "mentions", '"Rye, ""dark""\r\nand  sour"', "marketing", "so"))
    assert cells(text.encode())[0][2] == 'Rye, "dark" and sour'


def test_each_row_knows_the_line_that_it_begins_on() -> None:
    text = written(",", ("/a/", "mentions", '"two\r\nlines"', "m", "w"), (), ("# a note",), ("/b/", "mentions", "x"))
    assert [row.line for row in sheet.read(text.encode()).rows] == [2, 6]


def test_the_hint_that_excel_writes_before_the_header_is_passed_over_and_counted() -> None:
    text = "sep=;\r\n" + written(";", ("/a/", "mentions", "x", "m", "w"))
    assert [row.line for row in sheet.read(text.encode()).rows] == [3]


def test_columns_may_stand_in_any_order_and_be_called_as_people_call_them() -> None:
    text = "Why,OWNER,Must hold,Page,Value,Severity\nso,it,mentions,/a/,x,info\n"
    assert cells(text.encode()) == [("/a/", "mentions", "x", "it", "so", "info")]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("url,must,valeu,owner,why\n", 1, "no column `valeu`; did you mean `value`?"),
        ("url,must,owner\n", 1, "there is no column `why`"),
        ("url,url,must,owner,why\n", 1, "the column `url or pattern` stands twice"),
        ("url,must,owner,why\n/a/,mentions,m,w,x\n", 2, "`x` stands in no column"),
        (f"url,must,owner,why\n/a/,{'x' * 1001},m,w\n", 2, "a cell is too long"),
        ('url,must,owner,why\n/a/,"x"y,m,w\n', None, "it is no CSV"),
        ("url,must,owner,why\n/a/,\0,m,w\n", None, "it is no text"),
        ("url,must,owner,why\n" + "/a/,x,m,w\n" * 501, None, "it has 501 rows"),
        ("x" * (sheet.LARGEST + 1), None, "it has more than"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line_and_a_remedy(text: str, line: int | None, what: str) -> None:
    [problem] = sheet.read(text.encode()).problems
    assert (problem.line, what in problem.what, bool(problem.remedy)) == (line, True, True), problem


def test_an_empty_file_has_no_rows_and_nothing_wrong() -> None:
    assert sheet.read(b"\xef\xbb\xbf\r\n\r\n") == sheet.Sheet((), ())


@given(st.binary(max_size=300))
@example(b"\xff\xfe\x00")
@example(b'"')
@example(b"sep=;\n")
@example(b"url,must,owner,why\n\r\r\n,")
def test_whatever_the_bytes_are_reading_them_ends_and_raises_nothing(data: bytes) -> None:
    found = sheet.read(data)
    assert all(set(row.cells) == set(sheet.COLUMNS) for row in found.rows)


CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


@given(st.lists(st.tuples(CELL, CELL, CELL, CELL, CELL), max_size=5), st.sampled_from(sheet.DELIMITERS))
def test_what_was_written_as_csv_is_read_back_cell_for_cell(rows: list[tuple[str, ...]], delimiter: str) -> None:
    quoted = [tuple('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    found = sheet.read(written(delimiter, *quoted).encode())
    wanted = [
        tuple(" ".join(cell.split()) for cell in row)
        for row in rows
        if any(sheet._says(cell) for cell in row) and not row[0].lstrip().startswith("#")  # noqa: SLF001
    ]
    assert [tuple(row.cells.values())[:5] for row in found.rows] == wanted
