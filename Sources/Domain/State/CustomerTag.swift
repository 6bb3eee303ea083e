/// A tag as it is now, without who has it.
package struct CustomerTag: Hashable, Sendable {
  package let id: TagID
  package var name: TagName
  package var color: TagColor
  /// When the tag applies, in the team's words (N7).
  package var criterion: String?
  /// What to do next with a customer who has it (N7).
  package var followUp: String?
  /// The set of which a customer holds one tag at a time (N9).
  package var set: String? {
    didSet { setKey = set.map(NameKey.init) }
  }
  /// What makes its set the same as another's.
  package internal(set) var setKey: NameKey?
  /// The last day of a campaign's tag, as `YYYY-MM-DD` (N10).
  package var ends: String?
  package var status: Status = .active
  /// How often its definition has changed; given as `If-Match` or `revision` to refuse a lost update.
  package var revision: Int64 = 1
  /// The `seq` of the event that created it.
  package let created: Int64
  /// The `seq` of the event that last changed its definition.
  package var changed: Int64
  /// Names that mean this tag too, from merges.
  package var aliases: [TagName] = []
  /// Every name it has had, each with the `seq` from which it held; the last is the present one.
  package var names: [Naming]

  package enum Status: Hashable, Sendable {
    case active
    case archived
    case deleted
    case merged(into: TagID)
  }

  package struct Naming: Hashable, Sendable {
    package let since: Int64
    package let text: String
  }

  /// Whether it still stands in the catalogue: neither deleted nor merged away.
  package var isListed: Bool {
    status == .active || status == .archived
  }

  /// The name it had when the event `seq` was recorded.
  package func name(at seq: Int64) -> String {
    names.last { $0.since <= seq }?.text ?? names.first?.text ?? name.text
  }
}

/// What an application carries besides the tag, such as a tracking number (N8).
package typealias Details = [String: String]
