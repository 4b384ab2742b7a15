"""Why a visit of a page came to nothing: the page, what an earlier page has left, or the browser."""


class VisitError(Exception):
    """A page that could not be measured, in words for the coverage ledger."""


class ContaminatedError(Exception):
    """Something of an earlier page is left in this place: it must be renewed."""


class BrowserGoneError(Exception):
    """The browser died; the page is not to blame."""
