import TestSupport

@testable import Domain

/// A shop's ledger on paper, in which a test says what was given before it asks what follows.
typealias Shop = PaperLedger

extension Shop {
  @discardableResult
  mutating func tag(
    _ name: String, color: TagColor = .palette(0), set: String? = nil
  ) throws(Problem) -> TagID {
    let draft = TagDraft(name: name, color: color, set: set)
    return try take(.createTag(draft)).events[0].tag!
  }

  @discardableResult
  mutating func customer(
    _ name: String, phone: String? = nil, ref: String? = nil, channel: String? = nil
  ) throws(Problem) -> CustomerID {
    let draft = CustomerDraft.draft(name: name, phone: phone, ref: ref, channel: channel)
    return try take(.registerCustomer(draft)).events[0].customer!
  }

  mutating func apply(
    _ tag: TagID, to customers: CustomerID..., details: Details? = nil
  ) throws(Problem) {
    try take(.apply(tag, to: customers, details: details))
  }

  mutating func remove(_ tag: TagID, from customers: CustomerID...) throws(Problem) {
    try take(.remove(tag, from: customers))
  }

  mutating func rename(_ tag: TagID, _ name: String) throws(Problem) {
    try take(.reviseTag(tag, TagChanges(name: name), revision: nil))
  }

  mutating func merge(
    _ source: TagID, into target: TagID, name: MergedName = .alias
  ) throws(Problem) {
    try take(.merge(source, into: target, name: name))
  }

  mutating func merge(_ source: CustomerID, into target: CustomerID) throws(Problem) {
    try take(.mergeCustomer(source, into: target))
  }

  /// The events that a command would lead to.
  func events(_ command: Command) throws(Problem) -> [Event] {
    try decide(command).events
  }

  /// The number of the listed tag that has a name or alias.
  func id(_ name: String) -> TagID? {
    state.tag(named: NameKey(name))?.id
  }

  func members(_ tag: TagID) -> [CustomerID] {
    Array(state.members(of: tag))
  }

  func details(_ tag: TagID, of customer: CustomerID) -> Details? {
    state.details(of: Membership(tag: tag, customer: customer))
  }
}

extension Command {
  static func create(_ name: String, set: String? = nil) -> Self {
    .createTag(TagDraft(name: name, color: .palette(0), set: set))
  }

  static func rename(_ tag: TagID, _ name: String) -> Self {
    .reviseTag(tag, TagChanges(name: name), revision: nil)
  }

  static func revise(_ tag: TagID, _ changes: TagChanges) -> Self {
    .reviseTag(tag, changes, revision: nil)
  }

  static func merge(
    _ source: TagID, into target: TagID, name: MergedName = .alias,
    revisions: MergeRevisions = MergeRevisions()
  ) -> Self {
    .mergeTag(source, into: target, name: name, revisions: revisions)
  }

  static func apply(_ tag: TagID, _ customers: CustomerID..., details: Details? = nil) -> Self {
    .apply(tag, to: customers, details: details)
  }

  static func remove(_ tag: TagID, _ customers: CustomerID...) -> Self {
    .remove(tag, from: customers)
  }
}

extension Event {
  static func applied(_ tag: TagID, _ customer: CustomerID, data: JSON? = nil) -> Self {
    Event(.tagApplied, tag: tag, customer: customer, data: data)
  }

  static func removed(_ tag: TagID, _ customer: CustomerID) -> Self {
    Event(.tagRemoved, tag: tag, customer: customer)
  }

  static func displaced(
    _ tag: TagID, _ customer: CustomerID, set: String, cause: Int
  ) -> Self {
    Event(
      .tagRemoved, tag: tag, customer: customer, data: .object(["set": .string(set)]), cause: cause)
  }

  static func merged(
    _ source: TagID, into target: TagID, moved: Int64, collapsed: Int64, name: String, was: String
  ) -> Self {
    Event(
      .tagMerged, tag: source,
      data: .object([
        "into": .int(Int64(target.rawValue)), "moved": .int(moved), "collapsed": .int(collapsed),
        "name": .string(name), "was": .string(was),
      ]))
  }
}

// MARK: - Files

extension Command {
  static func take(
    _ rows: [ImportRow], createsTags: Bool = true, createsCustomers: Bool = true
  ) -> Self {
    .takeRows(
      rows,
      ImportPolicy(
        file: "f.csv", createsTags: createsTags, createsCustomers: createsCustomers,
        colors: [.palette(7), .palette(8)]))
  }
}

extension Refusal {
  init(_ row: Int, _ problem: Problem) {
    self.init(row: row, problem: problem)
  }
}

extension ImportRow {
  /// A line of a history, so many seconds after a moment long before the shop opened.
  static func history(
    _ customer: RowCustomer, _ tag: String, _ act: Act, at seconds: Int64, ordinal: Int = 1,
    by source: String? = nil
  ) -> Self {
    .history(
      HistoryRow(
        customer: customer, tag: tag, applied: act == .applied, occurred: .past(seconds),
        ordinal: ordinal, source: source))
  }

  enum Act {
    case applied
    case removed
  }
}

extension Timestamp {
  static func past(_ seconds: Int64) -> Self {
    Timestamp(microseconds: (1_600_000_000 + seconds) * 1_000_000)
  }
}
