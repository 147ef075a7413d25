"""Words of speaking and writing, by what they take beside them.

Compiled for this project from general English usage; lemmas in lower case.
"""

from __future__ import annotations

# Take a clause or a quotation: "said that …", "…," she noted.
SAYING = frozenset(
    """
    say tell write add note state declare explain argue claim assert insist contend maintain allege
    acknowledge admit concede confess reveal disclose announce report confirm affirm reaffirm reiterate
    repeat stress emphasize emphasise underline underscore highlight observe remark comment mention
    reply respond answer retort counter rejoin warn caution predict forecast suggest recommend propose
    urge ask inquire enquire wonder question demand request tweet retweet post blog email message text
    recall recount relate narrate remember joke quip gripe complain grumble lament bemoan deplore regret
    boast brag crow gloat gush marvel muse ponder reflect opine conclude summarise summarize
    proclaim pronounce profess preach promise pledge vow swear assure reassure guarantee promise threaten
    deny refute dispute rebut reject agree disagree concur object protest interject interrupt
    exclaim shout yell scream cry whisper mutter murmur mumble growl snap snarl bark bellow roar thunder
    fume rail sneer scoff chuckle laugh sigh groan moan plead implore beg appeal beseech
    advise remind inform notify brief testify attest certify vouch elaborate clarify specify
    signal indicate imply hint intimate insinuate posit hypothesize hypothesise speculate estimate reckon
    point chime quote cite describe characterize characterise
    echo hail tout mock blast slam tease taunt chide scold lecture instruct counsel
    broadcast publish communicate convey relay voice utter articulate verbalize
    concede contest decree order rule promise propose pen scribble type volunteer venture
    charge telegraph decry denounce condemn criticize criticise praise applaud laud commend thank
    """.split()
)

# Take a clause only now and then; with a person or a document as subject they report it.
SHOWING = frozenset({"show", "find", "indicate", "suggest", "reveal", "conclude", "estimate", "detail", "outline"})

# Their object or infinitive is what was said: "promised to stay", "refused to answer".
INTENDING = frozenset(
    """
    promise pledge vow swear threaten offer refuse decline agree propose volunteer ask demand request
    claim profess beg plead
    """.split()
)

# Someone is told to do something: "urged Congress to act", "called on her to resign".
DIRECTING = frozenset(
    """
    urge ask tell order instruct direct advise warn remind beg implore plead exhort
    request command counsel recommend call appeal caution
    """.split()
)

# The noun phrase after them is what was said, or sums it up: "criticised the plan".
JUDGING = frozenset(
    """
    announce denounce condemn criticize criticise praise reject dismiss defend endorse propose deny
    acknowledge describe question mock blast slam attack assail decry deplore lament tout hail applaud
    laud commend cite mention discuss blame accuse reaffirm affirm reiterate stress emphasize emphasise
    underline underscore highlight confirm claim declare predict suggest recommend demand request
    promise pledge explain express voice outline detail recount recall quote echo ridicule lambast
    lambaste castigate rebuke scold chide thank congratulate dispute refute
    address bash rip repeat report note warn threaten state stipulate admit concede
    admonish berate chastise deride disavow disparage excoriate extol label lament malign pan
    recommend reprimand salute skewer tweet vilify vow urge advocate disclose reveal
    """.split()
)

# Name someone or something: "called it a disgrace", "described him as an ally".
NAMING = frozenset(
    """
    call label brand dub term describe portray characterize characterise depict deem denounce hail
    dismiss declare pronounce paint cast cite praise mock deride
    """.split()
)

# What follows the preposition is what was said; True keeps the preposition with it.
WITH_PREPOSITION: dict[str, dict[str, bool]] = {
    "call": {"for": False},
    "refer": {"to": False},
    "speak": {"about": False, "of": False, "against": False},
    "talk": {"about": False, "of": False},
    "warn": {"of": False, "about": False, "against": False},
    "boast": {"of": False, "about": False},
    "brag": {"of": False, "about": False},
    "complain": {"of": False, "about": False},
    "joke": {"about": False},
    "rail": {"against": False},
    "allude": {"to": False},
    "appeal": {"for": False},
    "ask": {"for": False},
    "argue": {"for": False, "against": False},
    "plead": {"for": False},
    "lash": {"at": False},
    "inquire": {"about": False},
    "point": {"to": False},
    "insist": {"on": False},
    "hint": {"at": False},
    "object": {"to": False},
    "testify": {"about": False},
    "vouch": {"for": False},
    "apologize": {"for": False},
    "apologise": {"for": False},
    "write": {"about": False, "of": False},
    "remark": {"on": False, "about": False},
    "rant": {"about": False},
    "gripe": {"about": False},
}

# "accused him of lying", "blamed them for the delay", "praised her for her courage": the whole of it.
WITH_OBJECT_AND_PREPOSITION: dict[str, frozenset[str]] = {
    "accuse": frozenset({"of"}),
    "blame": frozenset({"for", "on"}),
    "criticize": frozenset({"for", "as"}),
    "criticise": frozenset({"for", "as"}),
    "praise": frozenset({"for", "as"}),
    "thank": frozenset({"for"}),
    "congratulate": frozenset({"on", "for"}),
    "denounce": frozenset({"as", "for"}),
    "condemn": frozenset({"as", "for"}),
    "attack": frozenset({"for", "as", "over"}),
    "mock": frozenset({"for", "as"}),
    "slam": frozenset({"for", "as", "over"}),
    "blast": frozenset({"for", "as", "over"}),
    "dismiss": frozenset({"as"}),
    "describe": frozenset({"as"}),
    "portray": frozenset({"as"}),
    "characterize": frozenset({"as"}),
    "characterise": frozenset({"as"}),
    "depict": frozenset({"as"}),
    "cite": frozenset({"as"}),
    "hail": frozenset({"as"}),
    "warn": frozenset({"of", "about", "against"}),
    "assure": frozenset({"of"}),
    "inform": frozenset({"of", "about"}),
    "refer": frozenset({"as"}),
    "defend": frozenset({"as", "against"}),
    "tell": frozenset({"about", "of"}),
    "chide": frozenset({"for"}),
    "scold": frozenset({"for"}),
    "label": frozenset({"as"}),
}

# The plainest verbs of speaking: what they stand beside is speech even where the parse is wrong.
PLAIN = frozenset("say add note tell write explain argue warn claim insist state declare stress report recall".split())

# Verbs whose "that" may stand some words off: "told Li in a call that …".
ADDRESSING = PLAIN | frozenset(
    "tell assure inform remind reassure promise repeat reiterate emphasize emphasise".split()
)

# Reports, counts and inquiries say what they show.
FINDINGS = frozenset(
    """
    poll survey study research datum data figure analysis audit investigation inquiry census estimate review
    filing record
    """.split()
)

# Nouns whose clause is what was said: "remarks that …", "a promise to …", "his claim that …".
NOUNS = frozenset(
    """
    accusation acknowledgment acknowledgement admission allegation announcement answer appeal argument
    assertion assessment assurance belief boast call claim comment commitment complaint concession
    conclusion confession confirmation contention criticism declaration demand denial description
    disclosure explanation forecast guarantee hint insistence insinuation invitation judgement judgment
    message note notice objection observation offer opinion order plea pledge prediction promise
    pronouncement proposal proposition question reassurance recommendation refusal remark reminder reply
    report request response retort revelation rumor rumour sentiment statement story suggestion suspicion
    testimony threat tweet verdict view vow warning word
    """.split()
)

# "according to", "in the words of", "in his view" open what somebody said.
VIEW_NOUNS = frozenset(
    {"word", "view", "opinion", "telling", "account", "estimation", "judgment", "judgement", "eye", "phrase", "verdict"}
)

# What one thinks aloud: "hoped that …", "did not believe that …"; spaCy takes "hoped" for a form of "hop".
THINKING = frozenset({"hope", "hop", "think", "believe", "expect", "doubt", "trust", "fear"})
CONVINCED = frozenset({"confident", "convinced", "certain", "sure", "hopeful", "optimistic", "adamant", "clear"})

# Lead to somebody's words only where those stand in marks: "saw in it “a model …”", "named “three ways …”".
VIEWING = frozenset(
    {"see", "name", "find", "consider", "regard", "introduce", "hold", "dwell", "undertake", "think", "render", "view"}
)

# Say who speaks only between commas: "trade, he went on, …".
ASIDE = frozenset({"go", "hold", "think", "believe", "expect", "allow", "count", "charge", "hope", "feel", "judge"})

# What somebody between commas is taken to say, even where the words before name a time or a reason.
PLAIN_ASIDE = frozenset(
    """
    say tell write add note state declare explain argue claim insist contend maintain acknowledge admit announce report
    confirm reiterate repeat stress emphasize emphasise underline observe remark reply answer retort counter warn
    caution conclude recall go
    """.split()
)
# The verbs of asides: those, and what is said of one's mind or as a judgement.
IN_ASIDE = (
    PLAIN_ASIDE
    | ASIDE
    | frozenset(
        """
        assert allege concede reveal disclose affirm reaffirm underscore comment predict suggest point
        promise vow assure ask joke quip complain lament charge proclaim believe think expect hope
        """.split()
    )
)

# A document or a broadcast relays what somebody says in it.
CARRIERS = frozenset(
    """
    statement report article readout release communique communiqué transcript interview post tweet letter
    memo email note column editorial commentary message announcement paper newspaper agency story dispatch
    account document op-ed blog
    """.split()
)
# What "reads" a title is no speaker: "…,” reads the headline".
TITLED = frozenset({"headline", "title", "subtitle", "caption", "banner", "subhead", "heading", "slogan"})
# Before a colon they open a page's furniture, nobody's words: "Advertisement: “…”", "Most shared: “…”".
LABELS = frozenset(
    """
    ad ads advert advertisement column opinion shared read related also see photo photos picture video watch listen
    headline headlines tags more promo podcast gallery
    """.split()
)
OUTLET_NAMES = frozenset(
    """
    AFP ANI AP Agence Agency Al-Jazeera Axios BBC Bloomberg Breitbart Broadcasting CBS CCTV CGTN CNBC CNN
    Caixin Chronicle
    DPA Daily Dispatch EFE Economist Examiner Express Forbes Fox Gazette Globe Guardian Herald IANS Independent
    Interfax Izvestia Journal Kommersant Kyodo Magazine Mail Meduza Mirror Monitor NBC NHK NPR News Newsweek Novosti
    Observer PBS PTI Politico POLITICO Post Press RBC RFE/RL RIA RT Register Reuters Review SCMP Sohu Spiegel Sputnik
    Standard Star Sun TASS Tass Telegraph Television Times Today Tribune TV UPI Vedomosti VOA Weekly Xinhua Yonhap
    """.split()
)
ISSUING = frozenset({"issue", "release", "put", "publish", "post", "send", "write", "make", "give", "deliver", "add"})

# May stand between a quotation and its speaker without a subject of their own: "…," began the letter.
BARE_FRAME = frozenset({"go", "begin", "continue", "start", "end", "finish", "conclude", "offer", "read"})

VERBS = (
    SAYING
    | SHOWING
    | INTENDING
    | DIRECTING
    | JUDGING
    | NAMING
    | set(WITH_PREPOSITION)
    | set(WITH_OBJECT_AND_PREPOSITION)
    | THINKING
    | VIEWING
)

# What follows the preposition is what the noun of speaking is about: "criticism of the plan".
ABOUT: dict[str, frozenset[str]] = {
    "accusation": frozenset({"of"}),
    "allegation": frozenset({"of", "against"}),
    "claim": frozenset({"of", "about"}),
    "comment": frozenset({"about", "on"}),
    "criticism": frozenset({"of", "for", "about", "over"}),
    "demand": frozenset({"for"}),
    "mention": frozenset({"of"}),
    "note": frozenset({"about"}),
    "praise": frozenset({"for"}),
    "question": frozenset({"about"}),
    "quote": frozenset({"about"}),
    "remark": frozenset({"about", "on"}),
    "report": frozenset({"about", "on"}),
}

# Judge even what is named in one or two words: "endorsed Li", "criticised him".
JUDGING_ANYTHING = frozenset(
    """
    endorse attack announce criticize criticise reject confirm condemn echo cite deny bash denounce mock lament
    """.split()
)
