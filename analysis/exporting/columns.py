"""What an exported table holds of each statement, and what each column means."""

from __future__ import annotations

# Columns of every table, in their order, with their meaning. Days are ISO dates; what is not known is empty in CSV
# and Excel, null elsewhere.
MEANINGS = {
    "statement_id": "identifies the statement in every release",
    "text": "the words, as the fullest print has them",
    "kind": "direct (in quotation marks), mixed (reported, partly in quotation marks) or indirect (reported; not the "
    "speaker's exact words)",
    "speaker_id": "identifies the speaker; several at once are joined by +",
    "speaker_name": "who said it; empty: nobody could be named",
    "side": "whom the speaker speaks for: CN, RU, US, UA, EU, NATO, other country codes, expert, media; several joined "
    "by +",
    "office": "the speaker's office on that day",
    "via": "who relayed it",
    "said_on": "the day it was said; empty: not known",
    "said_on_basis": "what that day rests on: stated (the text gives it), resolved (worked out, as from “on Tuesday”), "
    "dateline, published (only the day of publication is known; said then or before) or unknown",
    "said_on_text": "the words of the text from which the day was taken",
    "confidence": "the share of quotations found the same way that had the right words and the right speaker, in "
    "annotated news articles",
    "prints": "how often it is printed in the archive",
    "publishers": "who printed it",
    "first_published_on": "the earliest day on which it was published",
    "formulas": "fixed diplomatic wordings that it uses, by identifier",
    "entities": "people, states, institutions and events that its words name, by identifier",
    "quote_id": "identifies the print whose words stand in text",
    "document_id": "identifies the document that has that print",
    "source_publisher": "who published the page where it is printed",
    "source_title": "that page's title",
    "source_url": "that page's address",
}
COLUMNS = tuple(MEANINGS)
LISTS = ("publishers", "formulas", "entities")
DAYS = ("said_on", "first_published_on")

# What else a table may hold, where it applies.
FURTHER = {
    "rank": "place among the search's hits",
    "found_by": "why the search found it",
    "group": "which of the compared groups it belongs to",
    "note": "the note of whoever put it into the dossier",
}

# Where a row comes from, after all other columns, so that one row cut from a file can still be traced.
TRACES = {
    "licence": "licence of the document in which the archive found it; the words themselves remain their speakers' and "
    "publishers'",
    "release": "number of the archive's release, which never changes",
    "statement_link": "the statement's page in the dashboard, as that release shows it",
}
SELECTED = {"selection": "what the filters and the search asked for, the same in every row; empty: nothing filtered"}
