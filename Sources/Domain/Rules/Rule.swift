/// The number of a rule: given in order from 1, never used again.
package struct RuleID: RawRepresentable, Hashable, Comparable, Sendable {
  package let rawValue: Int32
  package init(rawValue: Int32) { self.rawValue = rawValue }
  package init(_ rawValue: Int32) { self.rawValue = rawValue }
  package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

/// Who has a tag, said once: whoever the filter matches gets it, whoever it no longer matches loses it.
package struct Rule: Hashable, Sendable, Identifiable {
  package let id: RuleID
  package internal(set) var name: String
  /// As it was named; `State.current` tells what it has been merged into since.
  package internal(set) var tag: TagID
  /// The filter as events and files keep it.
  package internal(set) var stored: String {
    didSet { filter = try? Filter(stored: stored) }
  }
  /// Nil where this program cannot read what is stored.
  package private(set) var filter: Filter?
  package internal(set) var otherwise: Otherwise
  package internal(set) var isEnabled = false
  package internal(set) var isRemoved = false
  /// How often it has been changed, its creation included; what `If-Match` is held against.
  package internal(set) var version: Int64 = 1
  /// The `seq` of the event of each version, in order: there stand who made it and why.
  package internal(set) var versions: [Int64]
  /// The ready rule that it was made from, such as `A4`.
  package let ready: String?

  init(id: RuleID, _ definition: RuleDefinition, ready: String?, seq: Int64) {
    self.id = id
    name = definition.name
    tag = definition.tag
    stored = definition.stored
    filter = try? Filter(stored: definition.stored)
    otherwise = definition.otherwise
    versions = [seq]
    self.ready = ready
  }

  package var definition: RuleDefinition {
    get { RuleDefinition(name: name, tag: tag, stored: stored, otherwise: otherwise) }
    set {
      name = newValue.name
      tag = newValue.tag
      if stored != newValue.stored { stored = newValue.stored }
      otherwise = newValue.otherwise
    }
  }

  /// What becomes of the tag when the filter no longer matches who has it.
  package enum Otherwise: Hashable, Sendable {
    case remove
    case keep
    /// Removes it and applies another; that one leaves again when this one comes back.
    case move(TagID)

    /// A format.
    package var name: String {
      switch self {
      case .remove: "remove"
      case .keep: "keep"
      case .move: "move"
      }
    }

    package var target: TagID? {
      if case .move(let tag) = self { tag } else { nil }
    }
  }

  /// The tags that it applies and removes, as they were named.
  var named: [TagID] { [tag] + (otherwise.target.map { [$0] } ?? []) }
}

/// What a rule says.
package struct RuleDefinition: Hashable, Sendable {
  package var name: String
  package var tag: TagID
  package var stored: String
  package var otherwise: Rule.Otherwise

  package init(name: String, tag: TagID, stored: String, otherwise: Rule.Otherwise) {
    self.name = name
    self.tag = tag
    self.stored = stored
    self.otherwise = otherwise
  }
}

/// A rule as somebody writes it.
package struct RuleDraft: Hashable, Sendable {
  package var name: String
  package var tag: TagID
  /// As typed.
  package var filter: String
  package var otherwise: Rule.Otherwise
  package var isEnabled: Bool

  package init(
    name: String, tag: TagID, filter: String, otherwise: Rule.Otherwise = .remove,
    isEnabled: Bool = false
  ) {
    self.name = name
    self.tag = tag
    self.filter = filter
    self.otherwise = otherwise
    self.isEnabled = isEnabled
  }
}

/// What changes of a rule; nil leaves it.
package struct RuleChanges: Hashable, Sendable {
  package var name: String?
  package var tag: TagID?
  /// As typed.
  package var filter: String?
  package var otherwise: Rule.Otherwise?

  package init(
    name: String? = nil, tag: TagID? = nil, filter: String? = nil,
    otherwise: Rule.Otherwise? = nil
  ) {
    self.name = name
    self.tag = tag
    self.filter = filter
    self.otherwise = otherwise
  }
}

/// One customer to hold against a rule, and at which moment.
package struct Settling: Hashable, Sendable {
  package let customer: CustomerID
  /// Nothing later than this counts; at most the moment at which it is decided.
  package let moment: Timestamp
  /// When what follows became true, if that was before it is recorded.
  package let occurred: Timestamp?
  /// The `seq` of what made it follow; nil where that was the time.
  package let cause: Int64?

  package init(
    _ customer: CustomerID, at moment: Timestamp, occurred: Timestamp? = nil, cause: Int64? = nil
  ) {
    self.customer = customer
    self.moment = moment
    self.occurred = occurred
    self.cause = cause
  }
}

/// What somebody asks for of the rules.
package enum RuleCommand: Hashable, Sendable {
  case create(RuleDraft)
  case adopt(ReadyRuleDraft)
  case revise(RuleID, RuleChanges)
  case enable(RuleID)
  case disable(RuleID)
  case remove(RuleID)
  /// Holds customers against a rule and lets it do what follows; the engine's own.
  case settle(RuleID, version: Int64, [Settling])

  /// How a recorded refusal names it: a format.
  package var name: String {
    switch self {
    case .create: "rule.create"
    case .adopt: "rule.adopt"
    case .revise: "rule.revise"
    case .enable: "rule.enable"
    case .disable: "rule.disable"
    case .remove: "rule.remove"
    case .settle: "rule.settle"
    }
  }

  /// Whether those concerned have to be told why (T2).
  var needsReason: Bool {
    if case .settle = self { false } else { true }
  }
}
