"""The words by which ``occasions`` tells an act of speaking from other things that have a day."""

from __future__ import annotations

import re

# Nouns for gatherings and utterances: their date is the date of the words spoken there.
OCCASIONS = frozenset(
    "call conversation talk talks telephone phone meeting briefing conference interview speech address statement"
    " summit negotiation session forum visit debate hearing testimony remark comment article essay letter message"
    " telegram post tweet readout communique reception ceremony dinner lunch toast lecture event congress dialogue"
    " consultation discussion appearance broadcast video news press report editorial commentary document"
    " declaration stop trip tour webinar panel podcast question evening morning afternoon night day part side"
    " sideline margin opening end eve exchange gathering book autobiography memoir column op-ed paper parade"
    " text gala banquet luncheon roundtable plenary seminar symposium rally signing"
    " reading response reaction reply answer announcement presser".split()
)
# Nouns for those spoken to, which a parser likes to hang a date on: "told reporters on Wednesday".
AUDIENCE = frozenset(
    "reporter journalist newsman newspaper agency media press lawmaker deputy parliament senator audience student"
    " counterpart minister president leader official diplomat ambassador secretary spokesman spokeswoman"
    " spokesperson delegation delegate colleague correspondent outlet channel television tv radio magazine committee"
    " council assembly capital city university premier chancellor king chief envoy representative guest member crowd"
    " public nation word".split()
)
# Verbs of speaking and of coming together.
SPEAKING = frozenset(
    "say tell speak talk state add note stress emphasize emphasise underline underscore warn claim declare"
    " announce insist reiterate reaffirm affirm comment remark respond reply answer write post tweet publish"
    " release issue quote meet call phone telephone hold host brief address attend visit receive greet welcome"
    " testify appear deliver give interview ask sign agree discuss exchange express urge pledge vow describe"
    " accuse praise criticize criticise denounce condemn deny confirm report explain argue point mark charge"
    " assure acknowledge inform congratulate send read open conclude stop wrap arrive travel chair co-chair gather"
    " put reject dismiss defend support promise thank invite offer propose suggest".split()
)
# What is talked about and has a day of its own: "condemned the attacks in New York on September 11".
HAPPENINGS = frozenset(
    "attack invasion war inauguration election treaty agreement deal coup referendum strike annexation bombing crash"
    " incident explosion earthquake massacre shooting anniversary outbreak killing assassination revolution".split()
)
ISSUED = frozenset(
    "date release issue publish print post make give deliver carry broadcast air hold sign record send tape film"
    " upload televise write circulate submit".split()
)
# What else has a day of its own; its parts of speech alone do not tell it from a person or a place.
EVENTS = frozenset(
    "vote raid march victory fall launch death coup drill exercise protest arrest visit arrival departure return start"
    " end collapse opening closure flight test trial defeat strike sale purchase award".split()
)
EVENT_ENDING = re.compile(r"(?:[ts]ion|ment|ing|ence|ance|ure|ism|sal|val)s?$")
# What precedes something that is talked about, and not when: "was briefed on the talks held on 5 July".
ON_A_TOPIC = frozenset("about on of over regarding concerning for".split())
# What is planned: "due to meet on Wednesday".
PLANNING = frozenset(
    "be due set expect plan schedule hope want intend prepare agree invite ready likely slate decide wish seek".split()
)
INFORMS = frozenset("inform brief remind notify update tell learn comment".split())
COMMENTS = frozenset("brief update comment".split())  # with "on" what they are about
UTTERS = frozenset("speak talk address brief write testify deliver tell call phone say".split())
NOT_SPOKEN_THEN = re.compile(
    r"\b(?:since|until|till|by|before|from|through|between|due|scheduled|slated|planned|expected"
    r"|anniversary|deadline|prior to|ahead of|no later than|as of|starting|beginning|effective|marks?|marking"
    r"|following|will|would|to be held)"
    r"\s+(?:(?:for|on|in|of|the|take place|be|held)\s+){0,3}$",
    re.IGNORECASE,
)
# The day of a print and not of the words: "which a newspaper reprinted online on 3 May", "on 3 May an account was out".
PRINTED_BEFORE = re.compile(
    r"\b(?:re-?printed|republished|excerpted|syndicated|appeared|came out|(?:was|were) (?:out|reported))"
    r"\s+(?:online\s+|there\s+|in print\s+)?(?:(?:only|first)\s+)?(?:(?:on|in|the)\s+){0,2}$",
    re.IGNORECASE,
)
PRINTED_AFTER = re.compile(
    r"^,?\s+(?:(?:it|this) was reported\b|(?:(?:the|an?|its|their|his|her)\s[^,.;:\n]{0,60}?\b)?"
    r"(?:account|report|text|translation|version|summary|transcript|excerpts?) (?:was|were|came) out\b)",
    re.IGNORECASE,
)
OWN_CLAUSE = frozenset({"relcl", "acl"})
