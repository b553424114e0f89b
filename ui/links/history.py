"""Where a reader has been: undo, redo, and the state before the last change. Pure; the session keeps one."""

from __future__ import annotations

from dataclasses import dataclass

from ui.links.asked import Asked

LONGEST = 200


@dataclass(frozen=True)
class History:
    """What is asked now, what was before it (latest last) and what was undone (next last)."""

    now: Asked
    past: tuple[Asked, ...] = ()
    future: tuple[Asked, ...] = ()

    @property
    def before(self) -> Asked | None:
        """The state before the last change, if there was one."""
        return self.past[-1] if self.past else None

    def changed_to(self, new: Asked) -> History:
        """A step forward; what was undone is given up. No step where nothing changes."""
        if new == self.now:
            return self
        return History(new, (*self.past, self.now)[-LONGEST:])

    def undone(self) -> History:
        """One step back, where there is one."""
        if not self.past:
            return self
        return History(self.past[-1], self.past[:-1], (*self.future, self.now))

    def redone(self) -> History:
        """The last undone step again, where there is one."""
        if not self.future:
            return self
        return History(self.future[-1], (*self.past, self.now), self.future[:-1])

    def visited(self, asked: Asked) -> History:
        """What is opened through the address bar: the browser's back and forward are undo and redo."""
        if self.past and asked == self.past[-1]:
            return self.undone()
        if self.future and asked == self.future[-1]:
            return self.redone()
        return self.changed_to(asked)
