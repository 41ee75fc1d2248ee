"""Makes a failing case small: takes lines out of the three texts as long as it fails alike."""

import tomllib


def shrink(triple, fails, most=3000):
    """`fails(triple)` says whether the texts still show the failure."""
    tries, sizes = 0, (24, 12, 6, 3, 2, 1)
    again = True
    while again and tries < most:
        again = False
        for size in sizes:
            for which in (None, 0, 1, 2):
                at = 0
                while tries < most:
                    smaller = without(triple, which, at, size)
                    if smaller is None:
                        break
                    tries += 1
                    if smaller != triple and all(map(valid, smaller)) and fails(smaller):
                        triple, again = smaller, True
                    else:
                        at += 1
    return triple


def without(triple, which, at, size):
    """Some lines less: out of one text, or the same ones out of all three."""
    source = max(triple, key=len) if which is None else triple[which]
    lines = source.splitlines(keepends=True)
    if at >= len(lines):
        return None
    block = b"".join(lines[at : at + size])
    if which is None:
        return tuple(text.replace(block, b"", 1) for text in triple)
    rest = b"".join(lines[:at] + lines[at + size :])
    return (*triple[:which], rest, *triple[which + 1 :])


def valid(text):
    try:
        tomllib.loads(text.decode("utf-8-sig"))
        return True
    except ValueError:
        return False
