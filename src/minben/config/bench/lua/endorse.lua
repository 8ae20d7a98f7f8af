-- One POST per person, each person once. Arguments after the address: path, file of people
-- ("cookies token" in each line), number of threads, mean pause in milliseconds, and whether to
-- begin again when everybody has had a turn (only where it does not matter who asks).
local threads = {}

function setup(thread)
  thread:set("id", #threads)
  table.insert(threads, thread)
end

function init(args)
  path, pause, again, at = args[1], tonumber(args[4]), args[5] == "again", 0
  acknowledged, refused, broken, exhausted, odd = 0, 0, 0, 0, 0
  people = {}
  local n, each = 0, tonumber(args[3])
  for line in io.lines(args[2]) do
    if n % each == id then people[#people + 1] = line end
    n = n + 1
  end
  math.randomseed(id + 1)
  if pause > 0 then
    -- Exponential pauses: as if the requests came from independent people.
    function delay() return math.floor(-math.log(1 - math.random()) * pause + 0.5) end
  end
end

function request()
  at = at + 1
  if again and at > #people then at = 1 end
  local line = people[at]
  if not line then
    exhausted = 1
    wrk.thread:stop()
    return wrk.format("GET", "/nobody-is-left/")
  end
  local cookies, token = line:match("^(%S+) (%S+)")
  return wrk.format("POST", path, {
    ["Content-Type"] = "application/x-www-form-urlencoded",
    ["Cookie"] = cookies,
  }, "csrfmiddlewaretoken=" .. token .. "&reason=")
end

function response(status, headers, body)
  local to = headers["location"] or headers["Location"] or ""
  if status == 302 and to:match("/endorsed/$") then
    acknowledged = acknowledged + 1
  elseif status >= 500 then
    broken = broken + 1
    odd = status
  else
    refused = refused + 1
    odd = status
  end
end

function done(summary, latency, requests)
  local sum = { acknowledged = 0, refused = 0, broken = 0, exhausted = 0, odd = 0 }
  for _, thread in ipairs(threads) do
    for name, value in pairs(sum) do sum[name] = value + thread:get(name) end
  end
  local e = summary.errors
  io.write(string.format(
    'RESULT {"seconds": %.3f, "answers": %d, "acknowledged": %d, "refused": %d, "broken": %d, ' ..
    '"exhausted": %s, "odd_status": %d, "lost": %d, "p50_ms": %.2f, "p95_ms": %.2f, ' ..
    '"p99_ms": %.2f, "max_ms": %.2f}\n',
    summary.duration / 1e6, summary.requests, sum.acknowledged, sum.refused, sum.broken,
    sum.exhausted > 0 and "true" or "false", sum.odd,
    e.connect + e.read + e.write + e.timeout,
    latency:percentile(50) / 1e3, latency:percentile(95) / 1e3, latency:percentile(99) / 1e3,
    latency.max / 1e3))
end
