package import Domain

/// What a sentence about one change needs to know, with every number already turned into a name.
package struct Telling: Hashable, Sendable {
  package var type: EventType
  /// Who did it, as a person reads it: a login name, `the daemon`, or whom an import names.
  package var actor: String
  package var tag: String
  package var customer: String
  package var data: JSON
  /// The other tag or customer of a merge; of an event about the team, its operator; of the
  /// use of tags, which.
  package var other: String
  /// The role that is defined, given or taken.
  package var role: String
  /// The segment that it is about.
  package var segment: String
  /// The imported file that told of it; then `actor` is whom the file names, if anybody.
  package var file: String?

  package init(
    type: EventType, actor: String, tag: String = "", customer: String = "", data: JSON = .null,
    other: String = "", role: String = "", segment: String = "",
    file: String? = nil
  ) {
    self.type = type
    self.actor = actor
    self.tag = tag
    self.customer = customer
    self.data = data
    self.other = other
    self.role = role
    self.segment = segment
    self.file = file
  }

  package func sentence(in language: Language) -> String {
    let sentence =
      switch language {
      case .en: english
      case .fr: french
      case .pt: portuguese
      }
    return sentence + "."
  }

  // MARK: Parts that the languages share

  /// How an operator is known, as the event says.
  var identity: String {
    data["uid"]?.int.map { "uid \($0)" } ?? text("subject")
  }

  /// What of an operator or a role has changed, in the order of the names.
  var changed: [String] {
    (data.object ?? [:]).filter { $0.value["to"] != nil }.keys.sorted()
  }

  /// The categories that a grant is limited to, as `Status-*, Pedido-*`; nil without a limit.
  var categories: String? {
    data["categories"]?.array.map { $0.compactMap { $0.string.map { $0 + "-*" } } }
      .map { $0.joined(separator: ", ") }
  }

  func number(_ name: String) -> Int64 {
    data[name]?.int ?? 0
  }

  /// A number with what goes with one and with many; in French, nought goes with one.
  func counted(_ name: String, one: String, many: String, noughtIsOne: Bool = false) -> String {
    counted(number(name), one: one, many: many, noughtIsOne: noughtIsOne)
  }

  func counted(_ count: Int64, one: String, many: String, noughtIsOne: Bool = false) -> String {
    "\(count) \(count == 1 || (count == 0 && noughtIsOne) ? one : many)"
  }

  /// How many notices somebody has read.
  var notices: Int64 {
    Int64(data["notices"]?.array?.count ?? 0)
  }

  /// How many tags an event tells the use of.
  var uses: Int64 {
    Int64(data["tags"]?.array?.count ?? 0)
  }

  /// Which tags these are, the first of them; empty where their names are not known.
  var usedTags: String { other.isEmpty ? "" : ": \(other)" }

  func text(_ name: String) -> String {
    data[name]?.string ?? ""
  }

  /// A colour as a person reads it, whichever form it has in the event.
  func color(_ name: String) -> String {
    data[name].flatMap(TagColor.init(json:))?.hex ?? "?"
  }

  /// The fields that a revision has touched, in the order of their names.
  var fields: [String] {
    guard case .object(let members) = data else { return [] }
    var fields = members.keys.filter { $0 != "sealed" && $0 != "undo" }
    if case .object(let sealed)? = members["sealed"] { fields += sealed.keys }
    return fields.sorted()
  }

  /// The details of an application, as `tracking BR123, estimate 3–5 days`.
  func details(_ value: JSON?) -> String {
    guard case .object(let members)? = value else { return "" }
    return members.sorted { $0.key < $1.key }
      .map { "\($0.key) \($0.value.string ?? "")" }.joined(separator: ", ")
  }

  func fieldNames(_ names: [String: String]) -> String {
    fields.map { names[$0] ?? $0 }.joined(separator: ", ")
  }
}
