#!/usr/bin/env python3
"""The submit of a paid picture, as an executable model: WordPress, two bridges, the upscaler, and a network that loses, delays and repeats.

Every `yield` is a point where anybody else may run, time may pass, or the process may be killed. Needs Python 3 and nothing else.
The rules are those of plugin/Upscaling/SubmitTurns.php, SubmitHandler.php and bridge/src/commands/submit.ts, turn.ts; see README.md.
"""
import collections
import random
import sys

LEASE, LAST_PART, UNKNOWN_AFTER = 180, 30, 1800
LIVE = ('queued', 'sent', 'unknown', 'running')
RULES = (
    'two_phase',    # the claim leaves the attempt queued; begin makes it sent
    'begin_turn',   # the same pair hears the same yes
    'give_back',    # a turn that was not used goes back
    'late_back',    # also under a stale lease, out of `unknown`
    'spent',        # a turn that was given back never begins
    'one_turn',     # begin says no to any other turn
    'begin_lease',  # begin says no under a stale lease
    'own_turn',     # only the turn's own bridge gives it back
    'not_bought',   # nothing is given back once an id is known
    'lease_watch',  # the bridge starts nothing in a lease's last part
    'once',         # a submit that was sent is never handed out again
)


class Lost(Exception):
    """No answer: the question may have arrived."""


class NotSent(Exception):
    """No connection: it cannot have arrived."""


class Attempt:
    def __init__(self, number):
        self.number, self.state, self.turn, self.sent_at, self.id, self.may_cost = number, 'queued', None, None, None, False
        self.was_unknown = self.was_called = False
        self.lease, self.until, self.due, self.done = 0, None, 0, False     # its submit command


class Site:
    """Each method is one transaction under the job's lock."""

    def __init__(self, world):
        self.world, self.rules, self.attempts, self.retries = world, world.rules, [], 2
        self.start()

    def start(self):
        current = self.current()
        if current and current.state in LIVE:
            current.state, current.done = 'superseded', True
        self.attempts.append(Attempt(len(self.attempts)))

    def current(self):
        return self.attempts[-1] if self.attempts else None

    def is_current(self, attempt, lease):
        return attempt.lease == lease and attempt.until is not None and not attempt.done

    def is_leased(self, attempt, lease):
        return self.is_current(attempt, lease) and attempt.until > self.world.now

    def claim(self):
        a, now = self.current(), self.world.now
        if a.done or (a.until is not None and a.until > now) or (a.until is None and a.due > now):
            return None
        if a.until is not None and a.state == 'sent' and self.rules['once']:
            self.unknown(a)
            a.done, a.until = True, None
            return None
        if a.state != 'queued' and not (a.state == 'sent' and not self.rules['once']):
            a.done = True
            return None
        a.lease, a.until = a.lease + 1, now + LEASE
        if not self.rules['two_phase']:
            a.state, a.sent_at, a.may_cost = 'sent', now, True
        return a, a.lease

    def begin(self, a, lease, word):
        theirs = a.turn == (lease, word)
        if a.state not in ('queued', 'sent') or a is not self.current() or a.id:
            return False
        if self.rules['begin_lease'] and not self.is_leased(a, lease):
            return False
        if a.state == 'sent':
            return not self.rules['one_turn'] or (theirs and self.rules['begin_turn'])
        if theirs and self.rules['spent']:
            return False
        a.state, a.turn, a.sent_at, a.may_cost = 'sent', (lease, word), self.world.now, True
        return True

    def give_back(self, a, lease, word):
        theirs = a.turn == (lease, word)
        if a.id and self.rules['not_bought']:
            return
        if a.state == 'queued':
            a.turn = (lease, word)
            return
        if self.rules['own_turn'] and not theirs:
            return
        if a.state not in LIVE:
            a.may_cost = False
            return
        if a.state == 'unknown' and not self.rules['late_back']:
            return
        a.state, a.sent_at, a.may_cost = 'queued', None, False
        if not self.is_leased(a, lease):
            a.done, a.until, a.due = False, None, self.world.now

    def report(self, a, lease, what, uid=None):
        current = self.is_current(a, lease)
        if uid:
            self.learn(a, uid)
        elif current and a.state in ('queued', 'sent'):
            if what in ('not_sent', 'limited'):
                a.state, a.sent_at, a.may_cost = 'queued', None, False
            elif what == 'no_answer' or a.state == 'sent':
                self.unknown(a)
        if current:
            a.until, a.due, a.done = None, self.world.now + 30, a.state != 'queued'

    def learn(self, a, uid):
        if a.id is None:
            a.id = uid
            if a.state in ('queued', 'sent', 'unknown'):
                a.state, a.done = 'running', True

    def unknown(self, a):
        a.state, a.was_unknown, a.sent_at = 'unknown', True, a.sent_at or self.world.now

    def sweep(self):
        a = self.current()
        if a.state == 'unknown' and self.world.now - a.sent_at > UNKNOWN_AFTER:
            a.state = 'failed'
            if self.retries:
                self.retries -= 1
                self.start()


class World:
    def __init__(self, seed, rules, kills=3, losses=8, steps=160):
        self.random, self.rules, self.now, self.steps = random.Random(seed), rules, 0, steps
        self.kills, self.losses, self.trace = kills, losses, []
        self.bought, self.hooks, self.delayed, self.words, self.owner = [], [], [], 0, 6
        self.site = Site(self)
        self.bridges = {name: self.bridge(name) for name in ('B1', 'B2')}

    def log(self, words):
        self.trace.append('%6d %s' % (self.now, words))

    def is_lost(self):
        if self.losses > 0 and self.random.random() < .25:
            self.losses -= 1
            return True
        return False

    def call(self, name, work):
        """Arrives; or its answer is lost; or it is lost; or it arrives when nobody waits for it any more."""
        if not self.is_lost():
            return work()
        how = self.random.choice(('answer lost', 'lost', 'delayed'))
        self.log('%s: %s' % (name, how))
        if how == 'answer lost':
            work()
        elif how == 'delayed':
            self.delayed.append((name, work))
        raise Lost()

    def bridge(self, name):
        while True:
            try:
                leased = self.call(name + ' claims', self.site.claim)
            except Lost:
                leased = None
            if leased:
                self.log('%s has attempt %d, lease %d' % (name, leased[0].number, leased[1]))
                yield 'claimed'
                yield from self.submit(name, leased[0], leased[1], self.now)
            yield 'idle'

    def submit(self, name, a, lease, claimed_at):
        late = lambda: self.rules['lease_watch'] and self.now >= claimed_at + LEASE - LAST_PART
        word = None
        if late():
            yield from self.tell(name, a, lease, 'ending')
            return
        if self.rules['two_phase']:
            self.words += 1
            word = self.words
            for tries in (1, 2, 3):
                try:
                    may = self.call(name + ' begins', lambda: self.site.begin(a, lease, word))
                    break
                except Lost:
                    may = None
                    yield 'begin again'
            if may is None and self.rules['give_back']:
                yield from self.return_turn(name, a, lease, word)
            if not may:
                yield from self.tell(name, a, lease, 'not_begun')
                return
            yield 'begun'
        if late():
            if word and self.rules['give_back']:
                yield from self.return_turn(name, a, lease, word)
            yield from self.tell(name, a, lease, 'ending')
            return
        what, uid = yield from self.buy(name, a)
        if what in ('not_sent', 'limited') and word and self.rules['give_back']:
            yield from self.return_turn(name, a, lease, word)
        yield from self.tell(name, a, lease, what, uid)

    def buy(self, name, a):
        def work():
            self.bought.append(a)
            uid = 'u%d' % len(self.bought)
            self.log('%s bought for attempt %d' % (uid, a.number))
            self.hooks.append((a, uid))
            return uid
        fault = self.random.random()
        if self.losses > 0 and fault < .15:
            self.losses -= 1
            self.log('%s: no connection, or too many' % name)
            yield 'refused'
            return ('not_sent' if fault < .08 else 'limited'), None
        a.was_called = True
        try:
            uid = self.call(name + ' calls the upscaler', work)
        except Lost:
            yield 'no answer'
            return 'no_answer', None
        yield 'answered'
        return 'ok', uid

    def return_turn(self, name, a, lease, word):
        for tries in (1, 2, 3, 4):
            try:
                self.call(name + ' gives back', lambda: self.site.give_back(a, lease, word))
                return
            except Lost:
                yield 'give back again'

    def tell(self, name, a, lease, what, uid=None):
        while True:
            try:
                self.call('%s reports %s' % (name, what), lambda: self.site.report(a, lease, what, uid))
                return
            except Lost:
                yield 'report again'

    def choices(self):
        out = [(5, lambda n=n: next(self.bridges[n])) for n in self.bridges]
        out += [(w, lambda s=s: self.wait(s)) for w, s in ((2, 5), (2, 60), (1.5, 200), (.2, 2400))]
        out.append((1, self.site.sweep))
        if self.hooks:
            out += [(2, self.hook), (1, lambda: self.hooks.pop(0))]
        if self.delayed:
            out.append((2, self.arrive))
        if self.kills:
            out += [(.3, lambda n=n: self.kill(n)) for n in self.bridges]
        if self.owner:
            out.append((.2 if self.site.current().state in LIVE[:3] else 2, self.retry))
        return out

    def wait(self, seconds):
        self.now += seconds

    def hook(self):
        self.site.learn(*self.hooks.pop(0))

    def arrive(self):
        name, work = self.delayed.pop(0)
        self.log('%s: arrives late' % name)
        work()

    def kill(self, name):
        self.kills -= 1
        self.log('KILL ' + name)
        self.bridges[name].close()
        self.bridges[name] = self.bridge(name)

    def retry(self):
        self.owner -= 1
        self.log('owner makes it again')
        self.site.start()

    def run(self):
        for _ in range(self.steps):
            weights, things = zip(*self.choices())
            self.random.choices(things, weights)[0]()
        # No more faults; what is on its way arrives, and two hours pass.
        self.losses = self.kills = 0
        while self.delayed:
            self.arrive()
        while self.hooks:
            self.hooks.pop(0)
        for _ in range(240):
            for name in self.bridges:
                for _ in range(8):
                    next(self.bridges[name])
            self.site.sweep()
            self.now += 60
        return self.faults()

    def faults(self):
        faults = []
        for a in self.site.attempts:
            times = self.bought.count(a)
            if times > 1:
                faults.append('an attempt was bought %d times' % times)
            if times and a.id is None and not a.may_cost:
                faults.append('bought, and nobody would know')
        current = self.site.current()
        if current.state in ('queued', 'sent', 'unknown'):
            faults.append('it ends ' + current.state)
        return sorted(set(faults))


def rules(*off):
    unknown = set(off) - set(RULES)
    if unknown:
        raise SystemExit('No such rule: %s' % ', '.join(sorted(unknown)))
    return {rule: rule not in off for rule in RULES}


LEVELS = {'few faults': dict(kills=2, losses=6), 'many faults': dict(kills=4, losses=20)}


def campaign(off, schedules, level, base=0):
    count, found = collections.Counter(), {}
    for seed in range(base, base + schedules):
        world = World(seed, rules(*off), **LEVELS[level])
        for fault in world.run():
            count['broken'] += 1
            found.setdefault(fault, seed)
        for a in world.site.attempts:
            count['unknown'] += a.was_unknown
            count['never sent'] += a.was_unknown and not a.was_called
            count['attempts'] += 1
    return count, found


SETS = (
    ('one phase', ('two_phase', 'begin_turn', 'give_back', 'spent')),
    ('without giving back', ('give_back',)),
    ('without the same yes', ('begin_turn',)),
    ('without late giving back', ('late_back',)),
    ('as built', ()),
)


# Each alone, and those two by two that stand in for each other.
REMOVED = (
    ('spent',), ('one_turn',), ('begin_lease',), ('own_turn',), ('not_bought',), ('lease_watch',), ('once',),
    ('one_turn', 'begin_lease'), ('one_turn', 'once'), ('own_turn', 'not_bought'), ('begin_lease', 'once'), ('begin_lease', 'lease_watch'), ('spent', 'begin_lease'),
)


def main(words):
    if words[:1] == ['seed']:
        world = World(int(words[1]), rules(*words[2:]), **LEVELS['many faults'])
        faults = world.run()
        print('\n'.join(world.trace), '\n=>', faults or 'nothing broken')
        return
    schedules = int(words[0]) if words else 3000
    broken = 0
    for name, off in SETS + tuple(('without ' + ', '.join(off), off) for off in REMOVED):
        for level in LEVELS:
            count, found = campaign(off, schedules, level)
            broken += count['broken'] if not off else 0
            print('%-36s %-12s unknown %5d, never sent %5d, broken %5d %s' % (
                name, level, count['unknown'], count['never sent'], count['broken'],
                '; '.join('%s (seed %d)' % pair for pair in sorted(found.items()))), flush=True)
    sys.exit(1 if broken else 0)


if __name__ == '__main__':
    main(sys.argv[1:])
