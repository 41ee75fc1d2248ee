"""How a person may spell a value in TOML 1.0."""

import datetime
import re

BARE = re.compile(r"[A-Za-z0-9_-]+\Z")


def key(name, rng=None):
    """One key of a path."""
    if BARE.match(name):
        if rng and rng.random() < 0.04:
            return rng.choice(['"%s"', "'%s'"]) % name
        return name
    return '"%s"' % name.replace("\\", "\\\\").replace('"', '\\"')


def text(value, rng):
    """A text on one line, or in a block where it has several."""
    if "\n" in value:
        return block(value, rng)
    plain = "\\" not in value and '"' not in value
    literal = "'" not in value
    if plain and (not literal or rng.random() < 0.85):
        return '"%s"' % value
    if literal:
        return "'%s'" % value
    if rng.random() < 0.3 and not value.startswith('"') and not value.endswith('"') and "\\" not in value:
        return '"""%s"""' % value
    return '"%s"' % value.replace("\\", "\\\\").replace('"', '\\"')


def block(value, rng):
    """Several lines; the closing quotes behind the last word or on a line of their own."""
    literal = "'" not in value and rng.random() < 0.3
    quotes = "'''" if literal else '"""'
    if not literal:
        value = value.replace("\\", "\\\\")
    if value.endswith(('"', "'")):
        value += " "
    first = "" if rng.random() < 0.15 else "\n"
    return quotes + first + value + quotes


def items(values, rng):
    """A list, on one line or on several."""
    parts = [scalar(value, rng) for value in values]
    if not parts:
        return rng.choice(["[]", "[ ]"])
    how = rng.random()
    if how < 0.7:
        return "[%s]" % ", ".join(parts)
    if how < 0.8:
        return "[ %s ]" % " ,".join(parts)
    end = "," if rng.random() < 0.6 else ""
    return "[\n%s%s\n]" % (",\n".join("  " + part for part in parts), end)


def number(value, rng):
    """An integer, with underscores or without."""
    if abs(value) >= 1000 and rng.random() < 0.5:
        return f"{value:_}"
    return str(value)


def inline(value, rng):
    """A table in braces."""
    pad = rng.choice(["", " "])
    pairs = ", ".join(f"{key(name)} = {scalar(item, rng)}" for name, item in value.items())
    return "{%s%s%s}" % (pad, pairs, pad)


def scalar(value, rng):
    """Any value."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return number(value, rng)
    if isinstance(value, float):
        return f"{value:.2f}"
    if isinstance(value, str):
        return text(value, rng)
    if isinstance(value, list):
        return items(value, rng)
    if isinstance(value, dict):
        return inline(value, rng)
    if isinstance(value, datetime.datetime):
        return value.isoformat(rng.choice("TT "))
    return value.isoformat()
