"""English verb forms: what a trigger's lemma looks like in a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from rules.language.words import AUXILIARIES, SAYS, words


class Form(StrEnum):
    """The form that a verb takes."""

    BASE = "base"
    THIRD = "third"
    PAST = "past"
    PARTICIPLE = "participle"
    GERUND = "gerund"


_IRREGULAR = {
    "leave": ("left", "left"),
    "take": ("took", "taken"),
    "retake": ("retook", "retaken"),
    "quit": ("quit", "quit"),
    "run": ("ran", "run"),
    "become": ("became", "become"),
    "give": ("gave", "given"),
    "go": ("went", "gone"),
    "hold": ("held", "held"),
    "lead": ("led", "led"),
    "co-lead": ("co-led", "co-led"),
    "withdraw": ("withdrew", "withdrawn"),
    "oversee": ("oversaw", "overseen"),
    "choose": ("chose", "chosen"),
    "put": ("put", "put"),
    "stand": ("stood", "stood"),
    "let": ("let", "let"),
    "lose": ("lost", "lost"),
    "find": ("found", "found"),
    "make": ("made", "made"),
    "say": ("said", "said"),
    "come": ("came", "come"),
    "get": ("got", "got"),
    "swear": ("swore", "sworn"),
    "win": ("won", "won"),
    "throw": ("threw", "thrown"),
    "fall": ("fell", "fallen"),
    "begin": ("began", "begun"),
    "keep": ("kept", "kept"),
    "tell": ("told", "told"),
    "break": ("broke", "broken"),
    "bring": ("brought", "brought"),
    "see": ("saw", "seen"),
    "shed": ("shed", "shed"),
    "show": ("showed", "shown"),
    "beat": ("beat", "beaten"),
    "lay": ("laid", "laid"),
    "cut": ("cut", "cut"),
    "rise": ("rose", "risen"),
    "swing": ("swung", "swung"),
    "hang": ("hung", "hung"),
}
_BE = (
    ("is", Form.THIRD),
    ("are", Form.THIRD),
    ("was", Form.PAST),
    ("were", Form.PAST),
    ("be", Form.BASE),
    ("been", Form.PARTICIPLE),
)
_DOUBLED = words(
    "step tap quit strip drop let put run get swap ship nab bag submit win begin cut"
)
_COMMON_VERBS = words(
    "is are was were be been has have had do does did will would can could may "
    "might must shall should makes made takes took gets got goes went comes came "
    "gives gave finds found thinks thought sees saw wants wanted uses used works "
    "worked calls called tries tried needs needed feels felt becomes became "
    "leaves left means meant keeps kept lets begins began seems shows showed "
    "shown hears heard plays played runs ran moves moved lives lived believes "
    "brings brought happens wrote writes provides sits sat stands stood loses "
    "lost pays paid meets met includes included continues set sets learns learnt "
    "changed changes leads led understands watches follows stops stopped creates "
    "speaks spoke spoken reads allows adds spends spent grows grew opens opened "
    "walks wins won offers offered remembers loves considers appears appeared "
    "buys bought waits serves served dies died sends sent expects builds built "
    "stays stayed falls fell cuts reaches kills remains remained suggests raises "
    "raised passes sells sold requires reports decides pulls broke breaks "
    "faces faced hits rises rose drove drives held holds gained gains won't "
    "hasn't isn't didn't wasn't doesn't handed picks picked turned turns helped "
    "surprised agreed oversaw oversees fails failed steps quits resigns retires put"
    " puts placed"
)


def forms(lemma: str) -> Iterator[tuple[str, Form]]:
    """Yield each form of the verb *lemma* with its name, the likelier ones first."""
    if lemma == "be":
        yield from _BE
        return
    past, participle = _IRREGULAR.get(lemma, (_past(lemma), _past(lemma)))
    yield lemma, Form.BASE
    yield _third(lemma), Form.THIRD
    yield past, Form.PAST
    yield participle, Form.PARTICIPLE
    yield _gerund(lemma), Form.GERUND


def _third(lemma: str) -> str:
    if lemma.endswith(("s", "sh", "ch", "x", "z", "o")):
        return lemma + "es"
    if lemma.endswith("y") and lemma[-2] not in "aeou":
        return lemma[:-1] + "ies"
    return lemma + "s"


def _past(lemma: str) -> str:
    if lemma.endswith("e"):
        return lemma + "d"
    if lemma.endswith("y") and lemma[-2] not in "aeou":
        return lemma[:-1] + "ied"
    return (lemma + lemma[-1] if lemma in _DOUBLED else lemma) + "ed"


def _gerund(lemma: str) -> str:
    if lemma == "die":
        return "dying"
    if lemma.endswith("e") and not lemma.endswith(("ee", "oe")):
        return lemma[:-1] + "ing"
    return (lemma + lemma[-1] if lemma in _DOUBLED else lemma) + "ing"


def verblike(low: str) -> bool:
    """Whether *low* is, or may well be, a finite verb."""
    if low in _COMMON_VERBS or low in AUXILIARIES or low in SAYS:
        return True
    return len(low) > 4 and low.endswith("ed")  # noqa: PLR2004  "led", "need" are known
