"""Add documents: for editors, from files on their machine to a new release."""

from __future__ import annotations

from access.roles import Act
from pages.parts import adding_parts, frame, ordering, signing_in
from pages.parts.language import tr

frame.heading(tr("Add documents"), tr("Texts from your machine, read, grouped and published as a new release."))
signing_in.allow(Act.ADD)
ordering.say_problem()
asked = ordering.asked_for()
if asked is None:
    if ordering.can_change():
        adding_parts.choose()
else:
    order_id, order = asked
    ended = ordering.watch(order_id, Act.ADD)
    if ended is not None and order.act == "look":
        adding_parts.looked_through(order_id, ended)
    elif ended is not None:
        adding_parts.added(ended)
