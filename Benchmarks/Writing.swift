import Foundation
import Synchronization

/// Work that changes the ledger, over the socket.
struct Writing {
  let daemon: Daemon
  let set: DataSet
  let rounds: Int
  /// The number of the last tag made for measuring.
  private var lastTag = DataSet.tags

  init(daemon: Daemon, set: DataSet, rounds: Int) {
    self.daemon = daemon
    self.set = set
    self.rounds = rounds
  }

  /// Makes the tags that many small commands apply: with two digits, so that requests are patched.
  mutating func prepare() throws {
    while lastTag < Self.plain.upperBound { _ = try makeTag() }
  }

  private static let plain = 41...99

  private mutating func makeTag() throws -> Int {
    lastTag += 1
    try daemon.ask(Wire.post("/v1/tags", #"{"name":"Measure-\#(lastTag)"}"#))
    return lastTag
  }

  /// Applies one tag to one customer, another pair for each number.
  func application(_ from: Int) -> @Sendable (Int) -> [UInt8] {
    let customers = set.customers
    let template = Wire.post("/v1/tags/00/apply", #"{"customers":[        ]}"#)
    let body = template.count - 3
    return { number in
      let tag = Self.plain.lowerBound + (from + number / customers) % Self.plain.count
      var request = template
      request[14] = UInt8(48 + tag / 10)
      request[15] = UInt8(48 + tag % 10)
      var rest = number % customers + 1
      var place = body
      while rest > 0 {
        request[place] = UInt8(48 + rest % 10)
        rest /= 10
        place -= 1
      }
      return request
    }
  }

  /// Durable commands from many connections, against requests that do nothing.
  func commands(_ table: inout Table) throws {
    let idle = Wire.get("/healthz")
    let nothing = Load(daemon.socket, connections: 128) { _ in idle }
    let durable = Load(daemon.socket, connections: 128, request: application(0))
    var rates: (nothing: [Double], durable: [Double]) = ([], [])
    for _ in 0..<max(3, rounds) {
      rates.nothing.append(try nothing.rate(seconds: 2))
      rates.durable.append(try durable.rate(seconds: 2))
    }
    let (figure, bound) = (rates.durable.median, rates.nothing.median)
    table.add(
      "durable commands, 128 connections", Text.rate(figure, "commands"),
      bound: Text.rate(bound, "requests") + " (/healthz)", ratio: figure / bound,
      reach: "at least 0.5", met: figure >= bound / 2)
  }

  /// One connection's wait for a receipt, against one commit of plain SQLite; in turn, since what a
  /// flush takes on a disk changes from second to second.
  func single(_ table: inout Table) throws {
    let raw = try RawSQLite(new: daemon.directory + "/raw-single.db")
    let wire = try daemon.wire()
    let request = application(30)
    var times: (command: [Double], raw: [Double]) = ([], [])
    for number in 0..<1000 {
      let start = now()
      let answer = try wire.ask(request(number))
      times.command.append(now() - start)
      guard answer.status == 200 else { throw Failure(answer.text) }
      times.raw.append(try duration { try raw.append(1, batch: 1) })
    }
    let (figure, bound) = (times.command.median, times.raw.median)
    table.add(
      "one connection, median of a command", Text.time(figure),
      bound: Text.time(bound) + " (one SQLite commit)", ratio: figure / bound,
      reach: "at most 2", met: figure <= bound * 2)
  }

  /// One command for 100,000 customers, against plain inserts.
  mutating func bulk(_ table: inout Table) throws {
    let count = 100_000
    let wire = try daemon.wire()
    var times: (command: [Double], raw: [Double]) = ([], [])
    for round in 0..<max(3, rounds) {
      let request = Self.apply(try makeTag(), to: 1...count)
      let start = now()
      let answer = try wire.ask(request)
      times.command.append(now() - start)
      guard answer.text.contains("\"applied\":\(count)") else { throw Failure(answer.text) }
      let raw = try RawSQLite(new: daemon.directory + "/raw-bulk-\(round).db")
      times.raw.append(try duration { try raw.append(count, batch: 1000) })
    }
    let (figure, bound) = (Double(count) / times.command.median, Double(count) / times.raw.median)
    table.add(
      "a tag applied to 100,000 customers", Text.rate(figure, "events"),
      bound: Text.rate(bound, "rows") + " (SQLite, by 1,000)", ratio: figure / bound,
      reach: "at least 0.5", met: figure >= bound / 2)
  }

  /// How long one command for 100,000 customers takes.
  mutating func timeBulk() throws -> Double {
    let request = Self.apply(try makeTag(), to: 1...100_000)
    let start = now()
    try daemon.ask(request)
    return now() - start
  }

  private static func apply(_ tag: Int, to customers: ClosedRange<Int>) -> [UInt8] {
    let list = customers.map(String.init).joined(separator: ",")
    return Wire.post("/v1/tags/\(tag)/apply", "{\"customers\":[\(list)]}")
  }

  /// Two large tags become one, while another caller goes on with small commands.
  mutating func merge(_ table: inout Table) throws {
    var times: [Double] = []
    var waits: (meanwhile: [Double], before: [Double]) = ([], [])
    for round in 0..<max(3, rounds) {
      let (source, target) = (try makeTag(), try makeTag())
      try daemon.ask(Self.apply(source, to: 1...100_000))
      try daemon.ask(Self.apply(target, to: 50_001...150_000))
      let prober = Prober(daemon.socket, request: application(40 + round))
      usleep(1_000_000)
      let start = now()
      try daemon.ask(Wire.post("/v1/tags/\(source)/merge", #"{"into":\#(target)}"#))
      times.append(now() - start)
      usleep(1_000_000)
      let samples = try prober.stop()
      waits.meanwhile.append(samples.filter { $0.end >= start }.map(\.wait).max() ?? .nan)
      waits.before.append(samples.filter { $0.end < start }.map(\.wait).max() ?? .nan)
    }
    table.add(
      "merge of two tags with 100,000 members each", Text.time(times.median), reach: "under 1 s",
      met: times.median < 1)
    table.add(
      "longest wait of another command meanwhile", Text.time(waits.meanwhile.median),
      bound: Text.time(waits.before.median) + " (the second before)", reach: "at most 50 ms",
      met: waits.meanwhile.median <= 0.05)
  }
}

/// Gives small commands one after another, and notes how long each waited.
private final class Prober: Sendable {
  struct Sample {
    let end: Double
    let wait: Double
  }

  private let isStopped = Atomic(false)
  private let result = Mutex<Result<[Sample], Failure>?>(nil)
  private let ended = DispatchSemaphore(value: 0)

  init(_ socket: String, request: @escaping @Sendable (Int) -> [UInt8]) {
    Thread.detachNewThread { [self] in
      var samples: [Sample] = []
      let outcome: Result<[Sample], Failure>
      do throws(Failure) {
        let wire = try Wire(socket)
        while !isStopped.load(ordering: .relaxed) {
          let start = now()
          let status = try wire.ask(request(samples.count)).status
          guard status == 200 else { throw Failure("the prober was refused: \(status)") }
          samples.append(Sample(end: now(), wait: now() - start))
        }
        outcome = .success(samples)
      } catch {
        outcome = .failure(error)
      }
      result.withLock { $0 = outcome }
      ended.signal()
    }
  }

  func stop() throws -> [Sample] {
    isStopped.store(true, ordering: .relaxed)
    ended.wait()
    return try result.withLock { try $0!.get() }
  }
}
