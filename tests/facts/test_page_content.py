from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.facts.placeholders import placeholder_hits
from checks.facts.texts import around, clip, collapse, count_words, well_formed

if TYPE_CHECKING:
    from tests.facts.conftest import BuiltOf, DocumentOf


def test_headings_are_told_in_order_with_their_gaps(document_of: DocumentOf) -> None:
    assert document_of("<h1>Bread</h1><h2> </h2><h4>Rye &amp; <em>spelt</em></h4><h1><img alt='Our bakery'></h1>")[
        "headings"
    ] == {
        "items": [
            {"level": 1, "text": "Bread"},
            {"level": 2, "text": ""},
            {"level": 4, "text": "Rye & spelt"},
            {"level": 1, "text": "Our bakery"},
        ],
        "h1": ["Bread", "Our bakery"],
        "h1_count": 2,
        "empty": 1,
        "max_length": 11,
        "skips": [{"from": 2, "to": 4, "text": "Rye & spelt"}],
    }


def test_the_mark_of_a_permanent_link_is_no_part_of_a_heading(document_of: DocumentOf) -> None:
    assert document_of("<h1>Bread<a href='#b'>¶</a></h1>")["headings"]["h1"] == ["Bread"]
    spoken = "<h1>Bread <a href='#b' aria-label='Permalink to “Bread”'>\u200b</a></h1>"
    assert document_of(spoken)["headings"]["h1"] == ["Bread"]


def test_a_heading_that_is_an_image_says_what_the_image_says(document_of: DocumentOf) -> None:
    assert document_of("<h1><img src=a.svg alt=Bread></h1>")["headings"]["h1"] == ["Bread"]


@pytest.mark.parametrize(
    ("body", "main_words"),
    [
        ("<header>a b</header><main>one two</main><footer>c</footer>", 2),
        ("<nav>a b</nav><div role=main>one two three</div>", 3),
        ("<nav>a</nav><article>one</article><article>two</article>", 2),
        ("<nav>a</nav><aside>b</aside><p>one two</p><footer>c</footer>", 2),
        ("<main>one <nav>two</nav></main>", 1),
        ("<main>one <div role=navigation>two</div> three</main>", 2),
        ("<p>one</p><p>two</p>", 2),
        ("<b>o</b>ne", 1),
        ("<script>var a</script><style>p{}</style><template>x y</template><textarea>z</textarea>one", 1),
        ("one — two & | three", 3),
        ("パンを焼く", 5),
    ],
)
def test_words_of_the_main_content_are_counted(document_of: DocumentOf, body: str, main_words: int) -> None:
    assert document_of(f"<body>{body}")["text"]["main_words"] == main_words


def test_pages_with_the_same_main_text_have_the_same_digest(built_of: BuiltOf) -> None:
    text = "bread " * 30
    one = built_of(f"<nav>a</nav><main><p>{text}</p></main>").digest
    other = built_of(f"<title>x</title><main>\n {text}</main>").digest
    assert one.text_digest is not None
    assert one.text_digest == other.text_digest


def test_a_page_with_little_text_has_no_digest(built_of: BuiltOf) -> None:
    assert built_of("<main>Thank you</main>").digest.text_digest is None


@pytest.mark.parametrize(
    ("page", "key"),
    [
        ("<title>TODO</title>", "title:TODO"),
        ("<title>undefined | Bakery</title>", "title:undefined"),
        ("<title>{{ page.title }}</title>", "title:{{…}}"),
        ("<title>Hello world!</title>", "title:Hello world!"),
        ("<meta name=description content='Lorem ipsum dolor'>", "description:lorem ipsum"),
        ("<h1>Welcome, ${name}</h1>", "heading:${…}"),
        ("<h2>Your title here</h2>", "heading:Your title here"),
        ("<img src=a alt='[object Object]'>", "alt:[object Object]"),
        ("<p>Price: undefined</p>", "prose:undefined"),
        ("<p>Hello undefined, welcome.</p>", "prose:undefined"),
        ("<td>NaN</td>", "prose:NaN"),
        ("<p>Only €NaN each</p>", "prose:NaN"),
        ("<p>Up to NaN% off</p>", "prose:NaN"),
        ("<p>FIXME later</p>", "prose:FIXME"),
        ("<p>TODO list of the breads</p>", "prose:TODO"),
        ("<p>We bake. WARNING/TODO: the oven is off</p>", "prose:TODO"),
        ("<p>The price (TODO) is fair</p>", "prose:TODO"),
        ("<p>Lorem ipsum</p>", "prose:lorem ipsum"),
        (
            '<script type="application/ld+json">{"@context":"https://schema.org","@type":"Thing","name":"undefined"}</script>',
            "structured-data:undefined",
        ),
    ],
)
def test_residue_of_a_template_is_told_with_its_place(document_of: DocumentOf, page: str, key: str) -> None:
    assert [hit["key"] for hit in document_of(page)["text"]["placeholder_hits"]] == [key]


@pytest.mark.parametrize(
    "page",
    [
        "<p>In C this is undefined behaviour, and the result is undefined.</p>",
        "<p>If either operand is a NaN (not a number, NaN), the result is NaN too.</p>",
        "<p>Run <code>{{ page.title }}</code> or <kbd>${HOME}</kbd>.</p>",
        "<pre>TODO: lorem ipsum undefined</pre>",
        "<h2>The <code>TODO</code> marker</h2>",
        "<h2>Handling undefined values</h2>",
        "<p>My todo list, a toDo, and TODOS.</p>",
        "<p>The wiki holds the FAQ list, the TODO list, and more.</p>",
        "<h2>Pages marked with TODO</h2>",
        "<ul><li>undefined. The log is filtered if <code>a !== b</code></li></ul>",
        "<p>Displays random “lorem ipsum” Latin text.</p>",
        "<p>The word 'TODO' marks what is left to do.</p>",
        "<script>var a = 'TODO {{x}}'</script><style>/* FIXME */</style><textarea>TODO</textarea>",
        "<p hidden>{{ loading }}</p>",
        "<title>Say “Hello world!” in ten languages</title>",
        "<p>If <code>x</code> undefined is, stop; the option --no-undefined helps.</p>",
    ],
)
def test_plain_language_and_code_are_no_residue(document_of: DocumentOf, page: str) -> None:
    assert document_of(page)["text"]["placeholder_hits"] == []


@pytest.mark.parametrize("text", ["CafÃ© crÃ¨me", "itâ€™s", "b\ufffdd", "10Â° C"])
def test_wrongly_decoded_text_is_found(document_of: DocumentOf, text: str) -> None:
    assert document_of(f"<p>{text}</p>")["text"]["mojibake_hits"] == [{"text": text}]


@pytest.mark.parametrize("text", ["Café crème", "São Paulo", "À la carte", "ÂNGULO", "MAÇÃ"])
def test_rightly_decoded_text_is_left_alone(document_of: DocumentOf, text: str) -> None:
    assert document_of(f"<p>{text}</p>")["text"]["mojibake_hits"] == []


def test_text_about_the_replacement_character_may_show_it(document_of: DocumentOf) -> None:
    text = "The Unicode replacement character \ufffd will be used to represent those errors."
    assert document_of(f"<p>{text}</p>")["text"]["mojibake_hits"] == []


def test_mentions_of_the_local_machine_count_in_prose_only(document_of: DocumentOf) -> None:
    page = "<p>See http://localhost:3000/ now</p><pre>localhost:1</pre><p>localhost.example.org:80, my-localhost:80</p>"
    assert document_of(page)["text"]["localhost_mentions"] == [{"text": "See http://localhost:3000/ now"}]


@pytest.mark.parametrize("text", ["Open localhost:4321 now", "At http://127.0.0.1/ it runs", "ws://0.0.0.0:80 is open"])
def test_an_address_on_the_local_machine_is_a_mention(document_of: DocumentOf, text: str) -> None:
    assert document_of(f"<p>{text}</p>")["text"]["localhost_mentions"] == [{"text": text}]


@pytest.mark.parametrize(
    "text",
    [
        "The default value is localhost, which allows only local connections.",
        "Django will send email from root@localhost.",
        "We handle file://localhost/ on Unix.",
        "If the authority is neither empty nor “localhost”, an error is returned.",
    ],
)
def test_text_about_localhost_is_no_leftover(document_of: DocumentOf, text: str) -> None:
    assert document_of(f"<p>{text}</p>")["text"]["localhost_mentions"] == []


@given(st.text())
def test_no_text_breaks_the_tools(text: str) -> None:
    count_words(text)
    assert len(clip(text, 10)) <= 10
    assert len(around(text, 0, min(len(text), 5), 20)) <= 20
    well_formed(text).encode()
    assert collapse(collapse(text)) == collapse(text)
    placeholder_hits([("title", [text])])


def test_lone_surrogates_are_replaced() -> None:
    assert well_formed("a\ud800b") == "a\ufffdb"


def spoken(document_of: DocumentOf, body: str) -> tuple[str, str]:
    text = document_of(body)["text"]
    return text["main"], text["rest"]


@pytest.mark.parametrize(
    ("body", "main", "rest"),
    [
        ("<header>Shop</header><main>Spring\n <b>sale</b></main>", "Spring sale", "Shop"),
        ("<nav>Menu</nav><article><p>One</p><p>Two</p></article><footer>Foot</footer>", "One Two", "Menu Foot"),
        ("<nav>Menu</nav><p>One</p>", "One", "Menu"),
        ("<main>Seen<p hidden>Unseen</p></main>", "Seen", "Unseen"),
        ('<main>Seen<img src="a.png" alt="A cake"></main>', "Seen", "A cake"),
        ("<main>co\u00adoperate \u200bcafe\u0301</main>", "cooperate caf\u00e9", ""),
    ],
)
def test_the_text_is_the_main_text_and_all_that_stands_around_it(
    document_of: DocumentOf, body: str, main: str, rest: str
) -> None:
    assert spoken(document_of, body) == (main, rest)


def test_a_text_that_is_too_long_is_cut_and_says_so(document_of: DocumentOf) -> None:
    text = document_of(f"<main>{'word ' * 30_000}</main>")["text"]
    assert (len(text["main"]), text["is_cut"]) == (100_000, True)


def test_a_credential_in_the_text_is_masked(document_of: DocumentOf) -> None:
    token = "ghp_" + "Zq8Rt2Lm5Xw9Kc4Vb7Ny1Hd6Jf3Gs0Pa8Ue5"
    assert spoken(document_of, f"<main>our key {token} is out</main>")[0] == "our key ghp_*** is out"
