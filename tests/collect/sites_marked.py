"""A site with faults in its structured data."""

from __future__ import annotations

from typing import Any

from tests.collect.searchable import SITE, STEPS, Site, ld, picture, png


def marked() -> Site:
    """Return a site whose pages have one fault each in their structured data."""
    site = Site()
    site.files["card.png"] = picture(1200, 630)
    site.files["icon.svg"] = '<svg xmlns="http://www.w3.org/2000/svg" width="48" height="48"></svg>'
    site.files["touch.png"] = png(180, 180)
    card, day = f"{SITE}/card.png", "2026-10-01"
    author = {"@type": "Person", "name": "Edith", "url": f"{SITE}/"}
    article = {"headline": "Bread", "image": card, "datePublished": day, "dateModified": day, "author": author}
    recipe: dict[str, Any] = {"@type": "Recipe", "name": "Bread", "image": card, "author": author, "datePublished": day}
    recipe |= {"description": "Rye", "totalTime": "PT9H", "recipeYield": "1", "recipeIngredient": ["rye"]}
    recipe |= {"recipeInstructions": "Bake.", "keywords": "rye"}
    offer = {"@type": "Offer", "price": "4.20", "priceCurrency": "EUR", "availability": "https://schema.org/InStock"}
    product = {"@type": "Product", "name": "Bread", "image": card, "description": "Rye", "offers": offer}
    priced = "<p>4.20 EUR</p>"
    site.page("/recipe/", head=ld(**recipe))
    site.page("/no-image/", "sd/required-properties", head=ld(**{**recipe, "image": ""}))
    site.page("/no-yield/", "sd/recommended-properties", head=ld(**{**recipe, "recipeYield": None}))
    site.page("/product/", head=ld(**product), body=priced)
    site.page("/no-price/", "sd/required-properties", head=ld(**{**product, "offers": {**offer, "price": ""}}))
    site.page("/sign/", "sd/price-currency", head=ld(**{**product, "offers": {**offer, "price": "4,20"}}))
    site.page("/hidden/", "sd/matches-visible", head=ld(**product))
    site.page("/in-microdata/", body=MICRODATA.format("<b itemprop=price>4.20</b>") + priced)
    site.page("/no-price-in-microdata/", "sd/required-properties", body=MICRODATA.format(""))
    questions = {"@type": "Question", "name": "Is it rye?", "acceptedAnswer": {"@type": "Answer", "text": "It is."}}
    site.page("/asked/", "sd/retired-types", head=ld(**{"@type": "FAQPage", "mainEntity": [questions]}))
    site.page("/misspelt/", "sd/vocabulary", head=ld(**{**recipe, "recipeCousine": "German"}))
    site.page("/early/", "sd/dates-valid", head=ld(**{**recipe, "datePublished": "2027-10-01"}))
    site.page("/german/", "sd/dates-valid", head=ld(**{**recipe, "datePublished": "1.10.2026"}))
    event: dict[str, Any] = {
        "@type": "Event",
        "name": "Bread",
        "startDate": "2026-03-01",
        "endDate": "2026-03-02",
        "image": card,
    }
    event |= {"location": {"@type": "Place", "name": "Oven", "address": "Bristol"}, "description": "Rye"}
    event |= {
        "eventStatus": "https://schema.org/EventScheduled",
        "organizer": author,
        "performer": author,
        "offers": [],
    }
    site.page("/over/", "sd/expired", "sd/recommended-properties", head=ld(**event))
    stars = {"@type": "AggregateRating", "ratingValue": 87, "ratingCount": 3}
    site.page("/stars/", "sd/rating-scale", head=ld(**{**product, "aggregateRating": stars}), body=priced)
    praised = {"@type": "Organization", "name": "Bakery", "url": SITE, "logo": card}
    praise = {**stars, "ratingValue": 5}
    site.page("/praise/", "sd/self-serving-reviews", head=ld(**{**praised, "aggregateRating": praise}))
    site.page("/moved/", "sd/url-matches-canonical", head=ld(**{**recipe, "url": f"{SITE}/recipe/"}))
    site.page("/lost-image/", "sd/images-fetchable", head=ld(**{**recipe, "image": f"{SITE}/lost.png"}))
    site.page("/far/down/", "sd/breadcrumb")
    site.page("/far/trail/", head=ld(**{"@type": "BreadcrumbList", "itemListElement": STEPS}))
    site.page("/trail/", "sd/breadcrumb", head=ld(**{"@type": "BreadcrumbList", "itemListElement": STEPS[1:]}))
    site.page("/journal/bare/", "sd/expected-types")
    site.page("/journal/marked/", head=ld(**{"@type": "BlogPosting", **article}), body="<p>Edith</p>")
    site.finish()
    return site


MICRODATA = """<div itemscope itemtype="https://schema.org/Product"><h2 itemprop="name">Bread</h2>
<img itemprop="image" src="/card.png" alt="" width="200" height="105"><p itemprop="description">Rye</p>
<p itemprop="offers" itemscope itemtype="https://schema.org/Offer">{}<meta itemprop="priceCurrency" content="EUR">
<link itemprop="availability" href="https://schema.org/InStock"></p></div>"""
