-- The same address again and again, as an anonymous reader. No argument.
function done(summary, latency, requests)
  local e = summary.errors
  io.write(string.format(
    'RESULT {"seconds": %.3f, "answers": %d, "acknowledged": %d, "refused": %d, "broken": 0, ' ..
    '"exhausted": false, "odd_status": 0, "lost": %d, "p50_ms": %.2f, "p95_ms": %.2f, ' ..
    '"p99_ms": %.2f, "max_ms": %.2f, "bytes": %d}\n',
    summary.duration / 1e6, summary.requests, summary.requests - e.status, e.status,
    e.connect + e.read + e.write + e.timeout,
    latency:percentile(50) / 1e3, latency:percentile(95) / 1e3, latency:percentile(99) / 1e3,
    latency.max / 1e3, summary.bytes))
end
