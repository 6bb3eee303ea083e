/// What an event says of segments, of the work on them and of how RFM is scored: the one place where it
/// is read from an event's data and written to it.
///
/// The names of the members are formats: they stand in the log.
package enum SegmentChange: Hashable, Sendable {
  case created(SegmentID, SegmentTerms)
  /// Nil for what stays; each pair is what was and what is.
  case revised(SegmentID, Revision)
  case removed(SegmentID, name: String)
  case restored(SegmentID, name: String)
  /// `part` is 1 for the event with which the list begins; long ones take several.
  case due(SegmentID, DueMoment, [CustomerID], matched: Int, part: Int)
  case worked(WorkAct, SegmentID, CustomerID, Day, by: OperatorID?)
  case rfmConfigured(Pair<RFMSettings>)

  package typealias Pair = TeamChange.Change

  package struct Revision: Hashable, Sendable {
    package var name: Pair<String>?
    package var purpose: Pair<String?>?
    package var owner: Pair<OperatorID?>?
    package var filter: Pair<String>?
    package var routine: Pair<Routine?>?

    /// What there is between two; a field that is the same is left out.
    init(from: SegmentTerms, to: SegmentTerms) {
      name = Pair(from.name, to.name)
      purpose = Pair(from.purpose, to.purpose)
      owner = Pair(from.owner, to.owner)
      filter = Pair(from.filter, to.filter)
      routine = Pair(from.routine, to.routine)
    }

    var isEmpty: Bool {
      name == nil && purpose == nil && owner == nil && filter == nil && routine == nil
    }
  }

  /// Customers that one event of a list names: well under the bytes that an event may have.
  static let dueLimit = 5000

  var type: EventType {
    switch self {
    case .created: .segmentCreated
    case .revised: .segmentRevised
    case .removed: .segmentRemoved
    case .restored: .segmentRestored
    case .due: .workDue
    case .worked(let act, _, _, _, _): act.type
    case .rfmConfigured: .rfmConfigured
    }
  }

  func event(cause: Int? = nil) -> Event {
    var event = Event(type, data: data, cause: cause)
    if case .worked(_, _, let customer, _, _) = self { event.customer = customer }
    return event
  }

  /// The segment that it is about.
  package var segment: SegmentID? {
    switch self {
    case .created(let id, _), .revised(let id, _), .removed(let id, _), .restored(let id, _),
      .due(let id, _, _, _, _), .worked(_, let id, _, _, _):
      id
    case .rfmConfigured: nil
    }
  }
}

// MARK: - Writing

extension SegmentChange {
  private var data: JSON {
    switch self {
    case .created(let id, let terms): .object(["segment": id.json].merging(terms.members) { $1 })
    case .revised(let id, let revision):
      .object(["segment": id.json].merging(revision.members) { $1 })
    case .removed(let id, let name), .restored(let id, let name):
      ["segment": id.json, "name": .string(name)]
    case .due(let id, let due, let customers, let matched, let part):
      [
        "segment": id.json, "day": .string(due.day.text), "due": .string(due.at.text),
        "customers": .array(customers.map(\.json)), "matched": .int(Int64(matched)),
        "part": .int(Int64(part)),
      ]
    case .worked(_, let id, _, let day, let holder):
      .object(
        ["segment": id.json, "day": .string(day.text), "operator": holder?.json]
          .compactMapValues { $0 })
    case .rfmConfigured(let settings):
      ["settings": ["from": settings.from.json, "to": settings.to.json]]
    }
  }
}

extension SegmentTerms {
  var members: [String: JSON] {
    var members: [String: JSON] = ["name": .string(name), "filter": .string(filter)]
    members["purpose"] = purpose.map(JSON.string)
    members["owner"] = owner?.json
    members["routine"] = routine?.json
    return members
  }

  init?(json: JSON) {
    guard let name = json["name"]?.string, let filter = json["filter"]?.string else { return nil }
    var routine: Routine?
    if let json = json["routine"] {
      guard let read = Routine(json: json) else { return nil }
      routine = read
    }
    self.init(
      name: name, purpose: json["purpose"]?.string, owner: OperatorID(json: json["owner"]),
      filter: filter, routine: routine)
  }
}

extension SegmentChange.Revision {
  fileprivate var members: [String: JSON] {
    func pair<Value>(
      _ pair: SegmentChange.Pair<Value>?, _ write: (Value) -> JSON
    ) -> JSON? {
      pair.map { .object(["from": write($0.from), "to": write($0.to)]) }
    }
    return [
      "name": pair(name) { .string($0) },
      "purpose": pair(purpose) { $0.map(JSON.string) ?? .null },
      "owner": pair(owner) { $0?.json ?? .null },
      "filter": pair(filter) { .string($0) },
      "routine": pair(routine) { $0?.json ?? .null },
    ].compactMapValues { $0 }
  }

  /// Nil where a member is there, but is not what it should be.
  fileprivate init?(json: JSON) {
    var isSound = true
    func pair<Value: Hashable & Sendable>(
      _ member: String, _ read: (JSON) -> Value?
    ) -> SegmentChange.Pair<Value>? {
      guard let json = json[member] else { return nil }
      guard let from = json["from"].flatMap(read), let to = json["to"].flatMap(read) else {
        isSound = false
        return nil
      }
      return SegmentChange.Pair(from, to)
    }
    func orNull<Value>(_ read: @escaping (JSON) -> Value?) -> (JSON) -> Value?? {
      { $0.isNull ? .some(nil) : read($0).map { .some($0) } }
    }
    name = pair("name", \.string)
    purpose = pair("purpose", orNull(\.string))
    owner = pair("owner", orNull { OperatorID(json: $0) })
    filter = pair("filter", \.string)
    routine = pair("routine", orNull { Routine(json: $0) })
    guard isSound else { return nil }
  }
}

// MARK: - Reading

extension SegmentChange {
  /// Nil where the type is another, or the data is not what such an event has.
  package init?(_ type: EventType, customer: CustomerID?, _ data: JSON?) {
    guard let data else { return nil }
    if type == .rfmConfigured {
      let pair = data["settings"]
      guard let from = pair?["from"].flatMap(RFMSettings.init(json:)),
        let to = pair?["to"].flatMap(RFMSettings.init(json:)), let change = Pair(from, to)
      else { return nil }
      self = .rfmConfigured(change)
      return
    }
    guard let id = SegmentID(json: data["segment"]) else { return nil }
    switch type {
    case .segmentCreated:
      guard let terms = SegmentTerms(json: data) else { return nil }
      self = .created(id, terms)
    case .segmentRevised:
      guard let revision = Revision(json: data) else { return nil }
      self = .revised(id, revision)
    case .segmentRemoved, .segmentRestored:
      guard let name = data["name"]?.string else { return nil }
      self = type == .segmentRemoved ? .removed(id, name: name) : .restored(id, name: name)
    case .workDue:
      guard let due = Self.due(id, data) else { return nil }
      self = due
    default:
      guard let act = WorkAct(type), let customer, let day = data["day"]?.string.flatMap(Day.init)
      else { return nil }
      self = .worked(act, id, customer, day, by: OperatorID(json: data["operator"]))
    }
  }

  private static func due(_ id: SegmentID, _ data: JSON) -> Self? {
    guard let day = data["day"]?.string.flatMap(Day.init),
      let at = data["due"]?.string.flatMap({ try? Timestamp(parsing: $0) }),
      let listed = data["customers"]?.array, let matched = data["matched"]?.int,
      let part = data["part"]?.int
    else { return nil }
    let customers = listed.compactMap { CustomerID(json: $0) }
    guard customers.count == listed.count else { return nil }
    return .due(
      id, DueMoment(day: day, at: at), customers, matched: Int(matched), part: Int(part))
  }
}
