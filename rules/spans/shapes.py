"""The shapes that tell an organisation's name: tails, heads, acronyms, known names."""

from __future__ import annotations

from functools import cache
from importlib import resources

from rules.language.phrases import Phrases
from rules.language.tokens import tokenize
from rules.language.words import common, words

LEGAL = words(
    "inc inc. corp corp. corporation co co. cos. company ltd ltd. limited plc "
    "llc llp gmbh ag sa s.a. nv n.v. ab asa oyj spa s.p.a. kk pte group "
    "holdings holding fc f.c. afc bros. l.p. se"
)
"""Tails that may be left off: "Halden Inc." is Halden."""

TAILS = LEGAL | words(
    "daily bank university college school institute academy hospital museum "
    "foundation trust fund association federation confederation council "
    "committee commission agency authority ministry department bureau union "
    "party congress parliament senate assembly court police airlines airways "
    "motors motor pharmaceuticals pharma labs laboratories laboratory studios "
    "studio pictures entertainment media press times post journal news network "
    "partners capital ventures securities insurance financial energy oil "
    "petroleum steel mills brewery breweries records publishing games systems "
    "technologies technology software semiconductor communications telecom "
    "electronics industries international enterprises brothers sons associates "
    "seminary utd united city cf rovers wanderers athletic hotspur albion county town "
    "orchestra philharmonic symphony opera ballet theatre theater choir church "
    "cathedral league club society centre center library zoo aquarium "
    "observatory service services administration conservatory gallery guild "
    "forces force army navy air research stores supermarkets foods hotels "
    "healthcare health bancorp financials savings loan mortgage realty "
    "properties resources minerals mining chemicals aerospace aviation dynamics "
    "robotics analytics cloud networks railway railways soccer baseball "
    "basketball hockey water gas electric power nuclear athletics rangers "
    "celtic sox yankees giants lions lakers knicks panthers bears cowboys "
    "eagles warriors women reserve exchange cricket rugby football magazine "
    "radio television observer guardian telegraph herald tribune gazette "
    "organization organisation review coalition alliance campaign initiative "
    "project"
)
"""Last words of organisations' names."""

HEADS = words(
    "university ministry department bank institute museum council house church "
    "college school academy federation bureau office chamber court "
    "confederation society port board faculty archdiocese diocese league "
    "association order"
)
"""First words of names of the form "University of Somewhere"."""

THINGS = words(
    "march parade synod order prize prizes medal award awards islands island "
    "palace street road avenue square stadium airport arena castle hills "
    "heights beach valley river canyon desert cup trophy grand prix day act law "
    "highway motorway theory building tower festival marathon derby stakes plate "
    "lake park "
    "gardens bay mountains mountain peninsula province region strip wall coast "
    "channel bridge station terminal hall mansion ranch farm forest falls bill "
    "treaty accord accords protocol report inquiry trial effect syndrome virus "
    "variant show tour games open championship championships final finals "
    "series world war deal plan project"
)
"""Last words of names of places, events and things."""

NEVER = words(
    "cbe obe mbe gp mvp ceo cfo coo cto cmo cio ceos tv dvd gps dna rna hiv "
    "aids covid ai pm mp mps am vp svp evp gm hr it pr vip faq q&a ipo gdp usb "
    "pdf url id ok dj mc phd mba ma ba ms msc bsc bs bbq diy lgbt lgbtq lgbtq+ "
    "ufo ptsd adhd atm suv suvs api app llm agi gpu cpu ii iii iv vi vii viii "
    "usd gbp eur est gmt pst edt utc mr dr jr cop26 g7 g20 nft nfts pcr ppe rip "
    "xl dc la ny nyc us uk eu uae usa nsw"
)
"""Words in capitals that name no organisation by themselves."""

_ACRONYM = range(2, 7)


def acronym(text: str) -> bool:
    """Whether *text* is written like BBC or OpenAI: capitals within a word."""
    low = text.lower()
    if low in NEVER or low.rstrip("s") in NEVER or common(low) or not text[0].isupper():
        return False
    letters = text.replace("&", "")
    if letters.isalpha() and letters.isupper():
        return len(letters) in _ACRONYM
    return text.isalnum() and any(c.isupper() for c in text[2:]) and not _scots(text)


def _scots(text: str) -> bool:
    """Whether the capital within is a surname's: McGrew, MacDonald, DeSantis."""
    return text.startswith(
        ("Mc", "Mac", "De", "Di", "Du", "Le", "La", "Van", "Fitz", "O'")
    )


def without_legal(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return *words* (compared forms) without legal tails, and "&" before them."""
    while len(words) > 1 and (words[-1] in LEGAL or words[-1] in {"&", "and", ","}):
        words = words[:-1]
    return words


@cache
def known_names() -> frozenset[str]:
    """Return the names that stand for an organisation by themselves."""
    path = resources.files("rules").joinpath("data", "organizations.txt")
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and line[:1] != "#")


@cache
def known() -> Phrases[str]:
    """Return the organisations known by name, by their tokens."""
    names = known_names()
    return Phrases((tuple(t.text for t in tokenize(name)), name) for name in names)
