/// What an event says of a rule. How it is written is a format: it stands in the log for ever.
package enum RuleChange: Hashable, Sendable {
  case created(RuleID, RuleDefinition, isEnabled: Bool, ready: String?)
  /// The definition before and after.
  case revised(RuleID, from: RuleDefinition, to: RuleDefinition)
  case enabled(RuleID)
  case disabled(RuleID)
  case removed(RuleID, name: String)
  /// Exceptions by hand end: the filter has come to say the same as the hand, or the opposite since.
  case resumed(RuleID, [CustomerID])

  package var type: EventType {
    switch self {
    case .created: .ruleCreated
    case .revised: .ruleRevised
    case .enabled: .ruleEnabled
    case .disabled: .ruleDisabled
    case .removed: .ruleRemoved
    case .resumed: .ruleResumed
    }
  }

  package var rule: RuleID {
    switch self {
    case .created(let id, _, _, _), .revised(let id, _, _), .enabled(let id), .disabled(let id),
      .removed(let id, _), .resumed(let id, _):
      id
    }
  }

  /// - Parameter tag: the tag of the rule, under which the event is found.
  package func event(tag: TagID?) -> Event {
    Event(type, tag: tag, data: data)
  }
}

// MARK: - Writing

extension RuleChange {
  private var data: JSON {
    switch self {
    case .created(let id, let definition, let isEnabled, let ready):
      var members = definition.members
      members["rule"] = id.json
      members["enabled"] = .bool(isEnabled)
      members["ready"] = ready.map(JSON.string)
      return .object(members)
    case .revised(let id, let from, let to):
      let (before, after) = (from.members, to.members)
      var members: [String: JSON] = ["rule": id.json]
      for key in Set(before.keys).union(after.keys) where before[key] != after[key] {
        members[key] = .object(["from": before[key] ?? .null, "to": after[key] ?? .null])
      }
      return .object(members)
    case .enabled(let id), .disabled(let id):
      return ["rule": id.json]
    case .removed(let id, let name):
      return ["rule": id.json, "name": .string(name)]
    case .resumed(let id, let customers):
      return ["rule": id.json, "customers": .array(customers.map { .int(Int64($0.rawValue)) })]
    }
  }
}

extension RuleDefinition {
  fileprivate var members: [String: JSON] {
    var members: [String: JSON] = [
      "name": .string(name), "on": tag.json, "filter": .string(stored),
      "otherwise": .string(otherwise.name),
    ]
    members["to"] = otherwise.target.map(\.json)
    return members
  }

  fileprivate init?(_ members: [String: JSON]) {
    guard let name = members["name"]?.string, let tag = TagID(json: members["on"]),
      let stored = members["filter"]?.string, let otherwise = members["otherwise"]?.string
    else { return nil }
    let then: Rule.Otherwise
    switch (otherwise, TagID(json: members["to"])) {
    case ("remove", _): then = .remove
    case ("keep", _): then = .keep
    case ("move", let target?): then = .move(target)
    default: return nil
    }
    self.init(name: name, tag: tag, stored: stored, otherwise: then)
  }
}

// MARK: - Reading

extension RuleChange {
  /// Nil where the type is another, or the data is not what such an event has.
  ///
  /// - Parameter rules: those before the event, since a revision tells only what has changed.
  package init?(_ type: EventType, _ data: JSON?, in rules: Rules) {
    guard let data, let id = RuleID(json: data["rule"]) else { return nil }
    switch type {
    case .ruleCreated:
      guard let definition = data.object.flatMap(RuleDefinition.init) else { return nil }
      self = .created(
        id, definition, isEnabled: data["enabled"]?.bool ?? false, ready: data["ready"]?.string)
    case .ruleRevised:
      guard let before = rules[id]?.definition, let changes = data.object else { return nil }
      var members = before.members
      for (key, change) in changes {
        guard let to = change["to"] else { continue }
        members[key] = to.isNull ? nil : to
      }
      guard let after = RuleDefinition(members) else { return nil }
      self = .revised(id, from: before, to: after)
    case .ruleEnabled: self = .enabled(id)
    case .ruleDisabled: self = .disabled(id)
    case .ruleRemoved: self = .removed(id, name: data["name"]?.string ?? "")
    case .ruleResumed:
      let numbers = (data["customers"]?.array ?? []).compactMap(\.int)
      self = .resumed(id, numbers.compactMap(Int32.init(exactly:)).map { CustomerID($0) })
    default: return nil
    }
  }
}

extension EventType {
  /// Whether it changes a rule itself, and not what a rule has done.
  package var isOfRule: Bool {
    switch self {
    case .ruleCreated, .ruleRevised, .ruleEnabled, .ruleDisabled, .ruleRemoved, .ruleResumed: true
    default: false
    }
  }
}
