"""Events beside the claims: what happened or was said, even where no one counts victims.

Each kind is a model; the fields that a kind adds are its roles, which the rules of its family capture by name. The
rule compiler reads the roles from here, so that a new kind is a model, its rules and its words.

`event_type` and `mode` follow PLOVER (Open Event Data Alliance, https://osf.io/preprints/socarxiv/rm5dw), so that
tables join with the event data that researchers hold; `form` is finer, and is what the words of the text say.
"""

from __future__ import annotations

from types import UnionType
from typing import Literal, Union, get_args, get_origin

from extractor.records.parts import Count, Method, Party, Record, Span, Told


class Participant(Party):
    """One who takes part: `person` the name and `office` the title as written, where the text gives them."""

    person: Span | None = None
    office: Span | None = None


class Event(Told):
    """One event. `mentions` are further words of the text that tell of the same event."""

    event_type: str
    mode: str | None = None
    form: str | None = None
    mentions: tuple[Span, ...] = ()


class Attack(Event):
    """Violence against people or things. `claims` are the ids of the claims that are its outcome."""

    kind: Literal["attack"]
    attacker: Participant | None = None
    target: Participant | None = None
    number: Count | None = None
    method: Method | None = None
    claims: tuple[str, ...] = ()


class Protest(Event):
    """People who show in public what they are against (`against`) or want (`demand`)."""

    kind: Literal["protest"]
    participants: Participant | None = None
    size: Count | None = None
    against: Span | None = None
    demand: Span | None = None


class Meeting(Event):
    """Talks, visits and telephone calls. `initiator` is the one at whose request or invitation they were held."""

    kind: Literal["meeting"]
    participants: tuple[Participant, ...] = ()
    initiator: Participant | None = None
    topic: Span | None = None


class Agreement(Event):
    """What parties agreed on; `guarantors` stand behind it, `mediator` brought it about."""

    kind: Literal["agreement"]
    parties: tuple[Participant, ...] = ()
    mediator: Participant | None = None
    guarantors: tuple[Participant, ...] = ()
    subject: Span | None = None
    terms: Span | None = None


class Appeal(Event):
    """Who asks whom for what: calls, demands, ultimatums."""

    kind: Literal["appeal"]
    initiator: Participant | None = None
    addressee: Participant | None = None
    demand: Span | None = None


class Statement(Event):
    """Condemnation, denial, praise, threat, claim of responsibility: who, about whom or what."""

    kind: Literal["statement"]
    speaker: Participant | None = None
    addressee: Participant | None = None
    about: Span | None = None


MODELS: dict[str, type[Event]] = {
    get_args(model.model_fields["kind"].annotation)[0]: model
    for model in (Attack, Protest, Meeting, Agreement, Appeal, Statement)
}
# What an event's reader makes of the words that a rule captures for a role.
_SHAPES: dict[type[Record], str] = {Span: "span", Participant: "party", Count: "count"}


def roles(model: type[Event]) -> dict[str, str]:
    """The roles of a kind of event: field → "span", "party" or "count", with "*" behind it where there are several."""
    found = {}
    for name, field in model.model_fields.items():
        if name in Event.model_fields:
            continue
        annotation = field.annotation
        many = "*" if get_origin(annotation) is tuple else ""
        inner = get_args(annotation) if many or get_origin(annotation) in (Union, UnionType) else (annotation,)
        shape = next((_SHAPES[one] for one in inner if isinstance(one, type) and one in _SHAPES), None)
        if shape is not None:
            found[name] = shape + many
    return found
