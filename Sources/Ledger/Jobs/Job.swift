package import Domain
import EventLog
import Proof

/// Long work that can be watched, stopped and resumed.
package struct Job: Sendable, Identifiable {
  package let id: String
  package let kind: Kind
  /// As who it goes on, asked anew with each of its commands.
  package internal(set) var caller: Caller
  package internal(set) var actor: Actor
  package let started: Timestamp
  package internal(set) var state: State = .running
  package internal(set) var finished: Timestamp?
  /// How much is done, of `total` where that is known, in `unit`s.
  package internal(set) var done: Int64 = 0
  package internal(set) var total: Int64?
  package let unit: String
  /// What has come of it so far, by the name of each figure.
  package internal(set) var result: [String: JSON] = [:]
  package internal(set) var problem: Problem?
  /// The numbers of the events that its commands have recorded, in order; neighbours are one range.
  package internal(set) var recorded: [ClosedRange<Int64>] = []
  /// The problem as it is told in each language; after a restart all that is known of it.
  package internal(set) var pages: JSON?
  /// What the work is about; with `done` and `result` enough to go on after a restart.
  let parameters: JSON
  /// By what the request that started it is known again.
  let key: RequestKey?

  /// The raw values are formats: they stand in the files that keep jobs over a restart.
  package enum Kind: String, Sendable, CaseIterable {
    case apply
    case remove
    case importCustomers = "import_customers"
    case importMemberships = "import_memberships"
    case importHistory = "import_history"
    case importOrders = "import_orders"
    case rebuild
    case verify
    case erase
    case backup

    /// Work that can go on where it was stopped; the others begin anew.
    var isKept: Bool {
      switch self {
      case .rebuild, .verify, .erase, .backup: false
      case .apply, .remove, .importCustomers, .importMemberships, .importHistory,
        .importOrders:
        true
      }
    }

    /// Whether a file is read, which may hold personal fields.
    var isImport: Bool {
      switch self {
      case .importCustomers, .importMemberships, .importHistory, .importOrders: true
      case .apply, .remove, .rebuild, .verify, .erase, .backup: false
      }
    }

    /// Whether two jobs of these kinds may not be under way together: a file that somebody writes
    /// from personal fields must not outlive their erasure.
    func conflicts(with other: Self) -> Bool {
      switch (self, other) {
      case (.erase, .apply), (.erase, .remove), (.apply, .erase), (.remove, .erase): false
      case (.erase, _), (_, .erase): true
      default: self == .backup && other == .backup
      }
    }
  }

  /// The raw values are formats too.
  package enum State: String, Sendable {
    case running
    case stopped
    case done
    case failed
  }

  init(
    id: String, kind: Kind, caller: Caller, actor: Actor, started: Timestamp, unit: String,
    total: Int64?, parameters: JSON, key: RequestKey? = nil
  ) {
    self.key = key
    self.id = id
    self.kind = kind
    self.caller = caller
    self.actor = actor
    self.started = started
    self.unit = unit
    self.total = total
    self.parameters = parameters
  }

  /// Whether it only tells what would happen.
  package var isDryRun: Bool { parameters["dry_run"] == .bool(true) }

  /// Notes what one of its commands has recorded; nil for nothing.
  mutating func note(_ seqs: ClosedRange<Int64>?) {
    guard let seqs, seqs.lowerBound > recorded.last?.upperBound ?? 0 else { return }
    if let last = recorded.last, last.upperBound + 1 == seqs.lowerBound {
      recorded[recorded.count - 1] = last.lowerBound...seqs.upperBound
    } else {
      recorded.append(seqs)
    }
  }

  /// Adds to a figure of the result.
  mutating func count(_ figure: String, _ more: Int) {
    result[figure] = .int((result[figure]?.int ?? 0) + Int64(more))
  }
}

// MARK: - Over a restart

extension Job {
  /// - Parameter origin: the name of the log whose numbers `recorded` holds.
  func json(under origin: String) -> JSON {
    let key: [JSON]? = key.map { [.string(Hex.text($0.digest)), .string(Hex.text($0.request))] }
    return .object([
      "id": .string(id), "origin": .string(origin), "kind": .string(kind.rawValue),
      "actor": .string(actor.name),
      "via": .int(Int64(actor.via.rawValue)), "caller": caller.json,
      "started": .int(started.rawValue),
      "state": .string(state.rawValue),
      "finished": finished.map { .int($0.rawValue) } ?? .null, "done": .int(done),
      "total": total.map { .int($0) } ?? .null, "unit": .string(unit),
      "result": .object(result), "parameters": parameters,
      "recorded": .array(recorded.map { [.int($0.lowerBound), .int($0.upperBound)] }),
      "key": key.map(JSON.array) ?? .null, "problem": keptPages ?? .null,
    ])
  }

  /// Of an import no more than what kind of problem it was: the rest may quote the file, and would
  /// outlive an erasure.
  private var keptPages: JSON? {
    guard kind.isImport, let pages = pages?.object else { return pages }
    return .object(
      pages.mapValues { page in
        .object(
          (page.object ?? [:]).filter { ["code", "status", "title", "type"].contains($0.key) })
      })
  }

  /// A job as it was written; one that was running then has been stopped by the end of its daemon.
  init?(json: JSON) {
    guard let id = json["id"]?.string, let kind = json["kind"]?.string.flatMap(Kind.init),
      let actor = json["actor"]?.string, let caller = Caller(json: json["caller"]),
      let via = json["via"]?.int.flatMap({ Via(rawValue: Int8(clamping: $0)) }),
      let started = json["started"]?.int, let unit = json["unit"]?.string,
      let state = json["state"]?.string.flatMap(State.init), let parameters = json["parameters"]
    else { return nil }
    self.init(
      id: id, kind: kind, caller: caller, actor: Actor(name: actor, via: via),
      started: Timestamp(microseconds: started), unit: unit, total: json["total"]?.int,
      parameters: parameters, key: json["key"]?.array.flatMap(RequestKey.init))
    self.state = state == .running ? .stopped : state
    finished = json["finished"]?.int.map { Timestamp(microseconds: $0) }
    done = json["done"]?.int ?? 0
    if case .object(let result)? = json["result"] { self.result = result }
    recorded = (json["recorded"]?.array ?? []).compactMap {
      let ends = $0.array?.compactMap(\.int) ?? []
      return ends.count == 2 && ends[0] <= ends[1] ? ends[0]...ends[1] : nil
    }
    if state == .failed, case .object(let pages)? = json["problem"] { self.pages = .object(pages) }
  }
}

extension RequestKey {
  fileprivate init?(_ json: [JSON]) {
    let halves = json.compactMap { $0.string.flatMap(Hex.bytes) }
    guard halves.count == 2 else { return nil }
    self.init(digest: halves[0], request: halves[1])
  }
}
