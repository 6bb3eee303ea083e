package import Domain
import GRDB

/// Which events are asked for; what is empty or nil asks nothing.
package struct ChangeQuery: Hashable, Sendable {
  package var actor: String?
  package var tag: TagID?
  package var customer: CustomerID?
  package var types: Set<EventType>
  /// At least one of these, where there are any.
  package var anyTag: Set<TagID> = []
  package var anyCustomer: Set<CustomerID> = []
  /// Both ends count; a time range is found in the log first.
  package var seqs: ClosedRange<Int64>?
  /// All must stand in an event, or mean its tag.
  package var words: [Word]
  package var order: ReadingOrder
  package var limit: Int
  /// The last seq of the page before.
  package var cursor: Int64?

  /// One word, and the tags whose names it stands in.
  package struct Word: Hashable, Sendable {
    package var text: String
    package var tags: [TagID]

    package init(_ text: String, tags: [TagID] = []) {
      self.text = text
      self.tags = tags
    }
  }

  package init(
    actor: String? = nil, tag: TagID? = nil, customer: CustomerID? = nil,
    types: Set<EventType> = [], seqs: ClosedRange<Int64>? = nil, words: [Word] = [],
    order: ReadingOrder = .newest, limit: Int = 50, cursor: Int64? = nil
  ) {
    self.actor = actor
    self.tag = tag
    self.customer = customer
    self.types = types
    self.seqs = seqs
    self.words = words
    self.order = order
    self.limit = limit
    self.cursor = cursor
  }

  /// Whether one list at most is asked for, of which a page is read from one end.
  fileprivate var isShort: Bool {
    let lists = (actor == nil ? 0 : 1) + (tag == nil ? 0 : 1) + (customer == nil ? 0 : 1)
    return lists <= 1 && types.isEmpty && anyTag.isEmpty && anyCustomer.isEmpty && words.isEmpty
      && limit <= 1000
  }
}

/// One page of events, by their seqs in the order asked for.
package struct ChangePage: Hashable, Sendable {
  package let seqs: [Int64]
  /// Goes into the next query's `cursor`; nil on the last page.
  package let next: Int64?
  /// The seq up to which the views had read the log.
  package let position: Int64
}

extension ViewsReader {
  package func changes(_ query: ChangeQuery) async throws(Problem) -> ChangePage {
    if query.isShort { return try readHere { (db) throws(Problem) in try Self.changes(query, db) } }
    return try await read { (db) throws(Problem) in try Self.changes(query, db) }
  }

  /// All events of each customer, oldest first: what `Tenure` is folded from, for a page of customers.
  package func seqs(of customers: [CustomerID]) async throws(Problem) -> [[Int64]] {
    try await read { (db) throws(Problem) in
      var lists: [[Int64]] = []
      for customer in customers {
        let query = ChangeQuery(customer: customer, order: .oldest, limit: .max)
        lists.append(try Self.changes(query, db).seqs)
      }
      return lists
    }
  }

  /// The events that concern each of these customers and also one of these tags, oldest first.
  ///
  /// The lists of the tags are read along once for all customers.
  package func seqs(
    of customers: [CustomerID], about tags: [TagID], through last: Int64
  ) async throws(Problem) -> [[Int64]] {
    try await read { (db) throws(Problem) in
      var entries: [(seq: Int64, place: Int)] = []
      for (place, customer) in customers.enumerated() {
        try PostingCursor.each(db, .customer, Int64(customer.rawValue), through: last) { seq in
          entries.append((seq, place))
        }
      }
      entries.sort { ($0.seq, $0.place) < ($1.seq, $1.place) }
      var cursors: [any SeqCursor] = []
      for tag in tags {
        cursors.append(try PostingCursor(db, .tag, Int64(tag.rawValue), .oldest))
      }
      let cursor = cursors.count == 1 ? cursors[0] : UnionCursor(cursors)
      var lists = [[Int64]](repeating: [], count: customers.count)
      var next: Int64 = 0
      for entry in entries {
        if next < entry.seq {
          guard let found = try cursor.seek(entry.seq) else { break }
          next = found
        }
        if next == entry.seq { lists[entry.place].append(entry.seq) }
      }
      return lists
    }
  }

  /// The last event about each of these customers and tags together; nil where there is none.
  ///
  /// - Parameter before: the event before which each is looked for.
  package func newest(
    of memberships: [(membership: Membership, before: Int64)]
  ) async throws(Problem) -> [Int64?] {
    try await read { (db) throws(Problem) in
      var found: [Int64?] = []
      for (membership, before) in memberships {
        let query = ChangeQuery(
          tag: membership.tag, customer: membership.customer, limit: 1, cursor: before)
        found.append(try Self.changes(query, db).seqs.first)
      }
      return found
    }
  }

  static func changes(_ query: ChangeQuery, _ db: Database) throws(Problem) -> ChangePage {
    let position = try Self.position(db)
    let nothing = ChangePage(seqs: [], next: nil, position: position)
    guard query.limit > 0, let range = query.range(upTo: position) else { return nothing }
    var parts: [any SeqCursor] = []
    guard try query.addLists(to: &parts, db) else { return nothing }
    parts.append(RangeCursor(range, query.order))
    let cursor = parts.count == 1 ? parts[0] : IntersectionCursor(parts)

    var seqs: [Int64] = []
    var rank = query.order.rank(query.order == .oldest ? range.lowerBound : range.upperBound)
    while let found = try cursor.seek(rank) {
      guard seqs.count < query.limit else {
        return ChangePage(seqs: seqs, next: seqs.last, position: position)
      }
      seqs.append(query.order.seq(found))
      rank = found + 1
    }
    return ChangePage(seqs: seqs, next: nil, position: position)
  }
}

extension ChangeQuery {
  /// The seqs that may stand on the page, or nil where there are none.
  fileprivate func range(upTo position: Int64) -> ClosedRange<Int64>? {
    var low = max(seqs?.lowerBound ?? 1, 1)
    var high = min(seqs?.upperBound ?? position, position)
    if let cursor {
      switch order {
      // Whoever asks may name any number, the least and the greatest too.
      case .newest: high = min(high, max(cursor, .min + 1) - 1)
      case .oldest: low = max(low, min(cursor, .max - 1) + 1)
      }
    }
    return low <= high ? low...high : nil
  }

  /// Adds a list for each condition; false where one of them holds for no event at all.
  fileprivate func addLists(
    to parts: inout [any SeqCursor], _ db: Database
  ) throws(Problem) -> Bool {
    if let customer {
      parts.append(try PostingCursor(db, .customer, Int64(customer.rawValue), order))
    }
    if let tag { parts.append(try PostingCursor(db, .tag, Int64(tag.rawValue), order)) }
    if let actor {
      let number = try Problem.wrapping {
        try Int64.fetchOne(db, sql: "SELECT id FROM actor WHERE name = ?", arguments: [actor])
      }
      guard let number else { return false }
      parts.append(try PostingCursor(db, .actor, number, order))
    }
    if !types.isEmpty {
      let keys = types.map { Int64($0.rawValue) }
      parts.append(try any(keys.map { (.type, $0) }, db))
    }
    if !anyTag.isEmpty { parts.append(try any(anyTag.map { (.tag, Int64($0.rawValue)) }, db)) }
    if !anyCustomer.isEmpty {
      parts.append(try any(anyCustomer.map { (.customer, Int64($0.rawValue)) }, db))
    }
    for word in words {
      let (firsts, further) = try wordings(matching: word.text, db)
      let lists =
        further.map { (Facet.wording, $0) } + word.tags.map { (Facet.tag, Int64($0.rawValue)) }
      guard !firsts.isEmpty || !lists.isEmpty else { return false }
      parts.append(try any(lists, and: firsts, db))
    }
    return true
  }

  private func any(
    _ lists: [(Facet, Int64)], and seqs: [Int64] = [], _ db: Database
  ) throws(Problem) -> any SeqCursor {
    var cursors: [any SeqCursor] = seqs.isEmpty ? [] : [ListCursor(seqs, order)]
    for (facet, key) in lists { cursors.append(try PostingCursor(db, facet, key, order)) }
    return cursors.count == 1 ? cursors[0] : UnionCursor(cursors)
  }

  /// The texts in which the word, or one that begins with it, stands: of each the first event, and the
  /// number of those that have further ones.
  private func wordings(
    matching word: String, _ db: Database
  ) throws(Problem) -> (firsts: [Int64], further: [Int64]) {
    let phrase = "\"" + word.replacing("\"", with: "\"\"") + "\"*"
    return try Problem.wrapping {
      let firsts = try Int64.fetchAll(
        db,
        sql: """
          SELECT wording.first FROM words CROSS JOIN wording ON wording.id = words.rowid
          WHERE words MATCH ?
          """, arguments: [phrase])
      let further = try Int64.fetchAll(
        db,
        sql: """
          SELECT DISTINCT posting.key FROM words
          CROSS JOIN posting ON posting.facet = ? AND posting.key = words.rowid
          WHERE words MATCH ?
          """, arguments: [Facet.wording.rawValue, phrase])
      return (firsts, further)
    }
  }
}
