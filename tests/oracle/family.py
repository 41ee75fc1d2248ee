"""All merges of one base and its variants, and what is wrong with them."""

import random
from collections import Counter
from typing import NamedTuple

from check import SIDES, check, symmetric
from document import render
from edits import variant
from make import Maker
from oracle import expect

VARIANTS = 8
MERGES = VARIANTS * (VARIANTS - 1)


class Finding(NamedTuple):
    rule: str
    detail: str
    triple: tuple


class Family(NamedTuple):
    """A base and what eight machines made of it."""

    base: bytes
    variants: tuple


def family(seed, number):
    """The family of that number; the same for the same seed everywhere."""
    rng = random.Random(f"{seed}/{number}")
    maker = Maker(rng)
    large = rng.random() < 0.005
    entries = rng.randint(40, 80) if large else rng.choice([0, 1, 2, 2, 3, 3, 4, 5, 6])
    document = maker.document(entries)
    most = rng.choice([1, 2, 3, 5])
    variants = [render(variant(maker, document, rng.randint(1, most))) for _ in range(VARIANTS)]
    if rng.random() < 0.01:
        variants[rng.randrange(VARIANTS)] += rng.choice(BROKEN)
    base = b"" if rng.random() < 0.03 else render(document)
    return Family(base, tuple(variants))


BROKEN = (b"<<<<<<< ours\n", b"\nname = 1\nname = 2\n", b"x = \xff\n", b"[concern.x\n", b"a = \n", b"\0")


def examine(family, program, tally):
    """Merges every ordered pair and gives back the findings."""
    base, variants = family
    pairs = [(i, j) for i in range(VARIANTS) for j in range(i)]
    triples = [(base, variants[i], variants[j]) for i, j in pairs]
    mirrored = [(base, theirs, ours) for _, ours, theirs in triples]
    alone = [case for text in variants for case in ((base, text, base), (base, base, text), (base, text, text))]
    answers = program.merge(triples + mirrored + alone)
    findings = []
    again = []
    for at, triple in enumerate(triples):
        one, two = answers[at], answers[len(triples) + at]
        wrong = judge(triple, one, two, tally)
        findings += [Finding(rule, detail, triple) for rule, detail in wrong]
        if not wrong and not one.refusal and not one.clashes and at % 4 == 0 and SIDES.read(one.text):
            again += [(triple, one.text, case) for case in once_more(triple, one.text)]
    for triple, answer in zip(alone, answers[2 * len(triples) :]):
        findings += [Finding(rule, detail, triple) for rule, detail in lonely(triple, answer, tally)]
    answers = program.merge([case for *_, case in again]) if again else []
    for (triple, merged, _), answer in zip(again, answers):
        tally["merged once more"] += 1
        if repeated(answer, merged):
            continue
        if answer.refusal or answer.clashes or bare(answer.text) != bare(merged):
            why = answer.refusal or answer.clashes or "other bytes"
            findings.append(Finding("once more", f"merging a side into the merge again: {why}", triple))
    return findings


def repeated(answer, merged):
    """Whether all conflicts are about notes in which a line stands twice: which of the two is the
    line of the base can be seen in two ways."""
    flat = SIDES.read(merged).flat
    texts = [flat.get(path, "") for path in answer.clashes if path[-1] == "notes"]
    twice = [len(set(text.split("\n"))) < len(text.split("\n")) for text in texts]
    return bool(answer.clashes) and len(texts) == len(answer.clashes) and all(twice)


def bare(text):
    """Without blank lines at the end: together with a last line that one side left open they
    count as spacing."""
    return text.rstrip(b"\r\n")


def once_more(triple, merged):
    """A machine that has the merge already gets nothing new from either side."""
    base, ours, theirs = triple
    return [(base, merged, ours), (base, theirs, merged)]


def judge(triple, one, two, tally):
    """A merge and its mirror image: the oracle looks at one, the other has to agree."""
    sides = [SIDES.read(text) for text in triple]
    tally["merges"] += 2
    if None in sides:
        tally["sides that do not parse"] += 2
        trivial = triple[1] == triple[2] or triple[0] in triple[1:]
        return [] if trivial or one.refusal and two.refusal else [("guessed", "a side does not parse")]
    expected = expect(*sides)
    count(tally, sides, expected)
    wrong = check(*sides, one, expected) + symmetric(one, two)
    tally["left to a text merge: both changed tables of an array"] += 2 * (bool(one.refusal) and not wrong)
    return wrong


def count(tally, sides, expected):
    """What was looked at, in figures for both directions."""
    base, ours, theirs = (side.raw for side in sides)
    tally["both sides changed"] += 2 * (base != ours != theirs != base)
    tally["with true conflicts"] += 2 * bool(expected.conflicts)
    tally["true conflicts"] += 2 * len(expected.conflicts)
    tally["removed here, changed there: kept"] += 2 * len(expected.kept)
    tally["entries and tables followed"] += 2 * len({path[:2] for path in expected.data if len(path) > 1})
    tally["fields followed"] += 2 * len(expected.data)
    tally["comment lines followed"] += 2 * len(expected.comments)
    unknown = sum(path[-1].startswith(UNKNOWN) or path[0].startswith(UNKNOWN) for path in expected.data)
    tally["unknown keys followed"] += 2 * unknown
    tally["bytes of input"] += 2 * sum(map(len, (base, ours, theirs)))


UNKNOWN = ("x", "ラベル", "mood", "colour", "score", "level")


def lonely(triple, answer, tally):
    """One side changed alone, or both alike."""
    base, ours, theirs = triple
    tally["one side alone"] += 1
    if answer.refusal:
        broken = any(SIDES.read(text) is None for text in triple)
        return [] if broken else [("refused", answer.refusal)]
    wanted = theirs if ours == base else ours
    if answer.text != wanted or answer.clashes:
        return [("bytes", "one side changed alone, and the result is not that side")]
    return []


def fails_alike(program, rule):
    """For shrinking: does the program still break this rule?"""

    def fails(triple):
        base, ours, theirs = triple
        one, two = program.merge([triple, (base, theirs, ours)])
        if rule == "once more":
            if one.refusal or one.clashes:
                return False
            again = program.merge(once_more(triple, one.text))
            return any(answer.refusal or answer.clashes or bare(answer.text) != bare(one.text) for answer in again)
        if rule == "bytes":
            return bool(lonely(triple, one, Counter())) and (ours == base or theirs == base or ours == theirs)
        return any(found == rule for found, _ in judge(triple, one, two, Counter()))

    return fails
