from __future__ import annotations

from checks.collect.lighthouse.choose import Page, named, of_each_template


def page(path: str, template: str, *, changed: bool = True, live: bool = True) -> Page:
    return Page(path, template, changed=changed, live=live)


def test_the_home_page_comes_first_and_then_the_largest_templates() -> None:
    pages = [page("/", "/"), page("/a/", "/a/"), page("/b/1/", "/b/1/"), page("/b/2/", "/b/1/")]
    assert [(one.path, one.why) for one in of_each_template(pages)] == [
        ("/", "the home page"),
        ("/b/1/", "stands for 2 pages of one template"),
        ("/a/", "stands for one page of one template"),
    ]


def test_the_home_page_stands_for_no_other_page_of_its_template() -> None:
    pages = [page("/", "/"), page("/a/", "/"), page("/b/", "/")]
    assert [one.path for one in of_each_template(pages)] == ["/", "/a/"]


def test_of_a_template_a_page_that_has_changed_is_chosen() -> None:
    pages = [page("/a/", "/a/", changed=False), page("/b/", "/a/"), page("/c/", "/a/")]
    assert [(one.path, one.changed) for one in of_each_template(pages)] == [("/b/", True)]


def test_a_page_that_is_live_too_is_chosen_before_one_that_is_new() -> None:
    pages = [page("/a/", "/a/", live=False), page("/b/", "/a/"), page("/c/", "/a/")]
    assert [(one.path, one.live) for one in of_each_template(pages)] == [("/b/", True)]


def test_where_only_a_new_page_differs_it_is_the_one_to_measure() -> None:
    pages = [page("/a/", "/a/", changed=False), page("/b/", "/a/", live=False)]
    assert [(one.path, one.live) for one in of_each_template(pages)] == [("/b/", False)]


def test_a_template_of_which_nothing_has_changed_is_told_as_unchanged() -> None:
    assert [one.changed for one in of_each_template([page("/a/", "/a/", changed=False)])] == [False]


def test_pages_that_the_config_names_are_measured_in_its_order_even_where_they_are_missing() -> None:
    pages = [page("/a/", "/a/"), page("/b/", "/a/")]
    assert [(one.path, one.named) for one in named(["/gone/", "/a/"], pages)] == [("/gone/", True), ("/a/", True)]
