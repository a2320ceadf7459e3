"""`/recs follow kent`, `/recs unfollow kent`: a weekly message about just that, to oneself or a channel."""

from collections.abc import Iterable, Mapping
from typing import assert_never

from bot.domain.messages.following import (
    MOST_FOLLOWED,
    Channel,
    Followed,
    Following,
    NamedSubject,
    coming_slot,
)
from bot.domain.questions.grammar.command import unmistakable
from bot.domain.questions.grammar.typed_commands import ChannelMention, Ref
from bot.domain.questions.grammar.typed_recordings import StartFollowing, StopFollowing
from bot.domain.questions.names import Body, Named, Region, ReportName
from bot.domain.refusals.commands import FollowsEnough, NotFollowed
from bot.domain.register.following import Follow, Reader, Subject, SubjectKind
from bot.domain.register.people import Actor, Request
from bot.domain.register.recommendation import place_of_id, recommendation_id
from bot.domain.register.update import UpdateKind
from bot.domain.values import replace
from bot.operations.request import actors, resolve
from bot.operations.request.writing import Work, writing
from storage import bodies, follows, recommendations
from storage.database import Connection
from storage.store import Store


def follow(store: Store, request: Request, command: StartFollowing, rule: str) -> Following:
    """Have a weekly message come; `rule` is the digest's, by which it comes.

    Raises FollowsEnough, NotACoordinator for a channel, and the refusals of `resolve.recordable`."""
    with writing(store, request) as work:
        reader = _reader(work.actor, command.channel)
        subject = _subject(work.connection, command.subject)
        followed = follows.followed_by(work.connection, reader)
        if subject not in followed and not work.written:
            if len(followed) >= MOST_FOLLOWED:
                raise FollowsEnough(MOST_FOLLOWED)
            if command.channel:
                follows.name_channel(work.connection, command.channel.channel, command.channel.name)
            seq = _record(work, Follow(reader, subject), follows_it=True)
            follows.add(work.connection, Follow(reader, subject), seq)
        return _following(work, reader, subject, rule)


def unfollow(store: Store, request: Request, command: StopFollowing, rule: str) -> Following:
    """Have it come no more. Raises NotFollowed for a number that nothing followed has, NotACoordinator for a
    channel."""
    with writing(store, request) as work:
        reader = _reader(work.actor, command.channel)
        subject = _subject_among(follows.followed_by(work.connection, reader), command.subject)
        if subject is None:
            raise NotFollowed(str(command.subject))
        if not work.written and follows.remove(work.connection, Follow(reader, subject)):
            _record(work, Follow(reader, subject), follows_it=False)
        return _following(work, reader, subject, rule)


def followed(store: Store, request: Request, rule: str) -> Followed:
    """Return what the asker follows, and a coordinator what channels follow. Raises CannotSee."""
    with store.reading() as connection:
        actor = actors.load(connection, store, request)
        own = named_subjects(connection, follows.followed_by(connection, Reader.of_person(actor.key)))
        channels = of_channels(connection) if actor.is_coordinator else ()
        return Followed(own, channels, coming_slot(rule, request.instant))


def of_channels(connection: Connection) -> tuple[tuple[Channel, NamedSubject], ...]:
    """Return what channels follow, by channel."""
    names = follows.channel_names(connection)
    rows = follows.of_channels(connection)
    by_subject = {named.subject: named for named in named_subjects(connection, [row.subject for row in rows])}
    return tuple(
        (Channel(row.reader.channel, names.get(row.reader.channel, "")), by_subject[row.subject])
        for row in rows
    )


def channel_of(connection: Connection, reader: Reader) -> Channel | None:
    """Return the channel that a reader is; None for a person."""
    if reader.person:
        return None
    return Channel(reader.channel, follows.channel_names(connection).get(reader.channel, ""))


def named_subjects(connection: Connection, subjects: Iterable[Subject]) -> tuple[NamedSubject, ...]:
    """Return subjects as they are shown, in their order."""
    all_subjects = list(subjects)
    by_kind = {
        kind: {wanted_subject.key for wanted_subject in all_subjects if wanted_subject.kind is kind}
        for kind in SubjectKind
    }
    recommendation_ids, codes = by_kind[SubjectKind.RECOMMENDATION], by_kind[SubjectKind.BODY]
    titles = {
        key: recommendation.title
        for key, recommendation in recommendations.by_ids(connection, recommendation_ids).items()
    }
    names = bodies.everyone(connection) if codes else ()
    bodies_by_code = {body.code: Body.of(body) for body in names}
    return tuple(_named_subject(subject, titles, bodies_by_code) for subject in all_subjects)


def _named_subject(
    subject: Subject, titles: Mapping[str, str], bodies_by_code: Mapping[str, Body]
) -> NamedSubject:
    key = subject.key
    match subject.kind:
        case SubjectKind.RECOMMENDATION:
            title = titles.get(key, key)
            return NamedSubject(subject, title, title)
        case SubjectKind.BODY:
            body = bodies_by_code.get(key, Body(key, key, key))
            return NamedSubject(subject, body.short_name, unmistakable(body))
        case SubjectKind.REGION:
            return NamedSubject(subject, key, unmistakable(Region(key)))
        case SubjectKind.REPORT:
            return NamedSubject(subject, key, unmistakable(ReportName(key, "")))
    assert_never(subject.kind)


def _reader(actor: Actor, channel: ChannelMention | None) -> Reader:
    """Return who is to read: the actor, or a channel for which only coordinators may ask."""
    if channel is None:
        return Reader.of_person(actor.key)
    actor.must_coordinate()
    return Reader.of_channel(channel.channel)


def _subject(connection: Connection, subject: Ref | Named) -> Subject:
    if isinstance(subject, Ref):
        return Subject(SubjectKind.RECOMMENDATION, resolve.recordable(connection, subject).id)
    return _named(subject)


def _subject_among(followed_now: Iterable[Subject], subject_named: Ref | Named) -> Subject | None:
    """Return the subject that is meant of those followed; a recommendation may have ended since. None where a
    number names none of them, or several."""
    if not isinstance(subject_named, Ref):
        return _named(subject_named)
    if subject_named.report:
        return Subject(
            SubjectKind.RECOMMENDATION, recommendation_id(subject_named.report, subject_named.number)
        )
    having = [
        subject
        for subject in followed_now
        if subject.kind is SubjectKind.RECOMMENDATION
        and subject.key == recommendation_id(place_of_id(subject.key)[0], subject_named.number)
    ]
    return having[0] if len(having) == 1 else None


def _named(subject: Named) -> Subject:
    match subject:
        case Body():
            return Subject(SubjectKind.BODY, subject.code)
        case Region():
            return Subject(SubjectKind.REGION, subject.name)
        case ReportName():
            return Subject(SubjectKind.REPORT, subject.key)


def _record(work: Work, follow: Follow, *, follows_it: bool) -> int:
    draft = work.draft(UpdateKind.FOLLOWING_CHANGED)
    return work.append(replace(draft, changes=(follow.change(follows=follows_it),))).seq


def _following(work: Work, reader: Reader, subject: Subject, rule: str) -> Following:
    (shown_subject,) = named_subjects(work.connection, [subject])
    return Following(
        shown_subject,
        channel=channel_of(work.connection, reader),
        is_followed=subject in follows.followed_by(work.connection, reader),
        next_slot=coming_slot(rule, work.request.instant),
    )
