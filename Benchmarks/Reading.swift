import Foundation

/// Work that reads a large log.
struct Reading {
  let program: String
  let set: DataSet
  let rounds: Int

  private var sizes: String {
    "\(Text.count(Double(set.customers))) customers, \(Text.count(Double(set.memberships))) memberships"
  }

  /// From the start of the process to its first answer, and the memory it has held until then.
  func start(_ table: inout Table) throws {
    var times: [Double] = []
    var memory: [Double] = []
    for _ in 0..<rounds {
      let begin = now()
      let daemon = try Daemon(program, on: set.directory)
      times.append(now() - begin)
      memory.append(try daemon.peakMemory())
      daemon.stop()
    }
    table.add(
      "ready after start: \(sizes)", Text.time(times.median), reach: "at most 5 s",
      met: times.median <= 5)
    let peak = memory.max() ?? .nan
    table.add(
      "memory at its peak until then", "\(Text.fixed(peak / 1e6, 0)) MB", reach: "at most 1 GB",
      met: peak <= Double(1 << 30))
  }

  /// Pages of the change log from everywhere in it.
  func pages(_ daemon: Daemon, _ table: inout Table) throws {
    let events = Text.count(Double(set.customers + set.memberships))
    let wire = try daemon.wire()
    let kinds: [(name: String, key: (Int) -> String)] = [
      ("customer", { "\($0 * 7919 % set.customers + 1)" }),
      ("tag", { "\($0 % DataSet.tags + 1)" }),
      ("actor", { "uid:\(DataSet.operators[$0 % DataSet.operators.count])" }),
    ]
    for kind in kinds {
      var times: [Double] = []
      for number in 0..<400 {
        let target = "/v1/changes?limit=50&\(kind.name)=\(kind.key(number))"
        let start = now()
        let answer = try wire.ask(Wire.get(target))
        times.append(now() - start)
        guard answer.status == 200 else { throw Failure(answer.text) }
      }
      table.add(
        "page of 50 of \(events) events, by \(kind.name)", Text.time(times.median),
        reach: "median under 2 ms", met: times.median < 0.002)
    }
  }

  /// Who had a tag at a moment that nobody has asked for yet, against who has it: 100,000 customers in
  /// pages, each with since when and why.
  func past(_ daemon: Daemon, _ table: inout Table) throws {
    let wire = try daemon.wire()
    let events = set.customers + set.memberships
    var times: (now: [Double], then: [Double]) = ([], [])
    for round in 0..<rounds {
      let tag = round % DataSet.tags + 1
      times.now.append(try members(of: tag, asOf: nil, wire))
      times.then.append(
        try members(of: tag, asOf: events - events / 20 * (round + 1) / rounds, wire))
    }
    let ratio = times.then.median / times.now.median
    table.add(
      "members of a tag of 100,000 as of a past moment", Text.time(times.then.median),
      bound: Text.time(times.now.median) + " (now)", ratio: ratio, reach: "at most 3",
      met: ratio <= 3)
  }

  /// How long it takes to read 100,000 members of a tag.
  private func members(of tag: Int, asOf seq: Int?, _ wire: Wire) throws -> Double {
    let start = now()
    var target = "/v1/tags/\(tag)/customers?limit=1000" + (seq.map { "&as_of=\($0)" } ?? "")
    let base = target
    for _ in 0..<100 {
      let answer = try wire.ask(Wire.get(target))
      guard answer.status == 200 else { throw Failure(answer.text) }
      guard let found = answer.text.firstRange(of: "\"next\":\"") else { break }
      target = base + "&cursor=" + answer.text[found.upperBound...].prefix { $0 != "\"" }
    }
    return now() - start
  }

  /// Everything built anew beside what is served, against reading the rows and nothing else.
  func rebuild(_ daemon: Daemon, _ table: inout Table) throws {
    try daemon.measure(
      "/v1/rebuilds", "rebuild of everything: \(sizes)", of: set, rounds, &table)
  }
}
