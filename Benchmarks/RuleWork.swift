import Foundation
import Synchronization

/// How long a fact takes to its tags, with twenty rules on and a thousand facts a second coming in.
struct RuleWork {
  private static let senders = 8
  private static let perSecond = 1000
  private static let seconds = 20
  /// Orders of each customer before the measuring, on the average.
  private static let orders = 5

  let set: DataSet

  func measure(_ daemon: Daemon, _ table: inout Table) throws {
    let wire = try daemon.wire()
    note("telling \(set.customers * Self.orders) orders")
    let facts = try duration { try tellOrders(wire) }
    note("\(Text.rate(Double(set.customers * Self.orders) / facts, "facts")) told; rules on")
    let settling = try duration {
      try switchOn(daemon)
      try waitUntilStill(daemon)
    }
    let tagged = try position(daemon)
    note("\(set.customers) customers settled in \(Text.time(settling)), \(tagged) events in all")
    let before = try position(daemon)
    try send(daemon)
    try waitUntilStill(daemon)
    let waits = try waits(daemon, after: before)
    guard waits.count > 100 else { throw Failure("only \(waits.count) tags followed from facts") }
    let sorted = waits.sorted()
    let p99 = sorted[sorted.count * 99 / 100]
    note("\(waits.count) changes of tags, median \(Text.time(sorted.median))")
    table.add(
      "a fact to its tags, \(Self.perSecond) facts/s, 20 rules, p99", Text.time(p99),
      reach: "under 1 s", met: p99 < 1)
    table.add(
      "the same, memory at most", Text.fixed(try daemon.peakMemory() / 1e9, 2) + " GB",
      reach: "under 2 GB", met: try daemon.peakMemory() < 2e9)
  }

  /// How soon it is there again with all that it knows.
  func restart(_ program: String, _ table: inout Table) throws {
    let begin = now()
    let daemon = try Daemon(program, on: set.directory)
    defer { daemon.stop() }
    let time = now() - begin
    let memory = try daemon.peakMemory()
    let orders = Text.count(Double(set.customers * Self.orders))
    table.add(
      "ready after start: \(Text.count(Double(set.customers))) customers, \(orders) orders, 20 rules",
      Text.time(time), reach: "at most 8 s", met: time <= 8)
    table.add(
      "memory at its peak until then", Text.fixed(memory / 1e9, 2) + " GB", reach: "under 2 GB",
      met: memory < 2e9)
  }

  /// Orders of the past two years, the same every time.
  private func tellOrders(_ wire: Wire) throws {
    let now = Date.now.timeIntervalSince1970
    var number = 0
    for start in stride(from: 0, to: set.customers * Self.orders, by: 20_000) {
      var body = "["
      for index in start..<min(start + 20_000, set.customers * Self.orders) {
        number = index
        let customer = index % set.customers + 1
        let age = Double((index &* 2_654_435_761) % 730) * 86_400 + Double(index % 86_400)
        if body.utf8.count > 1 { body += "," }
        body += """
          {"type":"order.placed","customer":\(customer),"order":"b\(number)",\
          "amount":\((index &* 40_503) % 900_000),"occurred":"\(time(now - age))"}
          """
      }
      let answer = try wire.ask(Wire.post("/v1/facts", body + "]"))
      guard answer.status < 300 else { throw Failure("\(answer.status): \(answer.text)") }
    }
  }

  private func time(_ seconds: Double) -> String {
    Date(timeIntervalSince1970: seconds).formatted(.iso8601)
  }

  private func switchOn(_ daemon: Daemon) throws {
    for number in 1...19 {
      var parameters = ""
      if [7, 17].contains(number) { parameters = #","parameters":{"category":"sofa"}"# }
      if number == 18 { parameters = #","parameters":{"broadcast":"natal"}"# }
      try daemon.ask(
        Wire.post(
          "/v1/rules/ready/A\(number)",
          #"{"language":"en","enabled":true,"reason":"bench"\#(parameters)}"#))
    }
    try daemon.ask(
      Wire.post(
        "/v1/rules",
        #"{"name":"r20","tag":1,"filter":"orders(last 1d) >= 2","enabled":true,"reason":"bench"}"#))
  }

  private func position(_ daemon: Daemon) throws -> Int {
    let answer = try daemon.wire().ask(Wire.get("/v1/status"))
    let json = try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any]
    guard let position = json?["position"] as? Int else { throw Failure(answer.text) }
    return position
  }

  /// Until nothing has been recorded for three seconds.
  private func waitUntilStill(_ daemon: Daemon) throws {
    var last = try position(daemon)
    var still = 0
    while still < 6 {
      usleep(500_000)
      let next = try position(daemon)
      still = next == last ? still + 1 : 0
      last = next
    }
  }

  /// Facts at a steady pace, over several connections.
  private func send(_ daemon: Daemon) throws {
    let failure = Mutex<Failure?>(nil)
    let customers = set.customers
    let wires = try (0..<Self.senders).map { _ in try daemon.wire() }
    let start = now()
    nonisolated(unsafe) let unshared = wires
    DispatchQueue.concurrentPerform(iterations: Self.senders) { sender in
      let wire = unshared[sender]
      let count = Self.perSecond * Self.seconds / Self.senders
      do throws(Failure) {
        for number in 0..<count {
          let due = start + Double(number * Self.senders + sender) / Double(Self.perSecond)
          let rest = due - now()
          if rest > 0 { usleep(UInt32(rest * 1e6)) }
          let index = number * Self.senders + sender
          let customer = (index &* 611_953) % customers + 1
          let body = """
            {"type":"order.placed","customer":\(customer),"order":"m\(index)",\
            "amount":\((index &* 7919) % 700_000)}
            """
          let answer = try wire.ask(Wire.post("/v1/facts", body))
          guard answer.status < 300 else { throw Failure("\(answer.status): \(answer.text)") }
        }
      } catch {
        failure.withLock { $0 = error }
      }
    }
    if let failure = failure.withLock({ $0 }) { throw failure }
    note("sent for \(Text.time(now() - start))")
  }

  /// For each change of a tag by a rule, the time between the fact that caused it and itself.
  private func waits(_ daemon: Daemon, after position: Int) throws -> [Double] {
    var facts: [String: Date] = [:]
    var waits: [Double] = []
    var cursor = position
    let wire = try daemon.wire()
    let format = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    while true {
      let answer = try wire.ask(Wire.get("/v1/events?after=\(cursor)&limit=1000"))
      guard answer.status == 200,
        let events = try JSONSerialization.jsonObject(with: Data(answer.body)) as? [[String: Any]]
      else { throw Failure(answer.text) }
      if events.isEmpty { return waits }
      for event in events {
        guard let id = event["id"] as? String, let text = event["time"] as? String else { continue }
        cursor = Int(id) ?? cursor
        let time = try Date(text, strategy: format)
        facts[id] = time
        guard event["via"] as? String == "rule", let cause = event["cause"] as? String,
          let fact = facts[cause]
        else { continue }
        waits.append(time.timeIntervalSince(fact))
      }
    }
  }
}
