import Domain
import EventLog
import Foundation

/// A ledger written straight into a log, the same for the same sizes; each customer has eight tags at
/// most.
struct DataSet {
  static let tags = 40
  /// Who has acted, besides those who measure.
  static let operators: [UInt32] = Array(1000..<1008)

  let directory: String
  let customers: Int
  let memberships: Int
  /// Whether customers have a name and a phone, which take time to seal.
  let hasPersons: Bool

  /// Drafts appended together.
  private static let batch = 20_000

  /// Writes it, unless it is there already.
  func write() throws {
    let marker = directory + "/data-set"
    let content = "1 \(customers) \(memberships) \(hasPersons)\n"
    if (try? String(contentsOfFile: marker, encoding: .utf8)) == content { return }
    try? FileManager.default.removeItem(atPath: directory)
    try FileManager.default.createDirectory(
      atPath: directory, withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700])
    let log = try Log.open(directory: directory, options: LogOptions())
    var scribe = Scribe(log)
    for tag in 1...Self.tags {
      let data: JSON = .object(["name": .string("Bench-\(tag)"), "color": .int(Int64(tag % 20))])
      scribe.add(Event(.tagCreated, tag: TagID(Int32(tag)), data: data))
    }
    try scribe.flush()
    for customer in 1...customers {
      scribe.add(registration(of: Int32(customer)))
      if scribe.count == Self.batch { try scribe.flush() }
    }
    try scribe.flush()
    for index in 0..<memberships {
      scribe.add(application(index))
      if scribe.count == Self.batch { try scribe.flush() }
    }
    try scribe.flush()
    log.close()
    try content.write(toFile: marker, atomically: true, encoding: .utf8)
  }

  private func registration(of customer: Int32) -> Event {
    let channels = ["Instagram", "site", "loja", "evento"]
    let data: JSON = .object(["channel": .string(channels[Int(customer) % 4])])
    let personal: PersonalFields? =
      hasPersons
      ? [.name: "Cliente \(customer)", .phone: "+55419\(80_000_000 + customer)"] : nil
    return Event(
      .customerRegistered, customer: CustomerID(customer), data: data, personal: personal)
  }

  /// Goes round all customers by leaps, so that neighbours in the log are strangers; each gets one
  /// tag a round, and one event in fifty gives a reason.
  private func application(_ index: Int) -> Event {
    let (round, place) = (index / customers, index % customers)
    let customer = (place * 611_953 + round * 7919) % customers + 1
    let tag = (customer &* 2_654_435_761 % 1_000_003 + round * 5) % Self.tags + 1
    return Event(
      .tagApplied, tag: TagID(Int32(tag)), customer: CustomerID(Int32(customer)),
      reason: index % 50 == 0 ? "campanha \(index / 50 % 200)" : nil)
  }
}

/// Gathers events, each a command of its own, and appends them together.
private struct Scribe {
  private let log: Log
  private var drafts: [Draft] = []
  private var ids = CommandIDGenerator()
  private var time = Timestamp(microseconds: 1_700_000_000_000_000)

  init(_ log: Log) {
    self.log = log
  }

  var count: Int { drafts.count }

  mutating func add(_ event: Event) {
    time = Timestamp(microseconds: time.rawValue + 1000)
    let who = DataSet.operators[Int(time.rawValue / 1_000_000) % DataSet.operators.count]
    drafts.append(
      Draft(command: ids.next(now: time), actor: .local(uid: who), at: time, events: [event]))
  }

  mutating func flush() throws {
    guard !drafts.isEmpty else { return }
    _ = try log.append(drafts)
    drafts.removeAll(keepingCapacity: true)
  }
}
