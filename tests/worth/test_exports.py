"""Exports of other tools: every encoding, delimiter and number that they write, and what is refused."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path

import pytest

from checks.errors import UserError
from checks.settings.exports import Export
from checks.worth.addresses import Own
from checks.worth.numbers import Decimal, NoNumberError
from checks.worth.reading import read
from checks.worth.store import Known, Store
from checks.worth.text import LARGEST

OWN = Own("https://www.example.com")
SEARCH = 'Top pages,Clicks,Impressions,CTR,Position\nhttps://www.example.com/a/,"1,200",9000,13%,4.25\n'
ANALYTICS = """\
# ----------------------------------------
# Landing page: Landing page
# Start date: 20261001
# End date: 20261030
# ----------------------------------------

Landing page,Session default channel group,Sessions,Key events
,,300,12.5,Grand total
/a/,Organic Search,200,10
/a/,Direct,90,2.5
(not set),Direct,10,0
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "known.sqlite")
    yield store
    store.close()


def told(
    store: Store,
    tmp_path: Path,
    data: bytes | str,
    kind: str = "search",
    days: int | None = 30,
    *,
    own: Own = OWN,
    decimal: str | None = None,
) -> list[str]:
    file = tmp_path / "export.csv"
    file.write_bytes(data.encode() if isinstance(data, str) else data)
    return read(Export(kind, "export.csv", days, decimal), file, "export.csv", own, store)


def addresses(store: Store) -> list[Known]:
    return list(store.addresses())


@pytest.mark.parametrize(
    "data",
    [
        SEARCH.encode(),
        codecs.BOM_UTF8 + SEARCH.encode(),
        SEARCH.encode("utf-16"),
        codecs.BOM_UTF16_BE + SEARCH.encode("utf-16-be"),
        SEARCH.encode("utf-16-le"),
        SEARCH.encode("utf-16-be"),
        SEARCH.replace("\n", "\r\n").encode(),
        SEARCH.replace(",", "\t").replace("1\t200", "1,200").encode(),
        "Seite;Klicks;Impressionen;CTR;Position\nhttps://www.example.com/a/;1.200;9.000;13,3%;4,25\n".encode("latin-1"),
        "Die häufigsten Seiten;Klicks;Position\nhttps://www.example.com/a/;1.200,0;4,25\n".encode("latin-1"),
        "sep=;\nPage;Clicks\nhttps://www.example.com/a/;1200\n",
    ],
)
def test_an_export_is_read_in_every_encoding_delimiter_and_locale(
    store: Store, tmp_path: Path, data: bytes | str
) -> None:
    assert told(store, tmp_path, data) == []
    assert [(one.target, one.clicks) for one in addresses(store)] == [("/a/", 1200)]


def test_latin_1_in_an_address_is_read_as_it_was_written(store: Store, tmp_path: Path) -> None:
    told(store, tmp_path, "Page;Clicks\nhttps://www.example.com/café/;1\n".encode("latin-1"))
    assert addresses(store)[0].target == "/caf%C3%A9/"


@pytest.mark.parametrize(
    "cell",
    [
        "https://www.example.com/a/",
        "http://example.com/a/",
        "https://www.example.com/a/#top",
        "https://WWW.EXAMPLE.COM:443/a/",
        "www.example.com/a/",
        "/a/",
    ],
)
def test_every_spelling_of_an_address_is_the_same_page(store: Store, tmp_path: Path, cell: str) -> None:
    told(store, tmp_path, f"Page,Clicks\n{cell},1\n")
    assert [one.target for one in addresses(store)] == ["/a/"]


def test_figures_are_brought_to_a_month_of_30_days(store: Store, tmp_path: Path) -> None:
    told(store, tmp_path, SEARCH, days=90)
    assert addresses(store)[0].clicks == 400


def test_the_period_that_analytics_notes_is_used(store: Store, tmp_path: Path) -> None:
    told(store, tmp_path, ANALYTICS.replace("20261030", "20261228"), "analytics", None)
    assert addresses(store)[0].sessions == pytest.approx(290 * 30 / 89)


def test_sessions_of_all_channels_are_summed_and_rows_of_totals_are_not(store: Store, tmp_path: Path) -> None:
    notes = told(store, tmp_path, ANALYTICS, "analytics", None)
    [page] = addresses(store)
    assert (page.sessions, page.conversions) == (290, 12.5)
    assert notes == ["export.csv: 1 row without a page left out"]


def test_a_row_of_totals_is_no_page(store: Store, tmp_path: Path) -> None:
    told(store, tmp_path, "Page,Clicks\nTotal,99\n/a/,1\n,98\nGesamt,99\n")
    assert [(one.target, one.clicks) for one in addresses(store)] == [("/a/", 1)]


def test_the_same_row_twice_counts_once(store: Store, tmp_path: Path) -> None:
    notes = told(store, tmp_path, "Page,Clicks\n/a/,5\n/a/,5\n")
    assert addresses(store)[0].clicks == 5
    assert notes == ["export.csv: 1 row that stood there before counted once"]


def test_addresses_of_other_hosts_are_left_out_and_told(store: Store, tmp_path: Path) -> None:
    notes = told(store, tmp_path, "Page,Clicks\n/a/,5\nhttps://blog.example.com/x/,7\n")
    assert [one.target for one in addresses(store)] == ["/a/"]
    assert notes == ["export.csv: 1 row of other hosts left out (blog.example.com)"]


def test_an_export_that_ends_where_search_console_ends_says_so(store: Store, tmp_path: Path) -> None:
    rows = "".join(f"/p{number}/,1\n" for number in range(1000))
    [note] = told(store, tmp_path, f"Page,Clicks\n{rows}")
    assert "ends after 1,000 rows" in note


def test_of_a_log_only_what_answered_is_known(store: Store, tmp_path: Path) -> None:
    told(store, tmp_path, "path,status,hits\n/a/,200,7\n/wp-login.php,404,900\n/old/,301,2\n", "log", None)
    assert [(one.target, one.count) for one in addresses(store)] == [("/a/", 7), ("/old/", 2)]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("log", "path,status\n/reset/?token=hunter2,200\n"),
        ("analytics", "page,sessions,conversions\n/reset/?mail=ana@example.com,1,0\n"),
        ("campaigns", "url\n/reset/?utm_source=x\n"),
    ],
)
def test_queries_of_visitors_stand_nowhere(store: Store, tmp_path: Path, kind: str, text: str) -> None:
    told(store, tmp_path, text, kind)
    assert [one.target for one in addresses(store)] == ["/reset/"]


def test_queries_that_search_engines_know_are_addresses_of_their_own(store: Store, tmp_path: Path) -> None:
    told(store, tmp_path, "Page,Clicks\n/index.php?p=12,4\n")
    assert [one.target for one in addresses(store)] == ["/index.php?p=12"]


def test_each_row_of_backlinks_is_one(store: Store, tmp_path: Path) -> None:
    told(store, tmp_path, "Source,Target URL\nx,/a/\ny,/a/\n", "backlinks", None)
    assert addresses(store)[0].count == 2


def test_addresses_of_an_origin_that_the_site_has_moved_from_are_known(store: Store, tmp_path: Path) -> None:
    own = Own("https://www.example.com", moved_from=("https://old.example.net",))
    told(store, tmp_path, "Target URL\nhttp://old.example.net/x/?a=1\n", "backlinks", None, own=own)
    assert addresses(store)[0].target == "https://old.example.net/x/?a=1"


REFUSED = {
    "an empty file": ("", "it is empty"),
    "no clicks": ("Page,Foo\n/a/,1\n", "no line names the column `clicks`"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "no "),
    "zeros in a text": ("Page,Clicks\n/a/,1\0\n", "export.csv:2: it is no text"),
    "another site": ("Page,Clicks\nhttps://other.example/,1\n", "none of its addresses is on https://www.example.com"),
    "no address": ("Page,Clicks\nhello world,1\n", "export.csv:2: `hello world` is no address"),
    "a formula": ("Page,Clicks\n=1+1,1\n", "export.csv:2: `=1+1` is no address"),
    "no number": ("Page,Clicks\n/a/,many\n", "export.csv:2: `many` is no number"),
    "a negative number": ("Page,Clicks\n/a/,-4\n", "export.csv:2: `-4` is no number"),
    "half a click": ("Page,Clicks\n/a/,1.5\n", "export.csv:2: `1.5` can't be a count"),
    "no figure": ("Page,Clicks\n/a/,\n", "export.csv:2: its column `clicks` is empty"),
    "two locales": (
        'Page,Clicks,Position\n/a/,1,2.5\n/b/,1,"2,5"\n',
        "export.csv:3: `2,5` has `,` before its decimals",
    ),
    "two ways": ("Page,Clicks,Position\n/a/,1,2.500\n", "export.csv:2: `2.500` can be read in two ways"),
    "other figures": ("Page,Clicks\n/a/,1\n/b/,2\n/a/,3\n", "export.csv:4: `/a/` stands on line 2, too"),
    "a cell too many": ("Page,Clicks\n/a/,1,200\n", "export.csv:2: `200` stands in no column"),
    "an open quote": ('Page,Clicks\n"/a/,1\n', "export.csv:2: it is no CSV"),
    "no row": ("Page,Clicks\nTotal,4\n", "it has no row with an address"),
    "a column twice": ("Page,Clicks,Clicks\n/a/,1,2\n", "two columns can be the `clicks`"),
}


@pytest.mark.parametrize(("data", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_export_is_refused_with_file_line_and_remedy(
    store: Store, tmp_path: Path, data: bytes | str, said: str
) -> None:
    with pytest.raises(UserError) as refused:
        told(store, tmp_path, data)
    assert said in str(refused.value)
    assert refused.value.where.startswith("export.csv")
    assert refused.value.remedy


def test_a_period_that_nobody_names_is_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="does not say which period"):
        told(store, tmp_path, "Page,Sessions,Conversions\n/a/,1,1\n", "analytics", None)


def test_a_period_that_the_file_contradicts_is_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="covers 30 days, and the config says 28"):
        told(store, tmp_path, ANALYTICS, "analytics", 28)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    with file.open("wb") as stream:
        stream.write(b"Page,Clicks\n")
        stream.truncate(LARGEST + 1)
    with pytest.raises(UserError, match="bytes; at most"):
        read(Export("search", "export.csv", 28), file, "export.csv", OWN, store)


def test_the_config_says_which_mark_is_meant_where_the_file_does_not(store: Store, tmp_path: Path) -> None:
    told(store, tmp_path, "Page;Clicks;Position\n/a/;1.234;2,500\n", decimal=",")
    assert addresses(store)[0].clicks == 1234


@pytest.mark.parametrize(
    ("text", "mark", "number"),
    [
        ("1.234,5", None, 1234.5),
        ("1,234.5", None, 1234.5),
        ("1\u202f234,5", None, 1234.5),
        ("1'234.5", None, 1234.5),
        ("1.234.567", None, 1234567),
        ("0.125", None, 0.125),
        ("12.5", None, 12.5),
        ("1234.567", None, 1234.567),
        ("", None, 0),
    ],
)
def test_a_number_is_read_by_the_marks_in_it(text: str, mark: str | None, number: float) -> None:
    decimal = Decimal(mark)
    decimal.look(text, 1)
    assert decimal.number(text, whole=False) == number


@pytest.mark.parametrize("text", ["1.2.3,4,5", "1,23.456", "NaN", "inf", "1e9", "9" * 31, "١٢"])
def test_what_only_looks_like_a_number_is_none(text: str) -> None:
    decimal = Decimal()
    decimal.look(text, 1)
    with pytest.raises(NoNumberError):
        decimal.number(text, whole=True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (",".join(["page"] * 600_000), "export.csv:1: it has more than 1,000,000 characters in one line"),
        (f"Page,Clicks{',x' * 2_000}\n/a/,1\n", "export.csv: no line names the column `page`, `clicks`"),
    ],
    ids=["one line", "columns"],
)
def test_what_is_wider_than_any_export_is_refused(store: Store, tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UserError) as refused:
        told(store, tmp_path, text)
    assert str(refused.value).startswith(said)


def test_an_error_repeats_no_query_of_a_visitor(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        told(store, tmp_path, "Landing page,Sessions,Key events\nreset?mail=jane@example.org,1,0\n", "analytics")
    assert "`reset` is no address" in str(refused.value)
    assert "jane" not in str(refused.value)


@pytest.mark.parametrize(
    ("cell", "target"),
    [
        ("/shop", ("/shop/", "")),
        ("www.example.com/shop?a=1", ("/shop/?a=1", "")),
        ("/shop/a", ("/shop/a", "")),
        ("/shopping", ("www.example.com outside /shop/", "foreign")),
    ],
)
def test_a_site_below_a_path_is_known_with_and_without_its_last_slash(cell: str, target: tuple[str, str]) -> None:
    assert Own("https://www.example.com", "/shop/").target(cell) == target
