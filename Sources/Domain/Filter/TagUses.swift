import HashTreeCollections

/// How often a tag has been asked for (F8): its dormancy is judged by that.
package struct TagUse: Hashable, Sendable {
  /// In filters that were counted, listed or acted on, those of segments and their lists among them.
  package var filters: Int64 = 0
  /// In exports.
  package var exports: Int64 = 0
  /// When a use was last recorded: right for the day, since those of a day are recorded together.
  package var last: Timestamp?

  package init(filters: Int64 = 0, exports: Int64 = 0) {
    self.filters = filters
    self.exports = exports
  }

  package enum Kind: Hashable, Sendable {
    case filter
    case export
  }

  package var isEmpty: Bool { filters == 0 && exports == 0 }

  package mutating func add(_ kind: Kind) {
    switch kind {
    case .filter: filters += 1
    case .export: exports += 1
    }
  }
}

extension State {
  /// Tags that one event tells of, so that it stays within the size of an event.
  private static let usesPerEvent = 500

  /// How often tags have been used since that was last told; those that are gone are left out.
  func noteUses(_ uses: [TagID: TagUse]) -> Decision {
    let known = uses.filter { tag($0.key) != nil && !$0.value.isEmpty }.sorted { $0.key < $1.key }
    let starts = stride(from: 0, to: known.count, by: Self.usesPerEvent)
    return Decision(
      events: starts.map { start in
        let some = known[start..<min(start + Self.usesPerEvent, known.count)]
        return Event(
          .tagUsed, data: .object(["tags": .array(some.map { Self.json($0.key, $0.value) })]))
      })
  }

  private static func json(_ tag: TagID, _ use: TagUse) -> JSON {
    var members: [String: JSON] = ["tag": .int(Int64(tag.rawValue))]
    if use.filters > 0 { members["filter"] = .int(use.filters) }
    if use.exports > 0 { members["export"] = .int(use.exports) }
    return .object(members)
  }

  mutating func evolveUses(_ data: JSON, at: Timestamp) {
    for entry in data["tags"]!.array! {
      let tag = TagID(Int32(entry["tag"]!.int!))
      var use = uses[tag] ?? TagUse()
      use.filters += entry["filter"]?.int ?? 0
      use.exports += entry["export"]?.int ?? 0
      use.last = at
      uses[tag] = use
    }
  }

  func fitsUses(_ data: JSON?) -> Bool {
    guard let entries = data?["tags"]?.array else { return false }
    return entries.allSatisfy { entry in
      entry["tag"]?.int.flatMap(Int32.init(exactly:)).map { tag(TagID($0)) != nil } ?? false
    }
  }

  /// How often a tag has been used in filters and exports, as far as has been recorded.
  package func use(of tag: TagID) -> TagUse? { uses[tag] }
}
