// Where the ledger is read from, and the tree that everything read must fit into.

// What does not fit. `code` names the sentence; the rest fills its places.
class Fault extends Error {
  constructor(code, told = {}) {
    super(code);
    this.code = code;
    this.told = told;
  }
}

// A source gives the bytes of a path below the log, or null if there is nothing.
function fromAddress(address) {
  const base = address.endsWith("/") ? address : `${address}/`;
  return async (path) => {
    let answer;
    try {
      answer = await fetch(new URL(path, base), { credentials: "omit", redirect: "error" });
    } catch (error) {
      throw new Fault("unreachable", { path });
    }
    if (answer.status === 404) return null;
    if (!answer.ok) throw new Fault("unreachable", { path });
    return new Uint8Array(await answer.arrayBuffer());
  };
}

function fromFolder(files) {
  const byPath = new Map();
  for (const file of files) {
    const path = file.webkitRelativePath || file.name;
    byPath.set(path.slice(path.indexOf("/") + 1), file);
  }
  return async (path) => {
    const file = byPath.get(path);
    return file ? new Uint8Array(await file.arrayBuffer()) : null;
  };
}

async function needed(read, path) {
  const bytes = await read(path);
  if (bytes === null) throw new Fault("missing", { path });
  return bytes;
}

async function jsonOf(read, path) {
  try {
    return JSON.parse(text(await needed(read, path)));
  } catch (error) {
    throw error instanceof Fault ? error : new Fault("unreadable", { path });
  }
}

// Keys and signed notes (C2SP signed-note, tlog-checkpoint)
function parseKey(line) {
  const parts = line.trim().split("+");
  try {
    const [name, id] = parts;
    const blob = unbase64(parts.slice(2).join("+"));
    const made = sha256(joined(utf8.encode(`${name}\n`), blob)).slice(0, 4);
    if (blob.length !== 33 || blob[0] !== 1 || hex(made) !== id) throw new Fault("bad_key");
    return { name, id, raw: blob.slice(1), line: line.trim() };
  } catch (error) {
    throw new Fault("bad_key");
  }
}

async function signedBy(key, signature, message) {
  let imported;
  try {
    imported = await crypto.subtle.importKey("raw", key.raw, { name: "Ed25519" }, false, ["verify"]);
  } catch (error) {
    throw new Fault("no_ed25519");
  }
  return crypto.subtle.verify({ name: "Ed25519" }, imported, signature, message);
}

async function openCheckpoint(note, key) {
  const cut = note.lastIndexOf("\n\n");
  if (cut < 0) throw new Fault("bad_checkpoint");
  const body = note.slice(0, cut + 1);
  const signatures = note.slice(cut + 2).split("\n").filter(Boolean).map((line) => {
    const found = /^— (\S+) ([A-Za-z0-9+/=]+)$/.exec(line);
    if (!found) throw new Fault("bad_checkpoint");
    const blob = unbase64(found[2]);
    return { name: found[1], id: hex(blob.slice(0, 4)), blob: blob.slice(4) };
  });
  const mine = signatures.filter((one) => one.name === key.name && one.id === key.id);
  if (!mine.length) throw new Fault("not_signed", { name: key.name });
  for (const one of mine) {
    if (!(await signedBy(key, one.blob, utf8.encode(body)))) throw new Fault("false_signature", { name: key.name });
  }
  const [origin, size, root, ...more] = body.slice(0, -1).split("\n");
  if (origin !== key.name || !/^(0|[1-9]\d*)$/.test(size)) throw new Fault("bad_checkpoint");
  const at = (more.find((line) => line.startsWith("at ")) || "at ").slice(3);
  const witnesses = [...new Set(signatures.map((one) => one.name).filter((name) => name !== key.name))];
  return { origin, size: Number(size), root: unbase64(root), at, witnesses };
}

// Tiles (C2SP tlog-tiles)
function tilePath(level, number, width) {
  let digits = String(number);
  digits = digits.padStart(Math.ceil(digits.length / 3) * 3, "0");
  const groups = digits.match(/.../g);
  const last = groups.pop();
  const partial = width === 256 ? "" : `.p/${width}`;
  return `tile/${level}/${groups.map((group) => `x${group}/`).join("")}${last}${partial}`;
}

function hashesIn(bytes) {
  const hashes = [];
  for (let at = 0; at < bytes.length; at += 32) hashes.push(bytes.subarray(at, at + 32));
  return hashes;
}

function entriesIn(bytes, path) {
  const entries = [];
  for (let at = 0; at < bytes.length;) {
    const end = at + 2 + (bytes[at] << 8) + bytes[at + 1];
    if (!(end <= bytes.length)) throw new Fault("cut", { path });
    entries.push(bytes.subarray(at + 2, end));
    at = end;
  }
  return entries;
}

// A tree whose every tile is held against the signed root before it is believed.
class Tree {
  constructor(read, size, root) {
    this.read = read;
    this.size = size;
    this.root = root;
    this.edges = [];
    this.tiles = new Map();
    this.hashed = 0;
  }

  // A partial tile may be gone once the full one is there.
  async fetched(level, number, width) {
    const path = tilePath(level, number, width);
    const bytes = await this.read(path);
    if (bytes !== null || width === 256) return { path, bytes };
    return { path, bytes: await this.read(tilePath(level, number, 256)) };
  }

  // The right edge gives the root; everything else hangs below it.
  async grow() {
    const peaks = [];
    for (let level = 0, rows = this.size; rows > 0; level += 1, rows = Math.floor(rows / 256)) {
      const width = rows % 256;
      let hashes = [];
      if (width) {
        const { path, bytes } = await this.fetched(level, Math.floor(rows / 256), width);
        if (bytes === null) throw new Fault("missing", { path });
        if (bytes.length < width * 32) throw new Fault("cut", { path });
        hashes = hashesIn(bytes.subarray(0, width * 32));
      }
      this.edges.push(hashes);
      const here = [];
      for (let bit = 128, at = 0; bit; bit >>= 1) {
        if (width & bit) { here.push(fullRoot(hashes.slice(at, at + bit))); at += bit; }
      }
      peaks.unshift(...here);
    }
    const found = peaks.length ? peaks.reduceRight((right, left) => nodeHash(left, right)) : sha256(new Uint8Array());
    if (!same(found, this.root)) throw new Fault("other_root");
  }

  async tile(level, number) {
    const rows = Math.floor(this.size / 256 ** level);
    if (number === Math.floor(rows / 256)) return this.edges[level];
    const name = `${level}/${number}`;
    if (!this.tiles.has(name)) this.tiles.set(name, this.full(level, number));
    return this.tiles.get(name);
  }

  async full(level, number) {
    const path = tilePath(level, number, 256);
    const bytes = await needed(this.read, path);
    if (bytes.length !== 256 * 32) throw new Fault("cut", { path });
    const hashes = hashesIn(bytes);
    const above = await this.tile(level + 1, Math.floor(number / 256));
    if (!same(fullRoot(hashes), above[number % 256])) throw new Fault("changed", { path });
    return hashes;
  }

  // The entries of one bundle as [index, text, value], each held against the tree.
  async bundle(number) {
    const width = Math.min(256, this.size - number * 256);
    const { path, bytes } = await this.fetched("entries", number, width);
    if (bytes === null) throw new Fault("missing", { path });
    const entries = entriesIn(bytes, path).slice(0, width);
    if (entries.length !== width) throw new Fault("cut", { path });
    const hashes = entries.map(leafHash);
    if (width === 256) {
      const above = await this.tile(1, Math.floor(number / 256));
      if (!same(fullRoot(hashes), above[number % 256])) throw new Fault("changed", { path });
    } else {
      hashes.forEach((hash, i) => {
        if (!same(hash, this.edges[0][i])) throw new Fault("changed_entry", { path, index: number * 256 + i });
      });
    }
    this.hashed += width;
    return entries.map((entry, i) => ({ index: number * 256 + i, raw: entry, leaf: hashes[i] }));
  }
}

// The keys in a file, the newest first: what an older one signed stays good.
function parseKeys(file) {
  const lines = file.split("\n").filter((line) => line.trim());
  if (!lines.length) throw new Fault("bad_key");
  return lines.slice(0, 20).map(parseKey);
}

// A note signed with one of the keys.
async function openWithAny(note, keys) {
  for (const key of keys.slice(0, -1)) {
    try { return await openCheckpoint(note, key); } catch (error) { if (error.code === "no_ed25519") throw error; }
  }
  return openCheckpoint(note, keys[keys.length - 1]);
}

// Open the log at a source: its key, its newest checkpoint, and the edge of its tree.
async function openLog(read, knownKey) {
  const keys = parseKeys(text(await needed(read, "log.vkey")));
  const [key] = keys;
  if (knownKey && parseKey(knownKey).line !== key.line) throw new Fault("other_key");
  const note = text(await needed(read, "checkpoint"));
  const checkpoint = await openCheckpoint(note, key);
  const tree = new Tree(read, checkpoint.size, checkpoint.root);
  await tree.grow();
  return { read, key, keys, note, checkpoint, tree };
}
