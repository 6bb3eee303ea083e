/// A rule: who has a tag, said once.
package struct RuleDocument: Codable, Hashable, Sendable, Identifiable {
  package var id: Int32
  package var name: String
  package var tag: Reference
  /// In the language of filters, with the tags' names of now.
  package var filter: String
  /// `remove`, `keep` or `move`.
  package var otherwise: String
  /// Where `move` leads.
  package var to: Reference?
  package var enabled: Bool
  /// What `If-Match` is held against.
  package var version: Int64
  /// The ready rule that it was made from, such as `A4`.
  package var ready: String?
  /// How many have the tag.
  package var customers: Int
  /// Customers from whom somebody has taken the tag, and to whom somebody has given it.
  package var exceptions: Exceptions
  /// Why it does nothing although it is switched on.
  package var faults: [Fault]
  /// Who has made which version, and why; left out of lists.
  package var versions: [Version]?

  package struct Exceptions: Codable, Hashable, Sendable {
    package var without: Int
    package var with: Int

    package init(without: Int, with: Int) {
      self.without = without
      self.with = with
    }
  }

  package struct Fault: Codable, Hashable, Sendable {
    package var code: String
    package var sentence: String

    package init(code: String, sentence: String) {
      self.code = code
      self.sentence = sentence
    }
  }

  package struct Version: Codable, Hashable, Sendable {
    package var version: Int64
    package var seq: Int64
    package var at: String
    package var actor: String
    package var type: String
    package var reason: String?

    package init(
      version: Int64, seq: Int64, at: String, actor: String, type: String, reason: String?
    ) {
      self.version = version
      self.seq = seq
      self.at = at
      self.actor = actor
      self.type = type
      self.reason = reason
    }
  }

  package init(
    id: Int32, name: String, tag: Reference, filter: String, otherwise: String, to: Reference?,
    enabled: Bool, version: Int64, ready: String?, customers: Int, exceptions: Exceptions,
    faults: [Fault], versions: [Version]? = nil
  ) {
    self.id = id
    self.name = name
    self.tag = tag
    self.filter = filter
    self.otherwise = otherwise
    self.to = to
    self.enabled = enabled
    self.version = version
    self.ready = ready
    self.customers = customers
    self.exceptions = exceptions
    self.faults = faults
    self.versions = versions
  }
}

/// A new rule, or what changes of one, or what is to be previewed: what is absent stays as it is.
package struct RuleDraft: Codable, Hashable, Sendable {
  package var name: String?
  package var tag: Int32?
  package var filter: String?
  package var otherwise: String?
  package var to: Int32?
  package var enabled: Bool?
  package var reason: String?
  package var dryRun: Bool?
  /// Of a preview: the rule that would be changed.
  package var rule: Int32?
  /// Of a preview: the ready rule that would be taken over.
  package var ready: String?
  package var language: String?
  package var parameters: [String: String]?
  /// Of a preview: `gain` or `lose`, the customers to list.
  package var list: String?
  package var limit: Int64?
  package var after: Int32?

  package init(
    name: String? = nil, tag: Int32? = nil, filter: String? = nil, otherwise: String? = nil,
    to: Int32? = nil, enabled: Bool? = nil, reason: String? = nil, dryRun: Bool? = nil
  ) {
    self.name = name
    self.tag = tag
    self.filter = filter
    self.otherwise = otherwise
    self.to = to
    self.enabled = enabled
    self.reason = reason
    self.dryRun = dryRun
  }

  package enum CodingKeys: String, CodingKey {
    case name, tag, filter, otherwise, to, enabled, reason
    case dryRun = "dry_run"
    case rule, ready, language, parameters, list, limit, after
  }
}

/// Answer to a change of a rule.
package struct RuleReceipt: Receipt {
  package var seq: [Int64]?
  package var command: String
  package var dryRun: Bool
  package var rule: RuleDocument

  package init(seq: [Int64]?, command: String, dryRun: Bool, rule: RuleDocument) {
    self.seq = seq
    self.command = command
    self.dryRun = dryRun
    self.rule = rule
  }

  package enum CodingKeys: String, CodingKey {
    case seq, command
    case dryRun = "dry_run"
    case rule
  }
}

/// What a rule would do if it were switched on.
package struct RulePreviewDocument: Codable, Hashable, Sendable {
  /// As it would be.
  package var filter: String
  /// How many the filter matches now.
  package var matching: Int
  package var gains: Int
  package var losses: Int
  /// One page of those who would gain or lose the tag.
  package var customers: [Reference]
  /// The `after` of the next page; nil at the end.
  package var next: Int32?
  /// How many would have had it at the end of each month of the past year.
  package var months: [Month]
  /// Why it would do nothing.
  package var faults: [RuleDocument.Fault]
  /// That the past months take tags as they are today; nil where they do not.
  package var monthsNote: String?

  package struct Month: Codable, Hashable, Sendable {
    package var month: String
    package var customers: Int

    package init(month: String, customers: Int) {
      self.month = month
      self.customers = customers
    }
  }

  package init(
    filter: String, matching: Int, gains: Int, losses: Int, customers: [Reference], next: Int32?,
    months: [Month], faults: [RuleDocument.Fault] = [], monthsNote: String? = nil
  ) {
    self.filter = filter
    self.matching = matching
    self.gains = gains
    self.losses = losses
    self.customers = customers
    self.next = next
    self.months = months
    self.faults = faults
    self.monthsNote = monthsNote
  }

  package enum CodingKeys: String, CodingKey {
    case filter, matching, gains, losses, customers, next, months, faults
    case monthsNote = "months_note"
  }
}

/// A rule that comes with the program.
package struct ReadyRuleDocument: Codable, Hashable, Sendable, Identifiable {
  package var id: String
  /// The name of the tag that it decides, in the language that was asked for.
  package var tag: String
  /// With the guide's thresholds.
  package var filter: String
  package var parameters: [Parameter]
  /// The rules that have been made from it.
  package var rules: [Int32]

  package struct Parameter: Codable, Hashable, Sendable {
    package var name: String
    /// `number`, `money`, `percent` or `text`.
    package var kind: String
    /// What the guide says; nil where only the shop can say.
    package var standard: String?

    package init(name: String, kind: String, standard: String?) {
      self.name = name
      self.kind = kind
      self.standard = standard
    }
  }

  package init(
    id: String, tag: String, filter: String, parameters: [Parameter], rules: [Int32]
  ) {
    self.id = id
    self.tag = tag
    self.filter = filter
    self.parameters = parameters
    self.rules = rules
  }
}

extension Paths {
  package static let rules = "/v1/rules"
  package static let rulePreview = "/v1/rules/preview"
  package static let readyRules = "/v1/rules/ready"

  package static func rule(_ id: Int32) -> String { "\(rules)/\(id)" }
  package static func ruleEnable(_ id: Int32) -> String { "\(rule(id))/enable" }
  package static func ruleDisable(_ id: Int32) -> String { "\(rule(id))/disable" }
  package static func readyRule(_ code: String) -> String { "\(readyRules)/\(segment(code))" }
}
