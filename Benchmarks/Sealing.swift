import Domain
import EventLog
import Foundation

/// What it costs to seal the personal fields of an event, against the same events without any.
struct Sealing {
  let directory: String
  let rounds: Int

  /// Registrations a batch, and fields each.
  private static let batch = 2000
  private static let fields: [PersonalField] = [.name, .phone, .notes, .ref]

  /// Microseconds that one field adds to an event that is appended, its row included.
  func measure(_ table: inout Table) throws {
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    let log = try Log.open(directory: directory, options: LogOptions())
    defer { log.close() }
    var scribe = Registrar(log: log)
    var times: (plain: [Double], sealed: [Double]) = ([], [])
    // Both kinds in turn, so that neither has a better moment; the first of each is not counted.
    for round in 0..<max(5, rounds) + 1 {
      let plain = try scribe.append(Self.batch, fields: [])
      let sealed = try scribe.append(Self.batch, fields: Self.fields)
      if round == 0 { continue }
      times.plain.append(plain)
      times.sealed.append(sealed)
    }
    let events = Double(Self.batch * Self.fields.count)
    let cost = (times.sealed.median - times.plain.median) / events * 1e6
    table.add(
      "sealing a field", "\(Text.fixed(cost, 1)) µs", bound: "20 µs", ratio: cost / 20,
      reach: "≤ 1", met: cost <= 20)
  }
}

private struct Registrar {
  let log: Log
  private var last: Int32 = 0
  private var command: UInt64 = 0

  init(log: Log) {
    self.log = log
  }

  /// Registers so many customers in one batch; returns how long that took, in seconds.
  mutating func append(_ count: Int, fields: [PersonalField]) throws -> Double {
    var events: [Event] = []
    for _ in 0..<count {
      last += 1
      var personal: PersonalFields = [:]
      for field in fields { personal[field] = "\(field.rawValue) of customer \(last), as it is" }
      events.append(
        Event(
          .customerRegistered, customer: CustomerID(last),
          data: .object(["channel": .string("loja")]), personal: fields.isEmpty ? nil : personal))
    }
    command += 1
    let id = CommandID(high: 0x019a_0000_0000_7000, low: 0x8000_0000_0000_0000 | command)
    let draft = Draft(
      command: id, actor: .system, at: Timestamp(microseconds: 1_795_309_323_000_000),
      events: events)
    return try duration { _ = try log.append([draft]) }
  }
}
