"""Scenes: the occasions on which a document says people spoke, in the order of the text, each with its day.

A scene's day holds for what its people say next: "In a call on Monday evening, Xi told Putin …" dates Xi's following
sentences too, until the document gives them another time. A time that names no day ("in December") makes a scene too.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from analysis.extraction.found import SaidOn


@dataclass(frozen=True, slots=True)
class Scene:
    """One dated act of speaking or gathering."""

    at: int  # offset in the text
    paragraph: int
    said_on: SaidOn  # its day may be None: a time that names no day still separates it from others
    people: frozenset[str]  # who spoke or took part there, as ``Cast`` knows them
    open: bool = False  # told by itself: whatever its paragraph goes on to quote was said there
    carried: bool = False  # no time of its own: it goes on with an earlier scene


@dataclass
class SceneLog:
    """Scenes in the order of the text; every question is answered without going through them all."""

    scenes: list[Scene] = field(default_factory=list)
    _by_person: dict[str, Scene] = field(default_factory=dict)
    _gathering: Scene | None = None
    _timed: Scene | None = None

    def add(self, scene: Scene) -> None:
        """Enter a scene; callers go through the text from its beginning."""
        self.scenes.append(scene)
        if not scene.carried:
            self._timed = scene
        self._by_person.update(dict.fromkeys(scene.people, scene))
        if len(scene.people) > 1:
            self._gathering = scene

    def last(self) -> Scene | None:
        """The scene told last, of those with a time of their own."""
        return self._timed

    def of(self, people: frozenset[str]) -> Scene | None:
        """The last scene in which one of ``people`` spoke."""
        theirs = [self._by_person[person] for person in people if person in self._by_person]
        return max(theirs, key=lambda one: one.at) if theirs else None

    def near(self, paragraph: int, reach: int) -> Scene | None:
        """The last scene with a time of its own, if it stands in ``paragraph`` or at most ``reach`` before it."""
        last = self._timed
        return last if last and paragraph - reach <= last.paragraph <= paragraph else None

    def gathering(self, paragraph: int, reach: int) -> Scene | None:
        """The last scene with several people, at most ``reach`` paragraphs back."""
        return self._gathering if self._gathering and self._gathering.paragraph >= paragraph - reach else None
