"""Filings with the SEC: what they are about stands in the summary, who in the text."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

import pytest

from watcher.articles import filing
from watcher.config.load import load
from watcher.errors import ConfigError, FeedError
from watcher.feeds import parse

OFFICERS = (
    "Item 5.02: Departure of Directors or Certain Officers; Election of Directors; "
    "Appointment of Certain Officers: Compensatory Arrangements of Certain Officers"
)
EXHIBITS = "Item 9.01: Financial Statements and Exhibits"
AT = "2025-03-10T12:00:00Z"
WATCH = """
[[organizations]]
name = "Halden Mills"
[[tenures]]
organization = "Halden Mills"
role = "chief financial officer"
person = "Tom Hale"
since = "2019"
"""
FILING = """<SEC-DOCUMENT>0001234567-25-000012.txt : 20250309
<SEC-HEADER>0001234567-25-000012.hdr.sgml : 20250309
CONFORMED SUBMISSION TYPE:	8-K
ITEM INFORMATION:		Departure of Directors or Certain Officers
</SEC-HEADER>
<DOCUMENT>
<TYPE>8-K
<SEQUENCE>1
<FILENAME>hm-20250306.htm
<TEXT>
<html><head><title>hm-20250306</title></head><body>
<p>HALDEN MILLS, INC.</p>
<p>Item&#160;5.02</p><p>Item 9.01</p>
<table><tr><td>Item&#160;5.02</td><td>Departure of Directors or Certain Officers.</td>
</tr></table>
<p>On March 6, 2025, Tom Hale notified the Board of Directors of Halden Mills, Inc.
(the &#8220;Company&#8221;) of his decision to resign as Chief Financial Officer of the
Company, effective March 8, 2025.</p>
<p>On March 7, 2025, the Board of Halden Mills appointed Ana Reyes, age 48, as Chief
Financial Officer of the Company.</p>
<p>Item 9.01 Financial Statements and Exhibits.</p>
<p>SIGNATURES</p><p>Cleo Marsh, General Counsel</p></body></html>
</TEXT>
</DOCUMENT>
<DOCUMENT>
<TYPE>EX-99.1
<TEXT><html><p>Item 5.02 of nothing: Dan Ode was appointed.</p></html></TEXT>
</DOCUMENT>
"""


def entry(number: str, *items: str, base: str = "https://edgar.example", **more: str):
    """One entry in the form of EDGAR's list of latest filings; all of it invented."""
    company = more.get("company", "1234567")
    folder = f"{base}/Archives/edgar/data/{company}/{number.replace('-', '')}"
    lines = [f"<b>Filed:</b> 2025-03-09 <b>AccNo:</b> {number} <b>Size:</b> 210 KB"]
    title = more.get("title", "8-K - HALDEN MILLS INC (0001234567) (Filer)")
    return (
        f"<entry><title>{title}</title>"
        f'<link rel="alternate" type="text/html" href="{folder}/{number}-index.htm"/>'
        f'<summary type="html">{escape("<br>".join([*lines, *items]))}</summary>'
        "<updated>2025-03-09T17:05:11-04:00</updated>"
        '<category scheme="https://edgar.example/" label="form type" term="8-K"/>'
        f"<id>urn:tag:sec.gov,2008:accession-number={number}</id></entry>"
    )


def atom(*entries: str, company: str = "") -> str:
    known = f"<company-info><conformed-name>{company}</conformed-name></company-info>"
    return (
        '<?xml version="1.0" encoding="ISO-8859-1" ?>'
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Latest Filings</title>'
        f"{known if company else ''}{''.join(entries)}</feed>"
    )


def parsed(text: str) -> Any:
    return parse(
        text.encode(), "application/atom+xml", "https://edgar.example", "edgar"
    )


def test_a_filing_is_about_officers_by_its_summary_and_never_by_its_title() -> None:
    loud = entry("0001234567-25-000013", EXHIBITS, title="8-K Item 5.02 - LOUD INC")
    feed = parsed(atom(entry("0001234567-25-000012", OFFICERS, EXHIBITS), loud))
    (item,) = feed.items
    assert item.identity == "edgar:0001234567-25-000012"
    assert OFFICERS in item.text
    assert [one.title for one in feed.passed] == ["8-K Item 5.02 - LOUD INC"]


def test_a_filing_listed_for_two_companies_is_one() -> None:
    number = "0001234567-25-000012"
    feed = parsed(atom(entry(number, OFFICERS), entry(number, OFFICERS, company="77")))
    assert len(feed.items) == 1


def test_a_companys_own_list_names_the_company_once_at_its_head() -> None:
    bare = entry("0001234567-25-000012", OFFICERS, title="8-K  - Current report")
    (item,) = parsed(atom(bare, company="HALDEN MILLS INC")).items
    assert item.title == "HALDEN MILLS INC: 8-K - Current report"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('<rss version="2.0"><channel/></rss>', "not Atom"),
        ("<feed", "not Atom"),
        (atom("<entry><title>News</title><id>tag:1</id></entry>"), "not EDGAR's"),
        ('<!DOCTYPE a [<!ENTITY b "c">]>' + atom(), "a document type"),
    ],
)
def test_what_is_not_edgars_is_refused_by_name(text: str, reason: str) -> None:
    with pytest.raises(FeedError, match=reason):
        parsed(text)


def test_the_statement_is_what_stands_under_the_item_in_the_report_itself() -> None:
    said = filing.statement(FILING.encode())
    assert "Tom Hale notified the Board" in said
    assert "Ana Reyes, age 48" in said
    for other in ("Exhibits", "General Counsel", "Dan Ode", "SUBMISSION"):
        assert other not in said


@pytest.mark.parametrize("body", [b"", b"\xff\x00", b"<TYPE>8-K\n<TEXT>", b"Item 5.02"])
def test_what_is_no_filing_states_nothing(body: bytes) -> None:
    assert filing.statement(body) == ""


def test_the_text_of_a_filing_lies_beside_its_index() -> None:
    place = "https://edgar.example/a/0001-25-2"
    assert filing.address(f"{place}-index.htm") == f"{place}.txt"


def test_a_filing_is_followed_to_its_text_and_told_as_confirmed(newsroom: Any) -> None:
    base, number = newsroom.server.url_for(""), "0001234567-25-000012"
    newsroom.configure("/edgar", 'kind = "edgar"', WATCH)
    newsroom.serve("/edgar", atom(entry(number, OFFICERS, base=base)), "text/xml")
    newsroom.serve("/robots.txt", "", "text/plain")
    place = "/Archives/edgar/data/1234567/000123456725000012"
    newsroom.serve(f"{place}/{number}.txt", FILING, "text/plain")
    newsroom.poll(AT)
    (change,) = newsroom.data("log")
    assert (change["before"], change["after"]) == (["Tom Hale"], ["Ana Reyes"])
    assert change["belief"] == "confirmed"
    assert any("decision to resign" in quote["text"] for quote in change["quotes"])
    newsroom.poll(AT)
    assert len(newsroom.told()) == 1


def test_a_feed_of_filings_needs_an_address_to_write_to(tmp_path: Path) -> None:
    text = '[[feeds]]\nurl = "https://edgar.example/x"\nkind = "edgar"\n'
    file = tmp_path / "watcher.toml"
    file.write_text(text)
    with pytest.raises(ConfigError, match=r":3: feeds\[0\].kind: EDGAR asks for your"):
        load(file, {})
    file.write_text(f'{text}[network]\ncontact = "Desk desk@paper.example"\n')
    assert load(file, {}).feeds[0].source == "regulator"
