// One proposal counted anew, from nothing but its entries in the log.

const ENDORSED = "proposals.endorsed";

function readEntry(one) {
  let told;
  try { told = JSON.parse(text(one.raw)); } catch (error) { throw new Fault("entry_false", { index: one.index }); }
  if (!told || told.v !== 1 || typeof told.kind !== "string" || canonical(told) !== text(one.raw)) throw new Fault("entry_false", { index: one.index });
  return told;
}

// Which bundles hold the case: those the platform names, or all of them.
function bundlesOf(ranges, size, whole) {
  const all = Math.ceil(size / 256);
  if (whole) return Array.from({ length: all }, (_, i) => i);
  const found = new Set();
  for (const [first, end] of ranges) {
    for (let number = Math.floor(first / 256); number <= Math.floor((end - 1) / 256) && number < all; number += 1) found.add(number);
  }
  return [...found].sort((a, b) => a - b);
}

// Read bundles in order, some ahead of the one that is being counted.
async function* inOrder(tree, numbers) {
  const ahead = [];
  for (let i = 0; i < numbers.length || ahead.length;) {
    while (ahead.length < 6 && i < numbers.length) {
      const reading = tree.bundle(numbers[i]);
      reading.catch(() => {});
      ahead.push(reading);
      i += 1;
    }
    yield await ahead.shift();
  }
}

// The window for endorsing is no duty of anybody's.
const isDuty = (deadline) => deadline.kind !== "endorse_close";

class Count {
  constructor(caseId, threshold) {
    this.caseId = caseId;
    this.threshold = threshold;
    this.valid = 0;
    this.archived = false;
    this.opening = null;
    this.ended = false;
    this.perDay = new Map();
    this.who = new Map();
    this.endorsements = new Map();
    this.crossed = null;
    this.reached = null;
    this.deadlines = [];
    this.acts = [];
    this.entries = 0;
    this.number = "";
    this.differences = [];
  }

  add(index, told) {
    if (told.case !== this.caseId) return;
    this.entries += 1;
    if (told.kind === ENDORSED) { this.endorse(index, told); return; }
    this.acts.push({ index, at: told.at, kind: told.kind });
    const data = told.data || {};
    if (told.kind === "proposals.filed" || told.kind === "casework.filed") this.number = data.number || this.number;
    if (told.kind === "proposals.opening_balance") this.open(index, told, data);
    if (["proposals.imported", "proposals.endorsements_taken_over"].includes(told.kind)) this.takeOver(index);
    if (told.kind === "proposals.invalidated") this.strike(index, told, true);
    if (told.kind === "proposals.restored") this.strike(index, told, false);
    if (told.kind === "proposals.reached") this.reach(index, told);
    if (told.kind === "proposals.fell_below" && data.outcome !== "stands") this.reached = this.crossed = null;
    if (told.kind === "proposals.withdrawn") this.ended = true;
    if (told.kind === "proposals.restored") this.cross(index, told.at);
    if (told.kind.startsWith("casework.deadline_")) this.deadline(index, told.kind.slice(18), told, data);
  }

  // What was counted before the ledger began: stated once, before anything else of the case.
  open(index, told, data) {
    if (this.opening) this.differ("opening_twice", { index });
    else if (this.endorsements.size || this.number || this.archived) this.differ("opening_late", { index });
    this.opening = { count: Number(data.count) || 0, day: dayOf(told.at) };
    this.number = data.number || "";
    this.threshold = data.threshold || this.threshold;
    this.archived = data.archived === true;
    this.valid += this.opening.count;
    if (data.reached_at) this.reached = { index, at: data.reached_at };
    this.deadlines.push(...(Array.isArray(data.deadlines) ? data.deadlines : []).map((one) => ({ ...one })));
  }

  takeOver(index) {
    if (!this.archived && (this.endorsements.size || this.opening)) this.differ("taken_over_late", { index });
    this.archived = true;
  }

  differ(code, details) {
    this.differences.push({ code, ...details });
  }

  endorse(index, told) {
    if (this.who.has(told.who)) this.differ("double", { index, other: this.who.get(told.who) });
    if (told.who) this.who.set(told.who, index);
    this.valid += 1;
    this.endorsements.set(index, { day: dayOf(told.at), struck: false });
    this.day(dayOf(told.at)).counted += 1;
    this.day(dayOf(told.at)).change += 1;
    this.cross(index, told.at);
  }

  cross(index, at) {
    const open = this.threshold && !(this.crossed || this.reached || this.ended);
    if (open && this.valid >= this.threshold) this.crossed = { index, at };
  }

  day(name) {
    if (!this.perDay.has(name)) this.perDay.set(name, { day: name, counted: 0, struck: 0, change: 0 });
    return this.perDay.get(name);
  }

  strike(index, told, out) {
    const leaves = told.data && told.data.leaves;
    for (const named of Array.isArray(leaves) ? leaves : [null]) {
      const [first, last] = Array.isArray(named) ? named : [named, named];
      for (const end of first === last ? [first] : [first, last]) {
        if (!this.endorsements.has(end)) this.differ("not_endorsement", { index, other: end });
      }
      for (const [leaf, one] of this.between(first, last)) {
        if (one.struck === out) { this.differ("struck_twice", { index, other: leaf }); continue; }
        one.struck = out;
        this.valid += out ? -1 : 1;
        this.day(one.day).struck += out ? 1 : -1;
        this.day(dayOf(told.at)).change += out ? -1 : 1;
      }
    }
  }

  // Endorsements from one leaf to another; what else stands between them is left alone.
  between(first, last) {
    if (first === last) return this.endorsements.has(first) ? [[first, this.endorsements.get(first)]] : [];
    return [...this.endorsements].filter(([leaf]) => leaf >= first && leaf <= last);
  }

  reach(index, told) {
    this.reached = { index, at: told.at };
    if (this.archived) return;
    if (this.threshold && !this.crossed) this.differ("reached_early", { index });
    else if (this.crossed && this.crossed.at !== told.at) this.differ("reached_at", { index, expected: this.crossed.at, found: told.at });
  }

  // Acts on a deadline name it as their subject; its end names only its kind.
  deadline(index, act, told, data) {
    if (act === "started") {
      this.deadlines.push({ subject: told.subject, kind: data.kind, starts_at: data.starts_at, due_at: data.due_at, outcome: "open" });
      return;
    }
    const known = act === "ended"
      ? this.deadlines.find((one) => one.kind === data.kind && one.outcome === "open")
      : this.deadlines.findLast((one) => one.subject === told.subject);
    if (!known) { if (!this.archived) this.differ("deadline_unknown", { index }); return; }
    if (act === "moved") Object.assign(known, { due_at: data.to, moved: true });
    if (act === "extended") {
      const instants = [told.at, data.from, data.to].map((one) => Date.parse(one));
      const lawful = known.kind === "response" && known.outcome === "open" && !known.extended
        && Date.parse(known.due_at) === instants[1] && instants[0] < instants[1] && instants[1] < instants[2];
      if (!lawful) this.differ("extension_differs", { index });
      Object.assign(known, { due_at: data.to, extended: true });
    }
    if (act === "missed") known.missed_at = told.at;
    if (act === "ended") {
      const late = isDuty(known) && Date.parse(told.at) >= Date.parse(known.due_at);
      if (!this.archived && late !== Boolean(known.missed_at)) this.differ("outcome_differs", { index });
      Object.assign(known, { outcome: data.outcome, outcome_at: told.at });
    }
  }

  // A duty that fell due a day ago or more must be told as missed.
  finish(at) {
    const silent = (one) => isDuty(one) && one.outcome === "open" && !one.missed_at && Date.parse(one.due_at) + 86400_000 < Date.parse(at);
    if (!this.archived && this.deadlines.some(silent)) this.differ("missed_silent", {});
  }

  // The count at the end of each day on which something changed it.
  // Up to the day of an opening balance they are older than the ledger in part, and left out.
  totals() {
    let total = this.opening ? this.opening.count : 0;
    const told = [...this.perDay.keys()].sort().map((name) => [name, (total += this.perDay.get(name).change)]);
    return Object.fromEntries(told.filter(([name]) => !this.opening || name > this.opening.day));
  }

  // The days from the first to the last with anything on them, added up.
  days() {
    const names = [...this.perDay.keys()].sort();
    const made = [];
    let total = this.opening ? this.opening.count : 0, struckTotal = 0;
    for (let at = Date.parse(names[0]); names.length && at <= Date.parse(names[names.length - 1]); at += 86400_000) {
      const name = new Date(at).toISOString().slice(0, 10);
      const { counted, struck } = this.perDay.get(name) || { counted: 0, struck: 0 };
      total += counted - struck;
      struckTotal += struck;
      made.push({ day: name, counted, struck, total, struckTotal });
    }
    return made;
  }
}

async function recount(log, found, claims, { whole, onProgress }) {
  const claim = claims.cases[found.case] || null;
  if (claims.size > log.tree.size) throw new Fault("claims_ahead");
  const count = new Count(found.case, claim ? claim.threshold : null);
  const numbers = bundlesOf(found.ranges, claims.size, whole);
  let done = 0;
  for await (const entries of inOrder(log.tree, numbers)) {
    for (const one of entries) if (one.index < claims.size) count.add(one.index, readEntry(one));
    done += 1;
    onProgress(done / numbers.length);
  }
  count.finish(claims.at);
  return { count, claim };
}
