// What the platform says it counted, and the comparison with the recount.

// cases.json: case id → number and ranges [first, end) of leaves that hold its entries.
function casesIn(value) {
  try {
    return Object.entries(value.cases).map(([id, one]) => ({
      case: Number(id),
      number: String(one.number || id),
      ranges: one.ranges.map(([first, end]) => [Number(first), Number(end)]),
    })).sort((a, b) => (a.number < b.number ? 1 : -1));
  } catch (error) {
    throw new Fault("unreadable", { path: "cases.json" });
  }
}

function claimsIn(value) {
  const fits = value && value.cases && Array.isArray(value.deadlines) && Number.isSafeInteger(value.size);
  if (!fits) throw new Fault("unreadable", { path: "claims.json" });
  return value;
}

// An instant to the microsecond in one spelling, whichever way it was told.
function instant(told) {
  if (!told) return "";
  const found = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?(Z|[+-]\d\d:\d\d)$/.exec(told);
  if (!found) return String(told);
  const whole = new Date(`${found[1]}${found[3]}`).toISOString().slice(0, 19);
  return `${whole}.${(found[2] || "").padEnd(6, "0")}Z`;
}

// Rows of {name, said, counted, fits, kind}: the total, each day, the crossing, the deadlines.
function compared(count, claim, deadlines) {
  const rows = [];
  const row = (kind, name, said, counted) => rows.push({ kind, name, said, counted, fits: said === counted });
  if (count.archived) { // its history began elsewhere: at least what stands here must be counted
    rows.push({ kind: "least", name: "valid", said: claim.count, counted: count.valid, fits: claim.count >= count.valid });
    return rows;
  }
  row("number", "valid", claim.count, count.valid);
  const perDay = Object.fromEntries(count.days().map((day) => [day.day, day.counted - day.struck]));
  byDay(row, "day", claim.days, perDay);
  byDay(row, "total", claim.totals, count.totals());
  row("instant", "reached_at", instant(claim.reached_at), count.reached ? instant(count.reached.at) : "");
  if ("reached_index" in claim) row("number", "reached_index", claim.reached_index, count.reached && count.crossed ? count.crossed.index : null);
  if (count.crossed && !count.reached) count.differ("not_reached", { index: count.crossed.index });
  compareDeadlines(row, count, deadlines.filter((one) => one.case === count.caseId));
  return rows;
}

// Figures by day, if the platform tells any.
function byDay(row, kind, said, counted) {
  if (!said) return;
  for (const day of [...new Set([...Object.keys(said), ...Object.keys(counted)])].sort()) {
    const none = kind === "day" ? 0 : null;
    if (said[day] || counted[day] || day in said) row(kind, day, said[day] ?? none, counted[day] ?? none);
  }
}

function compareDeadlines(row, count, claimed) {
  const spelled = (one) => [instant(one.starts_at), instant(one.due_at), one.outcome, instant(one.outcome_at), instant(one.missed_at)].join(" ");
  const byKind = (list) => {
    const found = new Map();
    for (const one of list) found.set(one.kind, [...(found.get(one.kind) || []), one].sort((a, b) => (spelled(a) < spelled(b) ? -1 : 1)));
    return found;
  };
  const theirs = byKind(claimed), mine = byKind(count.deadlines);
  for (const kind of new Set([...mine.keys(), ...theirs.keys()])) {
    const said = theirs.get(kind) || [], counted = mine.get(kind) || [];
    for (let i = 0; i < Math.max(said.length, counted.length); i += 1) {
      const words = (one) => (one ? spelled(one) : "");
      row("deadline", kind, words(said[i]), words(counted[i]));
    }
  }
}
