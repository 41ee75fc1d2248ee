"""Who merges: goodwill in bulk, or git's text merge as a stand-in that needs no build."""

import json
import os
import struct
import subprocess
import tempfile

from check import Answer


class Goodwill:
    """`examples/merge_many.rs`: batches of triples in, answers out."""

    def __init__(self, program):
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def merge(self, triples):
        """Answers to (base, ours, theirs) in bytes, in order."""
        parts = [struct.pack("<I", len(triples))]
        for triple in triples:
            for text in triple:
                parts += (struct.pack("<I", len(text)), text)
        self.process.stdin.write(b"".join(parts))
        self.process.stdin.flush()
        return [self._answer() for _ in triples]

    def _answer(self):
        report, text, marked, decided = (self._frame() for _ in range(4))
        report = json.loads(report)
        clashes = tuple((*clash["table"], clash["field"]) for clash in report["clashes"])
        return Answer(text, clashes, tuple(report["remarks"]), marked, decided, report["refusal"])

    def _frame(self):
        size = self.process.stdout.read(4)
        if len(size) < 4:
            raise SystemExit("goodwill ended in the midst of a merge: a panic? See its message above")
        return self.process.stdout.read(struct.unpack("<I", size)[0])

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Git:
    """`git merge-file`: knows lines only, so most merges end in a conflict, which is told as a
    refusal; a clean one has to stand before the oracle."""

    def __init__(self):
        self.dir = tempfile.TemporaryDirectory()

    def merge(self, triples):
        return [self._one(*triple) for triple in triples]

    def _one(self, base, ours, theirs):
        paths = [os.path.join(self.dir.name, name) for name in ("ours", "base", "theirs")]
        for path, text in zip(paths, (ours, base, theirs)):
            with open(path, "wb") as file:
                file.write(text)
        done = subprocess.run(["git", "merge-file", "-p", *paths], capture_output=True, check=False)
        return Answer(done.stdout, refusal="lines overlap" if done.returncode else "")

    def close(self):
        self.dir.cleanup()
