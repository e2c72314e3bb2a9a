"""The words that make a change denied, hypothetical, rumoured or planned."""

from __future__ import annotations

from rules.language.words import words

DENIES = words(
    "denied denies deny denying dismissed dismisses dismiss rejected rejects reject "
    "refuted refutes rebuffed ruled rules quashed scotched false untrue nor "
    "refuses refused refusing without never"
)
NEGATIVE_GOVERNORS = words(
    "refuses refused declined declines unlikely unwilling unable failed fails "
    "reluctant refusing"
)
IF = words("if unless whether should until before till once")
MODAL = words("could may might should must can couldn't shouldn't 'd cannot")
HYPOTHETICAL_GOVERNORS = words(
    "wants want wanted hopes hope hoped urged asked called threatened offered offers "
    "offer seeking seeks sought trying tries tried bid attempt effort proposed "
    "proposes pressure calls request demand right power willing able wishes needs "
    "need needed has have had ready considering considered option invited "
    "pushed pushing demanded told vote supposed time reason"
)
WISHES = words(
    "calls call calling demand demands demanded demanding urge urges urged "
    "urging want wants wanted seek seeks push petition plea threat threatens "
    "threatened risk prospect possibility possible bid attempt attempts attempted "
    "motion fears fear hope hopes hoping should would could why how consider "
    "considers considering potential eventual future speculation option options "
    "debate wonder question questions discuss discusses unless plot plots plotting "
    "wish wishes effort efforts campaign suggests suggested suggestion proposed "
    "likelihood chance chances whether danger verge brink idea allowing alternate "
    "imaginary hypothetical scenario"
)
RUMOUR_GOVERNORS = words(
    "expected likely tipped poised believed thought understood said reported rumoured "
    "rumored considering considered contender candidate front-runner favourite "
    "favorite lined close preparing supposed bound"
)
RUMOURS = words(
    "reportedly rumoured rumored rumours rumors rumour rumor speculation allegedly "
    "apparently possibly perhaps probably maybe presumed mooted touted"
)
"""Words that make all of their clause a rumour."""

GOSSIP = words("speculation rumours rumors gossip")
"""Words that make a rumour of all that follows them in their sentence."""

TALKS = words(
    "tipped linked contender contenders candidate candidates shortlist frontrunner "
    "front-runner favourite favorite mulling mulls weighs weigh weighing talks "
    "considering considers likely expected eyed understood poised successors "
    "candidacy odds bookmakers"
)
"""Words that make a rumour of what follows them in their clause."""

THINKS = words(
    "believes believed expects expected thinks thought hopes hinted fears feared "
    "understands understood suggests suggested rumoured reports claims claimed"
)
UNNAMED = words("sources source people person insiders insider report reports media")
DOUBTS = words(
    "sources source report reports rumour rumours rumor paper papers gossip linked "
    "bookies analysts opinion comment critics transfer speculation if "
    "quiz satire"
)
PLANS = words(
    "will 'll shall set due agreed scheduled about plans plan planned planning intends "
    "intend intended decided decides decision slated chosen picked selected elected "
    "named appointed tapped hired ordered decides opted opts vowed agree agrees move "
    "choice deal promised promises pledged signed votes going won't "
    "announced announces approved nominated confirmed drafted recruited"
)
REPORTING = words(
    "announcement said says say announced announces confirmed confirms revealed "
    "reveals wrote told tells added insisted declared stated admitted disclosed "
    "posted tweeted explained warned knows shows learned learnt"
)
OLD = words(
    "after since following while when because although though once amid despite"
)
ANNOUNCES = words(
    "approved approves ratified informed told notified announced announces announce "
    "confirmed confirms confirm "
    "revealed reveals "
    "tendered submitted accepted accepts accept"
)
OLD_WORDS = OLD - {"while", "when", "as"} | {"previously", "once", "earlier"}
