internal import Domain
internal import GRDB
internal import Proof

/// The names a log has had. A ledger that goes on from a restored copy does so under a new one, so that
/// what was signed of the lost events and what is signed from then on cannot be taken for one log.
struct Eras: Sendable {
  /// The events under one name.
  struct Era: Sendable {
    /// The number of the first event.
    let first: Int64
    let origin: String
    let form: PublicForm
    /// How many of the events before it are those that were signed under earlier names.
    let agreed: Int64

    init(first: Int64, origin: String, agreed: Int64) {
      self.first = first
      self.origin = origin
      self.agreed = agreed
      form = PublicForm(origin: origin)
    }
  }

  /// In order; there is always one, and the first begins at 1.
  private let all: [Era]

  init(_ origin: String) {
    all = [Era(first: 1, origin: origin, agreed: 0)]
  }

  private init(_ all: [Era]) {
    self.all = all
  }

  /// The one that new events belong to.
  var current: Era { all[all.count - 1] }

  /// The name the ledger began with, to which its keys are bound.
  var firstOrigin: String { all[0].origin }

  var origins: [String] { all.map(\.origin) }

  /// The one that an event belongs to.
  subscript(seq: Int64) -> Era {
    // Nearly every log has one.
    all.count == 1 ? all[0] : all.last { $0.first <= seq } ?? all[0]
  }

  /// The last event of the era of this one.
  func end(of seq: Int64) -> Int64 {
    all.first { $0.first > seq }.map { $0.first - 1 } ?? .max
  }

  /// How long a log may be for what was signed of it under this name to hold still; nil for a name
  /// this log has never had.
  func limit(of origin: String) -> Int64? {
    guard let index = all.firstIndex(where: { $0.origin == origin }) else { return nil }
    return all[(index + 1)...].map(\.agreed).min() ?? .max
  }

  /// With one more name, from the event `first` on.
  func adding(_ origin: String, first: Int64, agreed: Int64) -> Self {
    Self(all + [Era(first: first, origin: origin, agreed: agreed)])
  }

  /// Reads the table `origin`, and of each name but the first the event it begins with.
  static func read(_ db: Database) throws -> Self {
    let rows = try GRDB.Row.fetchAll(db, sql: "SELECT first, name FROM origin ORDER BY first")
    var all: [Era] = []
    for row in rows {
      let first = try row.value("first", as: Int64.self, in: "origin")
      let name = try row.value("name", as: String.self, in: "origin")
      guard Self.isOrigin(name), all.isEmpty == (first == 1) else {
        throw Problem.logDamaged("the table of its names does not read")
      }
      all.append(
        Era(first: first, origin: name, agreed: first == 1 ? 0 : try agreed(db, at: first)))
    }
    guard !all.isEmpty else { throw Problem.logDamaged("the origin is missing") }
    return Self(all)
  }

  private static func agreed(_ db: Database, at first: Int64) throws -> Int64 {
    let data = try String.fetchOne(
      db, sql: "SELECT data FROM event WHERE seq = ? AND type = ?",
      arguments: [first, EventType.ledgerContinued.rawValue])
    guard let data, let json = try? JSON(parsing: data), let agreed = json["agreed"]?.int,
      (0..<first).contains(agreed)
    else { throw Problem.unreadable(first) }
    return agreed
  }

  /// Whether a log may be named so: it is the name of its signing key too.
  static func isOrigin(_ text: String) -> Bool {
    text.utf8.count <= 200 && text.unicodeScalars.allSatisfy { $0.value != 0x7f }
      && SignedNote.isKeyName(text)
  }

  static func checkOrigin(_ text: String) throws(Problem) {
    guard isOrigin(text) else {
      throw .storageFailed(
        "“\(text)” cannot be an origin: up to 200 visible characters, neither spaces nor plus")
    }
  }

  static func randomOrigin() -> String {
    "tagledger/" + Hex.text((0..<8).map { _ in UInt8.random(in: 0...255) })
  }
}
