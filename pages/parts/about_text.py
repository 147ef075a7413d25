"""What the About page says in prose."""

from __future__ import annotations

from pages.parts.language import mark, tr

_HOW = (
    mark(
        "**Reading.** A text is taken in with its title, publisher and date, and stored as it stands. Every quotation "
        "refers to exact places in that stored text, so that you can always read it in context."
    ),
    mark(
        "**Quotations.** Words inside quotation marks are **direct**, a reported clause with quoted fragments is "
        "**mixed**, and a reported clause without quotation marks is **indirect**. Indirect words may not be the "
        "speaker’s own."
    ),
    mark(
        "**Speakers.** The verb of speaking leads to its subject; “he”, “the spokesman” or “Beijing” is followed to "
        "the person or institution it stands for in that text. Offices come from a gazetteer by date, else from the "
        "text. Where nobody can be named, the speaker stays unknown."
    ),
    mark("**Dates.** The day of speaking is looked for in the text first; see the table below. It is never guessed."),
    mark("**Statements.** The same words in several places are one statement with several prints."),
    mark(
        "**Search by meaning** compares what sentences mean by a language model that runs on this machine. “Close” is "
        "a judgement of that model, not a probability."
    ),
)
_LIMITS = (
    mark(
        "The archive holds what it was given, nothing more. Counts say how often something is **printed here**, not "
        "how often it was said. Leaders and recent years are heavily over-represented."
    ),
    mark(
        "Extraction by rules makes mistakes: a wrong speaker, a cut sentence, a missed quotation. Read the context "
        "before you cite, and cite the source, not this page."
    ),
    mark("Most words passed through translation, sometimes twice. Two outlets may word one sentence differently."),
    mark("Many statements are contested claims or propaganda. They are shown as what was said, not as fact."),
)
_TABLES = {
    "documents": mark("Texts"),
    "quotes": mark("Quotations"),
    "statements": mark("Statements"),
    "entities": mark("Entities"),
    "mentions": mark("Mentions"),
    "corrections": mark("Corrections"),
    "skipped": mark("Skipped inputs"),
}


def how() -> str:
    """Markdown: how a statement gets here."""
    steps = "\n".join(f"{number}. {tr(step)}" for number, step in enumerate(_HOW, 1))
    return f"#### {tr('How a statement gets here')}\n\n{steps}"


def limits() -> str:
    """Markdown: known limits, and under which licences program and texts stand."""
    known = "\n".join(f"- {tr(limit)}" for limit in _LIMITS)
    licences = tr(
        "The program is free software under Apache-2.0. Texts belong to their publishers; short quotations are shown "
        "with their sources for research. Check the licence above and the source before you republish."
    )
    kept = tr("Links made here name a release. They show the same statements for as long as the archive is kept.")
    return f"#### {tr('Known limits')}\n\n{known}\n\n#### {tr('Licences')}\n\n{licences}\n\n{kept}"


def table_name(table: str) -> str:
    """What readers call one of the archive's tables."""
    return tr(_TABLES.get(table, table.capitalize()))
