"""In which language a text is: what is told, and what is left open because nobody could be sure."""

from __future__ import annotations

import pytest

from checks.facts.reading import read
from checks.facts.written_language import language, written_in

TEXTS = {
    "de": "Das Brot wird langsam gebacken, und wir liefern es am Abend zu Ihnen nach Hause, wenn Sie es bestellen. ",
    "en": "The bread is baked slowly, and we bring it to your house in the evening if you have ordered it by noon. ",
    "fr": "Le pain est cuit lentement, et nous vous le livrons le soir si vous l'avez commandé avant midi chez nous. ",
    "nl": "Het brood wordt langzaam gebakken en wij brengen het in de avond naar u toe als u het op tijd bestelt. ",
    "ru": "Хлеб пекут медленно, и мы привезём его вам вечером, если вы не забыли заказать его у нас до полудня. ",
}


@pytest.mark.parametrize("spoken", TEXTS)
def test_a_text_is_in_its_own_language_and_in_no_other(spoken: str) -> None:
    text = TEXTS[spoken] * 8
    assert written_in(text, spoken)[2] is True
    assert {other: written_in(text, other)[2] for other in TEXTS if other != spoken} == dict.fromkeys(
        set(TEXTS) - {spoken}, False
    )


@pytest.mark.parametrize(("spoken", "declared"), [("nl", "af"), ("de", "lb"), ("ru", "bg")])
def test_languages_that_are_close_to_one_another_are_not_told_apart(spoken: str, declared: str) -> None:
    assert written_in(TEXTS[spoken] * 8, declared)[2] is True


def test_half_a_text_in_another_language_leaves_it_open_which_is_meant() -> None:
    assert written_in(TEXTS["en"] * 8 + TEXTS["de"] * 8, "fr")[0] is None
    assert written_in(TEXTS["en"] * 8 + TEXTS["de"] * 8, "de")[2] is not False


@pytest.mark.parametrize("names", ["Anna Berger, Otto Kranz, Mira Stein, ", "numpy.array dict.get os.path re.match "])
def test_lists_of_names_are_in_no_language(names: str) -> None:
    assert written_in(names * 30, "en") == (None, 0.0, None)


def test_what_declares_no_language_is_told_apart_from_nothing() -> None:
    assert written_in(TEXTS["en"] * 8, None)[::2] == ("en", None)


@pytest.mark.parametrize(
    "page",
    [
        f"<main><p>{TEXTS['de']}</p></main>",
        f"<main><pre>{TEXTS['de'] * 8}</pre></main>",
        f"<main><p lang=de>{TEXTS['de'] * 8}</p></main><p lang=en>x</p>",
        f"<nav><p>{TEXTS['de'] * 8}</p></nav><main>Bread</main>",
    ],
)
def test_short_texts_code_quotations_and_navigation_say_nothing(page: str) -> None:
    assert language(read(page), "en")["agrees"] is None
