"""The addresses of public pages."""

from typing import TypeVar
from zoneinfo import ZoneInfo

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from ..accounts import people as accounts
from ..articles import queries
from ..articles.models import Article, State
from ..core.clock import now
from ..core.errors import Gone, NotFound
from ..web import chrome, urls
from ..web.facts import site
from ..web.pagination import Window
from . import archive as archives
from . import article as articles
from . import home as homes
from .cards import cards, neighbours, people
from .pages import Listing, Page

blueprint = Blueprint("reading", __name__)

PER_PAGE = 20

Thing = TypeVar("Thing")


@blueprint.get("/")
def home() -> ResponseReturnValue:
    """The front page."""
    page = Page(site().name, site().tagline, _canonical(urls.home()))
    return render_template("reading/home.html", page=page, front=homes.build(now()))


@blueprint.get("/articles/<slug>")
def article(slug: str) -> ResponseReturnValue:
    """An article; an old address leads to the present one."""
    at = now()
    found = queries.by_slug(slug)
    if found is None:
        return _moved(slug)
    _refuse_hidden(found, visible=found.visible(at))
    if found.category is not None:
        chrome.stand_in(urls.category(found.category.slug))
    return render_template(
        "reading/article.html",
        page=articles.head(found, site().address),
        article=articles.build(found, site().address, at),
    )


@blueprint.get("/categories/<slug>")
def category(slug: str) -> ResponseReturnValue:
    """What stands in a category."""
    found = _found(queries.category_by_slug(slug))
    part = queries.page_of(now(), _window(), PER_PAGE, queries.in_category(found))
    path = urls.category(slug)
    listing = Listing(
        "category", found.name, found.description, cards(part.articles), neighbours(path, part)
    )
    page = Page(found.name, found.description, _canonical(path))
    return render_template("reading/listing.html", page=page, listing=listing)


@blueprint.get("/tags/<slug>")
def tag(slug: str) -> ResponseReturnValue:
    """What bears a tag."""
    found = _found(queries.tag_by_slug(slug))
    part = queries.page_of(now(), _window(), PER_PAGE, queries.with_tag(found))
    path = urls.tag(slug)
    listing = Listing("tag", found.name, "", cards(part.articles), neighbours(path, part))
    page = Page(found.name, f"Articles about {found.name}", _canonical(path))
    return render_template("reading/listing.html", page=page, listing=listing)


@blueprint.get("/people/<username>")
def person(username: str) -> ResponseReturnValue:
    """A person and what they wrote."""
    at = now()
    found = _found(accounts.find(username))
    part = queries.page_of(at, _window(), PER_PAGE, queries.written_by(found))
    path = urls.person(username)
    return render_template(
        "reading/person.html",
        page=Page(found.name, found.bio, _canonical(path)),
        person=people([found], queries.counts_by_person(at, [found.id]))[0],
        cards=cards(part.articles),
        pages=neighbours(path, part),
    )


@blueprint.get("/archive")
def archive() -> ResponseReturnValue:
    """Every article, by month."""
    part = queries.page_of(now(), _window(), archives.PER_PAGE)
    zone = ZoneInfo(site().time_zone)
    return render_template(
        "reading/archive.html",
        page=Page("Archive", f"Everything in {site().name}, by month", _canonical(urls.archive())),
        months=archives.by_month(cards(part.articles), zone),
        pages=neighbours(urls.archive(), part),
    )


def _moved(slug: str) -> ResponseReturnValue:
    present = queries.present_slug(slug)
    if present is None:
        raise NotFound
    return redirect(urls.article(present), 301)


def _refuse_hidden(found: Article, *, visible: bool) -> None:
    if found.state is State.DELETED:
        raise Gone
    if not visible:
        raise NotFound


def _window() -> Window:
    return Window.parse(request.args.get("before"), request.args.get("after"))


def _canonical(path: str) -> str:
    """The address a page is known by; a page of a list keeps its place in it."""
    places = {name: request.args[name] for name in ("before", "after") if request.args.get(name)}
    return urls.absolute(site().address, urls.with_parameters(path, **places))


def _found(thing: Thing | None) -> Thing:
    if thing is None:
        raise NotFound
    return thing
