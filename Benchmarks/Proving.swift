import Foundation

/// Receipts of a large log, and checking all of it from inside and outside.
struct Proving {
  let daemon: Daemon
  let set: DataSet
  let rounds: Int
  /// The folder with `verify.py`; the measuring program is started at the root of the sources.
  private static let script = "ops/verify.py"

  private var events: String { Text.count(Double(set.customers + set.memberships)) }

  /// Receipts of events from everywhere, and of one that has not been signed yet.
  func receipts(_ table: inout Table) throws {
    let wire = try daemon.wire()
    let last = set.customers + set.memberships
    var times: [Double] = []
    for number in 0..<2000 {
      let seq = number * 7_919_113 % last + 1
      let start = now()
      let answer = try wire.ask(Wire.get("/v1/events/\(seq)/receipt"))
      times.append(now() - start)
      guard answer.status == 200 else { throw Failure(answer.text) }
    }
    table.add(
      "receipt of an event of \(events)", Text.time(times.median), reach: "median under 2 ms",
      met: times.median < 0.002)
    var fresh: [Double] = []
    for number in 0..<50 {
      let receipt = try daemon.ask(
        Wire.post("/v1/tags", #"{"name":"Proof-\#(getpid())-\#(number)"}"#))
      guard let seq = receipt.firstMatch(of: /"seq":\[(\d+)/)?.output.1 else {
        throw Failure(receipt)
      }
      let start = now()
      let answer = try wire.ask(Wire.get("/v1/events/\(seq)/receipt"))
      fresh.append(now() - start)
      guard answer.status == 200 else { throw Failure(answer.text) }
    }
    table.add(
      "receipt of an event not signed yet", Text.time(fresh.median), reach: "median under 2 ms",
      met: fresh.median < 0.002)
  }

  /// Everything replayed and compared by the daemon, against reading the rows and nothing else.
  func verify(_ table: inout Table) throws {
    try daemon.measure("/v1/verifications", "verify: \(events) events", of: set, rounds, &table)
  }

  /// The independent verifier, against reading the same columns in the same language.
  func verifier(_ table: inout Table) throws {
    let path = set.directory + "/log.db"
    let columns =
      "seq, at, type, tag, customer, occurred, data, actor, reason, via, cause, command, leaf"
    let code = """
      import sqlite3, sys
      n = 0
      for row in sqlite3.connect(sys.argv[1]).execute("SELECT \(columns) FROM event ORDER BY seq"):
          n += row[0] > 0
      """
    let key = try daemon.ask(Wire.get("/v1/status")).firstMatch(of: /"verifier_key":"([^"]+)"/)
    guard let key = key?.output.1 else { throw Failure("no verifier key") }
    var rates: (verify: [Double], python: [Double], c: [Double]) = ([], [], [])
    let count = Double(set.customers + set.memberships)
    for _ in 0..<rounds {
      let log = try RawSQLite(reading: path)
      rates.c.append(try count / duration { _ = try log.scan() })
      rates.python.append(try count / duration { try Self.python(["-c", code, path]) })
      rates.verify.append(
        try count
          / duration {
            try Self.python([
              Self.script, "--quiet", "--log-db", path, "--verifier-key", String(key),
            ])
          })
    }
    let figure = rates.verify.median
    for (bound, name) in [(rates.python.median, "scan in Python"), (rates.c.median, "scan in C")] {
      table.add(
        "ops/verify.py: \(events) events", Text.rate(figure, "events"),
        bound: Text.rate(bound, "rows") + " (\(name))", ratio: figure / bound,
        reach: "at least 0.33", met: figure >= bound / 3)
    }
  }

  private static func python(_ arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3"] + arguments
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure("python3 \(arguments[0]) ended with \(process.terminationStatus)")
    }
  }
}

extension Daemon {
  /// A job that reads the whole log, against reading its rows and nothing else.
  func measure(
    _ path: String, _ work: String, of set: DataSet, _ rounds: Int, _ table: inout Table
  ) throws {
    let log = try RawSQLite(reading: set.directory + "/log.db")
    let wire = try wire()
    var rates: (job: [Double], scan: [Double]) = ([], [])
    for _ in 0..<rounds {
      var rows = 0
      let scan = try duration { rows = try log.scan() }
      rates.scan.append(Double(rows) / scan)
      let start = now()
      try wire.finish(ask(Wire.post(path, "{}")))
      rates.job.append(Double(rows) / (now() - start))
    }
    let (figure, bound) = (rates.job.median, rates.scan.median)
    table.add(
      work, Text.rate(figure, "events"), bound: Text.rate(bound, "rows") + " (scan in C)",
      ratio: figure / bound, reach: "at least 0.33", met: figure >= bound / 3)
  }
}

extension Wire {
  /// Waits for the end of a job, of which the answer that began it tells.
  func finish(_ answer: String) throws {
    guard let id = answer.firstMatch(of: /"id":"([^"]+)"/)?.output.1 else { throw Failure(answer) }
    while true {
      let text = try ask(Wire.get("/v1/jobs/\(id)")).text
      guard let state = text.firstMatch(of: /"state":"([^"]+)"/)?.output.1 else {
        throw Failure(text)
      }
      if state == "done" { return }
      guard state == "running" else { throw Failure(text) }
      usleep(5000)
    }
  }
}
