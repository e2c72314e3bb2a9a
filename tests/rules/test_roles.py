from __future__ import annotations

import pytest

from rules.document import Part, RoleRef
from rules.language.sentences import Stretch
from rules.model import Capacity
from rules.spans.draft import Draft
from rules.spans.role_spans import place_roles
from rules.spans.roles import leads, role_key, understand


def roles(text: str) -> list[tuple[str, RoleRef]]:
    draft = Draft.of(text, Stretch(Part.BODY, 0, len(text), 0))
    place_roles(draft)
    found = [(draft.text(s.first, s.last), s.ref) for s in draft.spans()]
    return [(words, ref) for words, ref in found if isinstance(ref, RoleRef)]


def keys(text: str) -> list[str]:
    return [ref.key for _, ref in roles(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CEO", "chief executive officer"),
        ("finance chief", "chief financial officer"),
        ("chairwoman", "chair"),
        ("vice-chair", "deputy chairman"),
        ("minister of finance", "finance minister"),
        ("minister for foreign affairs", "foreign minister"),
        ("secretary of state for health", "health secretary"),
        ("VP of Research", "research vice president"),
        ("senior vice president, sales", "vice president of sales"),
        ("chief of police", "police chief"),
        ("head coach", "coach"),
        ("editor-in-chief", "top editor"),
        ("leader", "boss"),
        ("people chief", "chief people officer"),
        ("top lawyer", "general counsel"),
        ("legal chief", "general counsel"),
        ("vice president-finance", "VP, Finance"),
        ("non-executive director", "board member"),
        ("member of the board", "trustee"),
    ],
)
def test_wordings_of_one_post_have_one_key(one: str, other: str) -> None:
    assert role_key(one) == role_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("finance minister", "health minister"),
        ("vice president of research", "vice president of sales"),
        ("president", "vice president"),
        ("head", "deputy head"),
        ("coach", "assistant coach"),
        ("chancellor", "vice-chancellor"),
        ("chair", "vice chair"),
        ("director", "board member"),
        ("managing director", "board member"),
        ("film director", "director"),
    ],
)
def test_different_posts_have_different_keys(one: str, other: str) -> None:
    assert role_key(one) != role_key(other)


def test_two_posts_joined_are_two_spans() -> None:
    assert keys("She is chairman, president and chief executive of Halden.") == [
        "chair",
        "president",
        "ceo",
    ]


@pytest.mark.parametrize(
    ("text", "capacity"),
    [
        ("its interim chief executive", Capacity.INTERIM),
        ("the acting head of sales", Capacity.ACTING),
        ("a caretaker manager", Capacity.INTERIM),
        ("co-CEO Tom Hale", Capacity.CO),
        ("the joint managing director", Capacity.CO),
        ("the deputy governor", Capacity.DEPUTY),
        ("the president-elect", Capacity.DESIGNATE),
        ("chief executive designate", Capacity.DESIGNATE),
    ],
)
def test_the_capacity_is_read_off_the_words_before(
    text: str, capacity: Capacity
) -> None:
    ((_, ref),) = roles(text)
    assert ref.capacity is capacity


def test_a_shared_post_has_no_seat_count() -> None:
    assert roles("co-head of sales")[0][1].seats is None
    assert roles("the head of sales")[0][1].seats == 1


def test_former_and_new_are_told_and_belong_to_the_span() -> None:
    (former, one), (new, other) = roles(
        "former chairman Al Wick met the new chief executive."
    )
    assert (former, one.former, one.incoming) == ("former chairman", True, False)
    assert (new, other.former, other.incoming) == ("new chief executive", False, True)


def test_former_qualifies_both_of_two_posts() -> None:
    assert [ref.former for _, ref in roles("former chairman and chief executive")] == [
        True,
        True,
    ]


def test_a_made_up_chief_officer_is_a_post_of_its_own() -> None:
    assert keys("its chief people and culture officer") == [
        "chief people and culture officer"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "She leads the league.",
        "He heads for Oslo.",
        "A ball hit him in the head.",
        "She shook her head slowly.",
        "The lead pipe burst.",
        "They will lead the gala.",
        "He will chair Ridge.",
        "He co-leads the team.",
        "General Motors sold cars.",
        "That is the principal reason.",
        "The court will judge them.",
        "Premier League clubs met.",
        "Talia Dean sang.",
    ],
)
def test_verbs_bodies_and_adjectives_are_no_posts(text: str) -> None:
    assert keys(text) == []


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("The police chief said so.", "police chief"),
        ("the ex-finance chief", "cfo"),
        ("The deputy assistant commissioner spoke.", "deputy assistant commissioner"),
        ("Fired justice minister speaks.", "justice minister"),
        ("the head of post-training", "head"),
        ("its post-training lead", "head"),
        ("the children's commissioner", "children commissioner"),
        ("Two directors resigned.", "director"),
    ],
)
def test_posts_in_plain_sentences_are_found(text: str, key: str) -> None:
    assert keys(text) == [key]


def test_researchers_and_founders_hold_no_post() -> None:
    silent = ("researcher", "engineer", "analyst", "spokesman", "adviser", "founder")
    assert not any(leads(key) for key in silent)
    assert leads("ceo")
    assert leads("deputy head")
    assert leads("chief people officer")


def test_a_label_that_is_no_role_is_its_own_key() -> None:
    assert role_key("Keeper of  the Seal") == "keeper of the seal"
    assert understand("Keeper of the Seal") is None


@pytest.mark.parametrize(
    "text",
    [
        "Ana Prieto joins the board.",
        "She was named to its board of directors.",
        "He has resigned from the bank's board.",
        "The two will leave the board in May.",
        "Halden appointed Ana Prieto and Tom Hale to its 12-member board.",
        "She took a seat on the Halden board.",
        "He was voted off the board of trustees.",
        "Roe Joins Halden Board",
        "Halden elected Ana Prieto a director.",
        "She became a director of this tile maker.",
        "They elected two directors.",
        "He is a director of Halden.",
    ],
)
def test_who_joins_leaves_or_sits_on_a_board_is_a_member_of_it(text: str) -> None:
    ((_, ref),) = roles(text)
    assert (ref.key, ref.seats) == ("board member", None)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The board met on Monday.", []),
        ("She got on board.", []),
        ("He was called to a board meeting.", []),
        ("They left the board's offices.", []),
        ("She went to the board with a plan.", []),
        ("He was named to the National Tile Board.", []),
        ("The museum's director resigned.", ["director"]),
        ("She was named director of marketing.", ["director marketing"]),
        ("Tom Hale, a director at Halden, left.", ["director"]),
        ("The managing director left.", ["managing director"]),
    ],
)
def test_other_boards_and_directors_are_no_seats(text: str, found: list[str]) -> None:
    assert keys(text) == found


def test_a_post_soon_given_up_is_told() -> None:
    for text in ("the outgoing chief executive", "departing chairman Al Wick"):
        ((_, ref),) = roles(text)
        assert ref.outgoing
        assert not ref.former
    assert not roles("the chief executive")[0][1].outgoing


def test_outgoing_qualifies_both_of_two_posts() -> None:
    found = roles("outgoing president and chief executive")
    assert [ref.outgoing for _, ref in found] == [True, True]


@pytest.mark.parametrize(
    ("text", "seats"),
    [
        ("The club's general manager left.", 1),
        ("The league's commissioner left.", 1),
        ("The agency's administrator left.", 1),
        ("The police commissioner left.", 1),
        ("The chief prosecutor left.", 1),
        ("A county commissioner left.", None),
        ("A prosecutor left.", None),
    ],
)
def test_who_heads_an_organisation_sits_alone(text: str, seats: int | None) -> None:
    assert [ref.seats for _, ref in roles(text)] == [seats]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("its president/CEO", ["president", "ceo"]),
        ("vice president-sales and marketing", ["vice president sales and marketing"]),
        ("the president-elect", ["president"]),
        ("the secretary-general", ["secretary general"]),
    ],
)
def test_titles_joined_by_marks_are_read(text: str, found: list[str]) -> None:
    assert keys(text) == found
