"""What pages print around articles: buttons, notices, captions, bylines. Patterns for one line each.

Collected from the layouts of news sites in English; no pattern describes a subject, only a page.
"""

from __future__ import annotations

import re

_NETWORKS = (
    r"facebook|twitter|x|telegram|whats ?app|linkedin|instagram|youtube|wechat|weibo|reddit|pinterest|vk|ok|google"
)
_BUTTON = rf"(?:{_NETWORKS}|share|tweet|e-?mail|print|copy link|save|listen)"
_MESSENGER = r"(?:telegram|whats ?app|youtube|wechat)"

# Openings that no sentence of an article has; what follows does not matter.
_OPENINGS = (
    # other stories
    r"(?:read|see|watch|also read|related|more on this|don[’']t miss|explained|recommended|must read|editor[’']?s?"
    r" (?:pick|choice)s?)(?: (?:also|more|next|stories|articles|story|here|news|coverage|videos?))? ?[:|»>–—]",
    r"read (?:the )?(?:more|full|also|next|original)\b(?!.*[.!?]$)",
    r"(?:story|article|content) continues (?:below|after)\b",
    # newsletters, channels, apps
    r"(?:subscribe|sign up|register) (?:to|for|now|here|today|and)\b"
    r".*\b(?:newsletters?|inbox|updates?|alerts?|news|today|digital|access|e-?mail|account|briefing)\b",
    r"(?:get|receive) (?:the|our|more|all|daily|breaking)\b"
    r".*\b(?:newsletter|inbox|news(?:feed)?|app|alerts?|briefing)\b",
    r"by (?:signing up|subscribing|clicking|submitting|continuing|registering)\b.*\byou\b",
    r"enter your e-?mail|contact (?:the (?:reporter|author|writer)|us|me) (?:at|on|via)\b|have a (?:news |story )?tip",
    r".{0,60}\blet us know in the comments\b",
    r"an? personali[sz]ed news ?feed",
    rf"follow (?:us|me|@|\w+ on (?:{_NETWORKS})\b)",
    r"(?:join|like|find|visit|connect with) us on\b",
    rf"(?:join|read|find|subscribe|more)\b.*\b{_MESSENGER}[- ]?(?:channel|group|community)?\W*$",
    r"share (?:this|on|via)\b(?!.*[.!?]$)",
    r"click (?:here|to|on)\b",
    r"download (?:the|our)\b.*\bapp\b",
    r"if you (?:like|enjoy(?:ed)?) this|support (?:our|independent|quality|local) (?:journalism|work|reporting|news)",
    r"become a (?:member|patron|subscriber)",
    # where it comes from, whose it is
    r"(?:this|the) (?:article|story|report|piece|text|post) (?:has been |was )?(?:first |originally )?"
    r"(?:appeared|published|produced|syndicated|updated|corrected|reprinted)\b",
    r"(?:original(?:ly)?|first published|republished|source)"
    r"(?: (?:source|article|text|link|published|here|at|by|on|in|from))? ?[:|]",
    r"\(?(?:additional )?(?:reporting|writing|editing|compiled|translated|edited|written) by\b",
    r"(?:all rights reserved|copyright\b|©|\(c\) (?:19|20)\d\d)",
    r"(?:we use|this (?:site|website) uses|accept all|manage) (?:our )?cookies",
    r"(?:the )?views?(?: and opinions)? expressed (?:in|here|by)\b",
    r"(?:tags?|(?:related )?topics?|keywords?|filed under|categor(?:y|ies)|more about|in this (?:article|story)) ?[:|]",
    # players, advertising, feedback
    r"(?:listen|play|watch) (?:to this|now|live|the video|article|audio|:)",
    r"advertisement\b.{0,40}$",
    r"(?:ad|sponsored|promoted) (?:content|feedback|by)\b",
    r"(?:report|spotted) an? (?:error|mistake|typo)\b",
)
OPENING = re.compile(r"[\W_]{0,10}(?:" + "|".join(_OPENINGS) + ")", re.IGNORECASE)

# Whole lines that are a page's buttons and labels.
_LABELS = (
    r"(?:advertisements?|ads?|sponsored|promoted)",
    r"(?:learn|find out|discover) more",
    r"(?:read|see|show|view|load) (?:more|all|less|comments)",
    r"more (?:from|on|in|about|stories|news|coverage)\b.{0,50}",
    r"(?:continue|keep) reading|back to (?:top|home)|(?:next|previous) (?:article|story|post)",
    r"subscribe(?: now| today| to (?:our|the) \w+(?: \w+)?)?",
    r"sign (?:up|in|out)(?: (?:now|here|free))?|log (?:in|out)|register|(?:our )?newsletters?",
    r"get (?:more with|the app|started|our app).{0,40}|donate(?: now)?|support us",
    rf"{_BUTTON}(?:\W+{_BUTTON})*",
    r"(?:leave|post|add|write|view) (?:a |your )?comments?|\d* ?comments?(?: \(\d+\))?|no comments(?: yet)?",
    r"(?:most|top|latest|related|recommended|trending|popular|editor[’']?s?)"
    r" (?:read|popular|stor(?:y|ies)|news|articles?|posts?|topics?|picks?|videos?|viewed|now|coverage)",
    r"trending(?: now)?|recommended(?: for you)?|you (?:may|might) (?:also )?(?:like|be interested in).{0,30}|related",
    r"(?:about|contact) us|privacy(?: (?:policy|notice))?|cookies?(?: (?:policy|settings))?|accept(?: all)?",
    r"terms(?: (?:of (?:use|service)|(?:and|&) conditions))?|skip to .{0,30}|menu|search|home(?:page)?|close|loading",
    r".{0,15}\bmin(?:ute)?s? read|\d+ (?:views?|shares?|likes?)|gallery|video|watch live|live",
    r"(?:opinion|analysis|world|politics|exclusive|breaking news|explainer)",
    r"[^.!?>»›]{2,40}(?: [>»›] [^.!?>»›]{2,60}){1,6}",  # where the page stands in its site
)
LABEL = re.compile(r"[\W_]{0,10}(?:" + "|".join(_LABELS) + r")[\W_]{0,10}", re.IGNORECASE)

_PICTURE = r"(?:[Pp]hoto(?:graph)?s?|PHOTOS?|[Pp]ictures?|[Ii]mages?|Illustration|Video|Credits?)"
_SUPPLIER = r"(?:Reuters|REUTERS|AFP|AP|EPA|EFE|Getty Images|Xinhua|TASS|Sputnik|RIA Novosti|VCG|CFP)"
_CAPTIONS = (
    rf"\b(?:File |FILE )?{_PICTURE}(?: [Cc]redit)? ?(?::| by |/| courtesy (?:of )?) ?[^:.!?]{{2,80}}[.\])]*$",
    rf"\[{_PICTURE}[^\]]{{0,80}}\]$",
    rf"\((?:{_PICTURE}|File|{_SUPPLIER})[^)]{{0,60}}(?:/|[Pp]hoto|via)[^)]{{0,60}}\)\.?$",
    rf"[\[(|/©] ?{_SUPPLIER}(?:/[\w .]{{2,40}})?(?: via [\w ]{{2,30}})? ?[\])]? ?$",
    r"\b(?:REUTERS|EPA|TASS|AFP|Xinhua|Sputnik|AP Photo)/[A-Z][\w .’'-]{2,60}$",
    rf"\bvia {_SUPPLIER}\W*$",
)
CAPTION = re.compile("|".join(_CAPTIONS))
CAPTION_OPENING = re.compile(r"(?:FILE PHOTO|File photo|FILE|PHOTO|Photo caption|Photo|Image|Caption) ?[:–—-] ?")
_NAME = r"(?:[A-Z][\w.’'-]*|and|in|for|of|the|[|&–—-]|\d[\d:.]*)"
BYLINE = re.compile(
    rf"(?:(?:By|BY|Written by|Text by|Posted by|Published by):? {_NAME}(?:[ ,]{{1,3}}{_NAME})*$)"
    r"|(?:Author|Editors?|Source|SOURCE|Posted in|From):\s\S"
)
SIGN_OFF = re.compile(r"(?<=[.”\"’!?] )[A-Z]{2,6}(?: [A-Z]{2,5}){1,6}$")  # an agency's desk: its editors' initials
