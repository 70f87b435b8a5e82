"""Runs a flow: keeps its state, steps it, hands its effects to whoever carries them out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

State = TypeVar("State")
Event = TypeVar("Event")
Effect = TypeVar("Effect")

Step = Callable[[State, Event], tuple[State, tuple[Effect, ...]]]


class Runner(Generic[State, Event, Effect]):
    """send(event) steps the state, tells `changed` when it differs, then performs each effect in
    order.
    """

    def __init__(
        self,
        step: Step[State, Event, Effect],
        state: State,
        perform: Callable[[Effect], None],
        changed: Callable[[State], None],
    ) -> None:
        self._step = step
        self.state = state
        self._perform = perform
        self._changed = changed

    def send(self, event: Event) -> None:
        before = self.state
        self.state, effects = self._step(before, event)
        if self.state != before:
            self._changed(self.state)
        for effect in effects:
            self._perform(effect)
