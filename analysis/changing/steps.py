"""What the steps of a change are called to whoever waits for it; builders at a terminal see shorter words."""

from __future__ import annotations

from analysis.messages import message

WAITING = "Waiting"
STEPS = {
    "": message("Beginning"),  # its process starts
    WAITING: message("Waiting for another change to be done"),
    "Reading": message("Reading"),
    "Comparing": message("Comparing with what is held"),
    "Loading the models": message("Loading the models"),
    "Loading the parser": message("Loading the models"),
    "Loading the encoder": message("Loading the models"),
    "Extracting": message("Finding quotations"),
    "Encoding": message("Comparing what they mean"),
    "Encoding statements": message("Comparing what they mean"),
    "Grouping": message("Grouping"),
    "Exporting the encoder": message("Preparing the search by meaning"),
    "Publishing": message("Publishing"),
    "Removing": message("Removing"),
}
