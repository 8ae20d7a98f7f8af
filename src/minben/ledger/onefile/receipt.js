// Receipts: what one says, and whether the log that was opened holds it.

const CODE = /^(?:[^]*#)?r1\.(\d{1,15}|-)\.([\w-]{43})\.(\d{1,17}|-)\.([\w-]{86}|-)$/;
const unurl64 = (string) => unbase64(string.replace(/-/g, "+").replace(/_/g, "/") + "=".repeat((4 - (string.length % 4)) % 4));
const DUE_HOURS = 24;

function instantOf(micros) {
  const seconds = micros.padStart(7, "0");
  const whole = new Date(Number(seconds.slice(0, -6)) * 1000).toISOString().slice(0, 19);
  return `${whole}.${seconds.slice(-6)}Z`;
}

// What was pasted, as a list of receipts; a code is one without its entry.
function readReceipts(pasted) {
  const code = CODE.exec(pasted.trim());
  if (code) {
    const [, index, leaf, micros, signature] = code;
    return [{
      leaf: unurl64(leaf),
      index: index === "-" ? null : Number(index),
      promise: micros === "-" || signature === "-" ? null : { at: instantOf(micros), signature: unurl64(signature) },
    }];
  }
  let value;
  try { value = JSON.parse(pasted.replace(/^\ufeff/, "")); } catch (error) { throw new Fault("not_receipt"); }
  const several = value && value.format === "minben-receipts/v1" ? value.receipts : [value];
  if (!Array.isArray(several) || !several.length || several.length > 1000) throw new Fault("not_receipt");
  return several.map(oneReceipt);
}

function oneReceipt(value) {
  if (!value || value.format !== "minben-receipt/v1") throw new Fault("not_receipt");
  try {
    const entry = utf8.encode(value.entry);
    return {
      whole: true,
      origin: value.origin,
      key: parseKey(value.vkey),
      receiptKey: parseKey(value.receipt_vkey),
      entry,
      told: JSON.parse(value.entry),
      leaf: leafHash(entry),
      salt: unhex(value.salt || ""),
      sealed: value.sealed || null,
      promise: value.promise ? { at: value.promise.at, signature: unbase64(value.promise.signature) } : null,
      index: Number.isSafeInteger(value.index) ? value.index : null,
      note: value.checkpoint || "",
      proof: (value.proof || []).map(unhex),
    };
  } catch (error) {
    throw new Fault("not_receipt");
  }
}

async function promiseHolds(receipt, key, origin) {
  const message = `minben promise v1\n${origin}\n${hex(receipt.leaf)}\n${receipt.promise.at}\n`;
  return signedBy(key, receipt.promise.signature, utf8.encode(message));
}

// What of the receipt itself is false, as codes.
async function ownFaults(receipt, log, receiptKeys) {
  const faults = [];
  if (receipt.whole) {
    if (receipt.origin !== log.key.name) return ["other_log"];
    const known = (keys, key) => keys.some((one) => one.line === key.line);
    if (!known(log.keys, receipt.key) || (receiptKeys.length && !known(receiptKeys, receipt.receiptKey))) faults.push("key_mismatch");
    if (canonical(receipt.told) !== text(receipt.entry)) faults.push("entry_false");
    if (receipt.sealed && hex(sha256(joined(receipt.salt, utf8.encode(canonical(receipt.sealed))))) !== receipt.told.commit) faults.push("commitment_false");
  }
  if (receipt.promise) {
    const keys = receiptKeys.length ? receiptKeys : [receipt.receiptKey].filter(Boolean);
    let holds = !keys.length;
    for (const key of keys) holds = holds || (await promiseHolds(receipt, key, log.key.name));
    if (!holds) faults.push("promise_false");
  }
  if (receipt.whole && receipt.index !== null) {
    try {
      const found = await openWithAny(receipt.note, log.keys);
      if (!provesInclusion(receipt.leaf, receipt.index, found.size, receipt.proof, found.root)) faults.push("proof_false");
    } catch (error) {
      if (error.code === "no_ed25519") throw error;
      faults.push("checkpoint_false");
    }
  }
  if (!receipt.promise && receipt.index === null) faults.push("proves_nothing");
  return faults;
}

// Where the leaf stands in the log that was opened: its index, or null. Without an index every
// entry from the first is looked at, newest first, because promises are mostly fresh.
async function findLeaf(receipt, tree, onProgress) {
  if (receipt.index !== null) {
    if (receipt.index >= tree.size) return "later";
    const entries = await tree.bundle(Math.floor(receipt.index / 256));
    return same(entries[receipt.index % 256].leaf, receipt.leaf) ? receipt.index : "other";
  }
  const bundles = Math.ceil(tree.size / 256);
  for (let number = bundles - 1; number >= 0; number -= 1) {
    onProgress((bundles - number) / bundles);
    const found = (await tree.bundle(number)).find((one) => same(one.leaf, receipt.leaf));
    if (found) return found.index;
  }
  return null;
}

async function checkReceipt(receipt, log, onProgress) {
  const line = await log.read("receipt.vkey");
  const receiptKeys = line === null ? [] : parseKeys(text(line));
  const faults = await ownFaults(receipt, log, receiptKeys);
  if (faults.length) return { standing: "false", faults };
  const place = await findLeaf(receipt, log.tree, onProgress);
  if (place === "other") return { standing: "false", faults: ["not_at_index"] };
  if (place === "later") return { standing: "later", index: receipt.index, faults };
  if (place !== null) return { standing: "entered", index: place, faults, opened: Boolean(receipt.sealed) };
  const due = Date.parse(receipt.promise.at) + DUE_HOURS * 3600_000;
  const until = Date.parse(log.checkpoint.at);
  return { standing: until > due ? "overdue" : "promised", due: new Date(due).toISOString(), faults };
}
