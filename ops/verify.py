#!/usr/bin/env python3
"""Checks a Tagledger log from the outside: it shares no code with the product.

From a log.db, from its tiles, or for one event from a receipt, this recomputes every leaf, every tile,
the root, the signatures, and that all checkpoints are of one log. It needs Python 3.9 and the package
`cryptography` (Debian: python3-cryptography); the daemon may run or not.

  verify.py --log-db /var/lib/tagledger/log.db --verifier-key "$KEY"
  verify.py --tiles /run/tagledger/tagledger.sock --verifier-key "$KEY"
  verify.py --receipt 1200.tlog-proof --event 1200.json --verifier-key "$KEY"

The formats are those of C2SP (signed-note, tlog-checkpoint, tlog-tiles, tlog-proof), of RFC 6962 and,
for the public form of an event, of schema/events. Exit codes: 0 all agrees, 1 something differs (the
first difference is named), 2 nothing could be checked.
"""

import argparse
import base64
import binascii
import hashlib
import http.client
import json
import multiprocessing
import os
import re
import socket
import sqlite3
import struct
import sys
import time

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
except ImportError:
    sys.exit("verify.py: the package `cryptography` is missing (Debian: python3-cryptography)")

sha256 = hashlib.sha256
EMPTY = sha256(b"").digest()
WIDTH = 256
TILE = WIDTH * 32
# One worker's piece: a whole number of tiles of level 1, so that pieces meet at tile borders.
PIECE = WIDTH * WIDTH


class Difference(Exception):
    """Something is not what it has to be."""


class Unusable(Exception):
    """There is nothing to check, or not with what was given."""


# --- Merkle tree (RFC 6962 §2.1)


def node(left, right):
    return sha256(b"\x01" + left + right).digest()


def perfect(hashes):
    """The root over a power of two of hashes."""
    while len(hashes) > 1:
        hashes = [
            sha256(b"\x01" + hashes[i] + hashes[i + 1]).digest() for i in range(0, len(hashes), 2)
        ]
    return hashes[0]


def peaks(hashes):
    """The roots of the perfect subtrees over a list of hashes, the largest first."""
    found, start = [], 0
    while start < len(hashes):
        size = 1 << ((len(hashes) - start).bit_length() - 1)
        found.append(perfect(hashes[start : start + size]))
        start += size
    return found


def fold(found):
    """The root of the tree whose perfect subtrees these are."""
    if not found:
        return EMPTY
    root = found[-1]
    for left in reversed(found[:-1]):
        root = node(left, root)
    return root


def included(leaf, index, size, root, proof):
    """Whether the proof leads from the leaf to the root (RFC 9162 §2.1.3.2)."""
    if not 0 <= index < size:
        return False
    first, second, found = index, size - 1, leaf
    for step in proof:
        if second == 0:
            return False
        if first & 1 or first == second:
            found = node(step, found)
            while first & 1 == 0 and first != 0:
                first >>= 1
                second >>= 1
        else:
            found = node(found, step)
        first >>= 1
        second >>= 1
    return second == 0 and found == root


# --- Signed notes and checkpoints (C2SP)


def base64_bytes(text, what):
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Difference(f"{what}: not base64")
    if base64.b64encode(data).decode() != text:
        raise Difference(f"{what}: not the one spelling that base64 has")
    return data


class Key:
    """A verifier key: name+hex(id)+base64(01 ‖ public key)."""

    def __init__(self, text):
        parts = text.strip().split("+", 2)
        if len(parts) != 3:
            raise Unusable(f"“{text}” is no verifier key")
        self.name, self.id = parts[0], parts[1]
        data = base64_bytes(parts[2], "the verifier key")
        if len(data) != 33 or data[0] != 1:
            raise Unusable("the verifier key is not one of Ed25519")
        self.bytes = data[1:]
        self.public = Ed25519PublicKey.from_public_bytes(self.bytes)
        if key_id(self.name, self.bytes) != self.id:
            raise Unusable("the verifier key does not agree with its own id")

    def renamed(self, name):
        """The same key under another name: a log keeps it when it goes on under a new origin."""
        other = object.__new__(Key)
        other.name, other.bytes, other.public = name, self.bytes, self.public
        other.id = key_id(name, self.bytes)
        return other


def key_id(name, public):
    return sha256(name.encode() + b"\n\x01" + public).digest()[:4].hex()


SIGNATURE = re.compile("— ([^ +\\s]+) ([A-Za-z0-9+/=]+)")


class Note:
    """A signed text, read strictly."""

    def __init__(self, data, what):
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            raise Difference(f"{what}: not UTF-8")
        if any(ord(c) < 0x20 and c != "\n" for c in text):
            raise Difference(f"{what}: a control character")
        gap = text.rfind("\n\n")
        if gap < 0 or not text.endswith("\n"):
            raise Difference(f"{what}: no signed note")
        self.what, self.text, self.signatures = what, text[: gap + 1], []
        for line in text[gap + 2 : -1].split("\n"):
            match = SIGNATURE.fullmatch(line)
            if not match:
                raise Difference(f"{what}: a signature line that is none")
            self.signatures.append((match[1], base64_bytes(match[2], what)))

    def verify(self, keys):
        """Whether a trusted key has signed; a wrong signature in its name is a difference."""
        signed = False
        for name, data in self.signatures:
            for key in keys:
                if key.name == name and data[:4].hex() == key.id:
                    try:
                        key.public.verify(data[4:], self.text.encode())
                    except InvalidSignature:
                        raise Difference(f"{self.what}: the signature is not by {name}")
                    signed = True
        return signed

    def checkpoint(self):
        lines = self.text.split("\n")
        if len(lines) < 4 or "" in lines[:-1]:
            raise Difference(f"{self.what}: no checkpoint")
        if not re.fullmatch("0|[1-9][0-9]*", lines[1]):
            raise Difference(f"{self.what}: a size that is no number")
        root = base64_bytes(lines[2], self.what)
        if len(root) != 32:
            raise Difference(f"{self.what}: a root that is no hash")
        return lines[0], int(lines[1]), root


def read_notes(path):
    """The notes of a file `checkpoints`: each ends with an empty line."""
    with open(path, "rb") as file:
        note, number = [], 0
        for line in file:
            if line == b"\n" and note and note[-1].startswith("— ".encode()):
                number += 1
                yield Note(b"".join(note), f"checkpoint {number} of {path}")
                note = []
            else:
                note.append(line)
        if note:
            raise Difference(
                f"{path}: behind checkpoint {number} stands no whole one (a write that was cut short"
                " is taken away when the daemon starts)")


# --- The public form of an event (schema/events)

quoted = json.encoder.encode_basestring
VIA = {1: "system", 2: "local", 3: "token", 4: "proxy", 5: "rule"}
SECOND = 1_000_000


class Clock:
    """Times as RFC 3339 in UTC with six digits; the text of a second is kept for the next event."""

    def __init__(self):
        self.second, self.text = None, ""

    def __call__(self, microseconds):
        second = microseconds // SECOND
        if second != self.second:
            self.second = second
            days, rest = divmod(second, 86_400)
            # Hinnant, "chrono-Compatible Low-Level Date Algorithms": the year 0 is one too.
            days += 719_468
            era, day = divmod(days, 146_097)
            year = (day - day // 1460 + day // 36_524 - day // 146_096) // 365
            day -= 365 * year + year // 4 - year // 100
            month = (5 * day + 2) // 153
            day -= (153 * month + 2) // 5 - 1
            month += 3 if month < 10 else -9
            year += era * 400 + (month <= 2)
            self.text = "%04d-%02d-%02dT%02d:%02d:%02d." % (
                year, month, day, rest // 3600, rest // 60 % 60, rest % 60)
        return "%s%06dZ" % (self.text, microseconds % SECOND)


class Forms:
    """Writes public forms: a CloudEvent in canonical JSON (RFC 8785), keys in order."""

    def __init__(self, database):
        self.actors = {i: quoted(n) for i, n in database.execute("SELECT id, name FROM actor")}
        self.types = dict(database.execute("SELECT id, name FROM event_type"))
        self.eras = read_eras(database)
        columns = [row[1] for row in database.execute("PRAGMA table_info(event)")]
        self.has_credential = "credential" in columns
        self.select = (
            "SELECT seq, at, type, tag, customer, occurred, data, actor, reason, via, cause, command, "
            + ("credential" if self.has_credential else "NULL")
            + ", leaf FROM event WHERE seq BETWEEN ? AND ? ORDER BY seq")

    def source(self, seq):
        name = [name for first, name, _ in self.eras if first <= seq][-1]
        return f',"source":{quoted(name)},"specversion":"1.0"'

    def leaves(self, database, first, last):
        """Each leaf from `first` to `last`, recomputed and compared with the recorded one."""
        borders = [era[0] for era in self.eras if era[0] > first]
        border = borders.pop(0) if borders else 1 << 62
        source = self.source(first)
        actors, types, clock, past = self.actors, self.types, Clock(), Clock()
        zeros = ["0" * (20 - digits) for digits in range(21)]
        next_seq, at_before, second, moment, found = first, None, None, "", []
        add = found.append
        for (seq, at, kind, tag, customer, occurred, data, actor, reason, via, cause, command,
             credential, leaf) in database.execute(self.select, (first, last)):
            if seq != next_seq:
                raise Difference(f"event {next_seq} is missing")
            next_seq += 1
            if at_before is not None and at <= at_before:
                raise Difference(f"event {seq}: its time does not rise")
            at_before = at
            if seq >= border:
                border = borders.pop(0) if borders else 1 << 62
                source = self.source(seq)
            try:
                # Most events lack most of what an event may have.
                cause = "" if cause is None else f',"cause":"{cause}"'
                credential = "" if credential is None else f',"credential":"{credential}"'
                customer = "" if customer is None else f',"customer":{customer}'
                if data is None:
                    data = ""
                else:
                    data = f',"data":{data},"datacontenttype":"application/json"'
                occurred = "" if occurred is None else f',"occurred":"{past(occurred)}"'
                reason = "" if reason is None else f',"reason":{quoted(reason)}'
                tag = "" if tag is None else f',"tag":{tag}'
                number = str(seq)
                micros = str(at) if at >= SECOND else clock(at)[20:26]
                if micros[:-6] != second or not second:
                    second, moment = micros[:-6], clock(at)[:20]
                # Groups of four digits, of which a UUID joins the first two and the last three.
                c = command.hex("-", 2)
                # The leaf is the hash of a zero byte and the form.
                form = (
                    f'\0{{"actor":{actors[actor]}{cause},"command":"{c[:4]}{c[5:29]}{c[30:34]}{c[35:]}"'
                    f'{credential}{customer}{data},"id":"{number}"{occurred}{reason},"sequence":"'
                    f'{zeros[len(number)]}{number}"{source}{tag},"time":"{moment}{micros[-6:]}Z"'
                    f',"type":"{types[kind]}","via":"{VIA[via]}"}}')
                hash = sha256(form.encode()).digest()
            except (KeyError, TypeError, ValueError, AttributeError, UnicodeError, IndexError):
                raise Difference(f"event {seq}: a column holds what no event has")
            if hash != leaf:
                raise Difference(f"event {seq}: its leaf is not the hash of its columns")
            add(hash)
        if next_seq != last + 1:
            raise Difference(f"event {next_seq} is missing")
        return found, at_before


def read_eras(database):
    """(first event, name, how many earlier events hold to what had been signed), in order."""
    eras = []
    for first, name in database.execute("SELECT first, name FROM origin ORDER BY first"):
        agreed = 0
        if first > 1:
            row = database.execute("SELECT data FROM event WHERE seq = ?", (first,)).fetchone()
            try:
                agreed = json.loads(row[0])["agreed"]
            except (TypeError, KeyError, ValueError):
                raise Difference(f"event {first} does not begin the origin {name}")
        eras.append((first, name, agreed))
    if not eras or eras[0][0] != 1:
        raise Difference("the origin is missing")
    return eras


def open_database(path):
    """Read-only; a copy without its WAL on a medium that cannot be written is read as it lies."""
    if not os.path.exists(path):
        raise Unusable(f"{path} is not there")
    name = "file:" + http_quote(os.path.abspath(path))
    for mode in ("?mode=ro", "?mode=ro&immutable=1"):
        if "immutable" in mode and os.path.exists(path + "-wal"):
            break
        try:
            database = sqlite3.connect(name + mode, uri=True)
            database.execute("PRAGMA cell_size_check = ON")
            database.execute("SELECT count(*) FROM origin").fetchone()
            return database
        except sqlite3.DatabaseError as error:
            failure = error
    raise Difference(f"{path}: {failure}")


def http_quote(text):
    return "".join(c if c.isalnum() or c in "/._-~" else "".join("%%%02X" % b for b in c.encode()) for c in text)


# --- log.db


def check_piece(job):
    """One worker's piece: recomputes leaves, compares tiles of level 0.

    Returns (index, the hashes of level 1, the hashes behind the last full tile, the perfect subtrees
    within the piece at each checkpoint, the first and last time), or the first difference.
    """
    path, index, first, last, sizes = job
    try:
        database = open_database(path)
        forms = Forms(database)
        leaves, latest = forms.leaves(database, first, last)
        earliest = database.execute("SELECT at FROM event WHERE seq = ?", (first,)).fetchone()[0]
        full = len(leaves) // WIDTH
        upper = []
        tiles = dict(database.execute(
            "SELECT position, hashes FROM tile WHERE level = 0 AND position BETWEEN ? AND ?",
            ((first - 1) // WIDTH, (last - 1) // WIDTH)))
        for tile in range(full):
            hashes = leaves[tile * WIDTH : (tile + 1) * WIDTH]
            position = (first - 1) // WIDTH + tile
            if tiles.pop(position, None) != b"".join(hashes):
                raise Difference(f"tile 0/{position} is missing or differs")
            upper.append(perfect(hashes))
        if tiles:
            raise Difference(f"tile 0/{min(tiles)} stands where no full one can be")
        marks = {}
        for size in sizes:
            count = size - (first - 1)
            whole = count // WIDTH
            marks[size] = peaks(upper[:whole]) + peaks(leaves[whole * WIDTH : count])
        return index, upper, leaves[full * WIDTH :], marks, earliest, latest, None
    except Difference as difference:
        return index, [], [], {}, 0, 0, str(difference)
    except sqlite3.DatabaseError as error:
        return index, [], [], {}, 0, 0, f"events {first} to {last}: {error}"


class Meter:
    """Progress on a terminal."""

    def __init__(self, total):
        self.total, self.start, self.shown = total, time.monotonic(), 0
        self.isatty = sys.stderr.isatty()

    def update(self, done):
        now = time.monotonic()
        if self.isatty and (now - self.shown > 0.2 or done == self.total):
            self.shown = now
            rate = done / max(now - self.start, 1e-9)
            end = "\n" if done == self.total else ""
            sys.stderr.write(f"\r{done:,} of {self.total:,} events, {rate:,.0f} a second {end}")
            sys.stderr.flush()


def limits(eras):
    """For each name, up to which size its checkpoints bind the log."""
    found = {}
    for place, (_, name, _) in enumerate(eras):
        later = [agreed for _, _, agreed in eras[place + 1 :]]
        found[name] = min(later) if later else None
    return found


def signed_sizes(path, eras, keys):
    """Reads and verifies all checkpoints; returns the roots that bind the log, by size."""
    bound, names = limits(eras), [name for _, name, _ in eras]
    trusted = list(keys) + [key.renamed(n) for key in keys for n in names if n != key.name]
    roots, last, unverified, count = {}, (None, -1), 0, 0
    for note in read_notes(path):
        name, size, root = note.checkpoint()
        count += 1
        if name not in bound:
            raise Difference(f"{note.what}: the log has never been {name}")
        if name == last[0] and size <= last[1]:
            raise Difference(f"{note.what}: size {size} stands behind {last[1]}")
        if name != last[0] and last[0] and names.index(name) <= names.index(last[0]):
            raise Difference(f"{note.what}: {name} stands behind {last[0]}")
        last = (name, size)
        if keys and not note.verify(trusted):
            if name == names[-1]:
                raise Difference(f"{note.what}: signed by no key that was given")
            unverified += 1
        if bound[name] is None or size <= bound[name]:
            if roots.setdefault(size, (root, note.what))[0] != root:
                raise Difference(f"{note.what}: another root than before at {size} events")
    return roots, count, unverified


def check_log(path, keys, jobs, checkpoints, out):
    began = time.monotonic()
    database = open_database(path)
    eras = read_eras(database)
    size = database.execute("SELECT coalesce(max(seq), 0) FROM event").fetchone()[0]
    roots, count, unverified = {}, 0, 0
    if checkpoints:
        roots, count, unverified = signed_sizes(checkpoints, eras, keys)
        # Read while the daemon runs: what was signed after the database was looked at comes later.
        size = database.execute("SELECT coalesce(max(seq), 0) FROM event").fetchone()[0]
        longest = max(roots, default=0)
        if longest > size:
            raise Difference(
                f"the log ends at event {size}, but {roots[longest][1]} covers {longest} events")
    marks = sorted(n for n in roots if n > 0)
    work = []
    for index in range((size + PIECE - 1) // PIECE):
        first, last = index * PIECE + 1, min(size, (index + 1) * PIECE)
        work.append((path, index, first, last, [n for n in marks if first <= n <= last]))
    meter, below, rest, done, latest = Meter(size), [[]], [], 0, None
    with multiprocessing.Pool(jobs) as pool:
        for index, upper, partial, found, earliest, at, difference in pool.imap(check_piece, work):
            if difference:
                raise Difference(difference)
            if latest is not None and earliest <= latest:
                raise Difference(f"event {index * PIECE + 1}: its time does not rise")
            latest = at
            before = whole_pieces(below, index)
            for n in sorted(found):
                root = fold(before + found[n])
                if root != roots[n][0]:
                    raise Difference(
                        f"{roots[n][1]}: the first {n} events have another root than was signed")
            below[0] += upper
            grow(database, below)
            rest = partial
            done = min(size, (index + 1) * PIECE)
            meter.update(done)
        for difference in pool.imap(check_sealed, sealed_pieces(path, database, jobs)):
            if difference:
                raise Difference(difference)
    check_extra_tiles(database, below)
    if 0 in roots and roots[0][0] != EMPTY:
        raise Difference(f"{roots[0][1]}: not the root of an empty log")
    pieces = size // PIECE
    tail = below[0][pieces * WIDTH :]
    root = fold(whole_pieces(below, pieces) + peaks(tail) + peaks(rest))
    seconds = time.monotonic() - began
    out(f"origin       {eras[-1][1]}" + (f" (before: {', '.join(e[1] for e in eras[:-1])})" if eras[1:] else ""))
    out(f"events       {size:,}")
    out(f"root         {base64.b64encode(root).decode()}")
    if checkpoints:
        verified = count - unverified if keys else 0
        out(f"checkpoints  {count:,}, all of one log; signatures verified: {verified:,}")
        if unverified:
            out(f"             {unverified:,} under an earlier name are by keys that were not given")
    if not keys:
        out("signatures   NOT checked: no --verifier-key was given")
    out(f"took         {seconds:.1f} s, {size / max(seconds, 1e-9):,.0f} events a second")


def whole_pieces(below, pieces):
    """The perfect subtrees over so many whole pieces: each piece is one hash of level 2."""
    return peaks(below[1][:pieces]) if pieces else []


def grow(database, below):
    """Makes the upper levels of whole tiles, and compares each with what is stored."""
    level = 0
    while level < len(below):
        if len(below) == level + 1:
            below.append([])
        upper = below[level + 1]
        while (len(upper) + 1) * WIDTH <= len(below[level]):
            start = len(upper) * WIDTH
            hashes = below[level][start : start + WIDTH]
            row = database.execute(
                "SELECT hashes FROM tile WHERE level = ? AND position = ?",
                (level + 1, len(upper))).fetchone()
            if row is None or row[0] != b"".join(hashes):
                raise Difference(f"tile {level + 1}/{len(upper)} is missing or differs")
            upper.append(perfect(hashes))
        if not upper:
            return
        level += 1


def check_extra_tiles(database, below):
    for level, count in database.execute("SELECT level, count(*) FROM tile GROUP BY level"):
        if level > 0 and count != (len(below[level]) if level < len(below) else 0):
            raise Difference(f"level {level} has {count} tiles, not as many as the log fills")


def sealed_pieces(path, database, jobs):
    highest = database.execute("SELECT coalesce(max(customer), 0) FROM sealed").fetchone()[0]
    step = max(1000, highest // (jobs * 4) + 1)
    return [(path, first, first + step - 1) for first in range(1, highest + 1, step)]


def check_sealed(job):
    """Ciphertext that is there has the digest that its event holds; what was erased is not there.

    Returns the first difference among some customers, or None.
    """
    path, first, last = job
    rows = open_database(path).execute(
        "SELECT seq, field, box, data FROM sealed CROSS JOIN event USING (seq)"
        " WHERE sealed.customer BETWEEN ? AND ?", (first, last))
    known, digests = None, {}
    try:
        for seq, field, box, data in rows:
            if known != seq:
                known, digests = seq, json.loads(data or "{}").get("sealed", {})
            digest = None if box is None else sha256(box).hexdigest()
            if field not in digests or digests[field] != digest:
                return f"event {seq}: the sealed {field} is not what was recorded"
    except (ValueError, AttributeError, TypeError):
        return f"event {known}: its data does not read"
    except sqlite3.DatabaseError as error:
        return f"the sealed fields of customers {first} to {last}: {error}"
    return None


# --- Tiles (C2SP tlog-tiles)


class Unix(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost")
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(self.path)


class Tiles:
    """Reads tiles from a directory or from the daemon's socket."""

    def __init__(self, place):
        self.place = place
        self.wire = None if os.path.isdir(place) else Unix(place)

    def read(self, path):
        if self.wire is None:
            try:
                with open(os.path.join(self.place, path), "rb") as file:
                    return file.read()
            except OSError as error:
                raise Difference(f"{path}: {error.strerror}")
        try:
            self.wire.request("GET", "/" + path)
            answer = self.wire.getresponse()
            data = answer.read()
        except (OSError, http.client.HTTPException) as error:
            raise Unusable(f"{self.place}: {error}")
        if answer.status in (401, 403, 503):
            raise Unusable(f"/{path}: {answer.status} {data.decode(errors='replace')}")
        if answer.status != 200:
            raise Difference(f"/{path}: {answer.status}")
        return data

    @staticmethod
    def name(position, width):
        text, rest = f"{position % 1000:03d}", position // 1000
        while rest:
            text, rest = f"x{rest % 1000:03d}/{text}", rest // 1000
        return text if width == WIDTH else f"{text}.p/{width}"


def check_tiles(place, keys, out):
    began = time.monotonic()
    tiles = Tiles(place)
    note = Note(tiles.read("checkpoint"), "the checkpoint")
    origin, size, root = note.checkpoint()
    if keys and not note.verify(keys):
        raise Difference("the checkpoint is signed by no key that was given")
    meter, levels = Meter(size), [[]]
    for position in range((size + WIDTH - 1) // WIDTH):
        width = min(WIDTH, size - position * WIDTH)
        name = Tiles.name(position, width)
        data, offset, leaves = tiles.read(f"tile/entries/{name}"), 0, []
        while offset < len(data):
            (length,) = struct.unpack_from(">H", data, offset)
            leaves.append(sha256(b"\x00" + data[offset + 2 : offset + 2 + length]).digest())
            offset += 2 + length
        if offset != len(data) or len(leaves) != width:
            raise Difference(f"tile/entries/{name} does not hold {width} entries")
        stored = tiles.read(f"tile/0/{name}")
        for index in range(width):
            if stored[index * 32 : index * 32 + 32] != leaves[index]:
                raise Difference(f"event {position * WIDTH + index + 1}: not the leaf of tile/0/{name}")
        if width == WIDTH:
            levels[0].append(perfect(leaves))
            rest = []
        else:
            rest = leaves
        meter.update(position * WIDTH + width)
    # Level by level: what the tiles of each say has to be what those below add up to.
    level = 1
    hashes = levels[0]
    while hashes:
        upper = []
        for position in range((len(hashes) + WIDTH - 1) // WIDTH):
            part = hashes[position * WIDTH : (position + 1) * WIDTH]
            name = f"tile/{level}/{Tiles.name(position, len(part))}"
            if tiles.read(name) != b"".join(part):
                raise Difference(f"{name} differs from the tiles below")
            if len(part) == WIDTH:
                upper.append(perfect(part))
        hashes, level = upper, level + 1
    found = fold(peaks(levels[0]) + peaks(rest if size else []))
    if found != root:
        raise Difference(f"the entries have another root than was signed at {size} events")
    seconds = time.monotonic() - began
    out(f"origin       {origin}")
    out(f"events       {size:,}")
    out(f"root         {base64.b64encode(root).decode()}")
    out("signature    " + ("verified" if keys else "NOT checked: no --verifier-key was given"))
    out(f"took         {seconds:.1f} s, {size / max(seconds, 1e-9):,.0f} events a second")


# --- Receipts (C2SP tlog-proof)


def check_receipt(path, event, keys, out):
    with open(path, "rb") as file:
        data = file.read()
    head, gap, tail = data.partition(b"\n\n")
    lines = head.decode("utf-8", "replace").split("\n")
    if not gap or lines[0] != "c2sp.org/tlog-proof@v1":
        raise Difference(f"{path}: no receipt")
    lines = lines[2:] if len(lines) > 1 and lines[1].startswith("extra ") else lines[1:]
    match = re.fullmatch("index (0|[1-9][0-9]*)", lines[0] if lines else "")
    if not match:
        raise Difference(f"{path}: no index")
    index, note = int(match[1]), Note(tail, f"the checkpoint of {path}")
    proof = [base64_bytes(line, path) for line in lines[1:]]
    origin, size, root = note.checkpoint()
    if not keys:
        raise Unusable("a receipt proves nothing without --verifier-key")
    if not note.verify(keys):
        raise Difference(f"{path}: signed by no key that was given")
    if origin not in [key.name for key in keys]:
        raise Difference(f"{path}: of the log {origin}, not of the key's")
    with open(event, "rb") as file:
        leaf = sha256(b"\x00" + file.read()).digest()
    if any(len(step) != 32 for step in proof) or not included(leaf, index, size, root, proof):
        raise Difference(f"{path}: {event} is not event {index + 1} of the signed log")
    out(f"event {index + 1} stands in {origin}, signed at {size:,} events")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__.split("\n\n")[0], formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog=__doc__.split("\n\n", 2)[2])
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--log-db", metavar="PATH", help="the database, as it lies or as a copy")
    what.add_argument("--tiles", metavar="PLACE", help="a directory of tiles, or the daemon's socket")
    what.add_argument("--receipt", metavar="FILE", help="what `tagledger log receipt` has written")
    parser.add_argument("--event", metavar="FILE", help="with --receipt: the event's bytes")
    parser.add_argument(
        "--checkpoints", metavar="FILE",
        help="with --log-db: another file of checkpoints than the one beside the database")
    parser.add_argument(
        "--verifier-key", metavar="KEY", action="append", default=[],
        help="as `tagledger log key` prints it; without it no signature is checked; several are allowed")
    parser.add_argument("--jobs", metavar="N", type=int, default=os.cpu_count())
    parser.add_argument("--quiet", action="store_true", help="say nothing where all agrees")
    given = parser.parse_args()
    out = (lambda line: None) if given.quiet else print
    try:
        keys = [Key(text) for text in given.verifier_key]
        if given.log_db:
            beside = os.path.join(os.path.dirname(os.path.abspath(given.log_db)), "checkpoints")
            checkpoints = given.checkpoints or beside
            for path in [given.log_db, given.checkpoints]:
                if path and not os.path.isfile(path):
                    raise Unusable(f"{path} is no file")
            if not os.path.exists(checkpoints):
                raise Difference(f"{checkpoints} is missing: nothing says what has been signed")
            check_log(given.log_db, keys, given.jobs, checkpoints, out)
        elif given.tiles:
            check_tiles(given.tiles, keys, out)
        else:
            if not given.event:
                raise Unusable("--receipt needs --event: the receipt holds hashes only")
            check_receipt(given.receipt, given.event, keys, out)
    except Difference as difference:
        print(f"verify.py: DIFFERS: {difference}", file=sys.stderr)
        return 1
    except (Unusable, OSError) as problem:
        print(f"verify.py: {problem}", file=sys.stderr)
        return 2
    out("all agrees" if keys else "all agrees, but for signatures, which were not checked")
    return 0


if __name__ == "__main__":
    sys.exit(main())
