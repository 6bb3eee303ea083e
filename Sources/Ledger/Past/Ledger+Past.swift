package import Domain
import EventLog
import Projections

extension Ledger {
  /// What the events up to a moment added up to: the state that decided and answered then.
  ///
  /// It is replayed from the nearest state kept, apart from the threads that serve requests; who asks
  /// for the same moment at the same time shares one replay.
  ///
  /// - Parameter lookups: whether customers have to be found in it by phone or reference, for which
  ///   sealed fields are opened: several times as slow. Who has been erased since is not found.
  package func state(asOf moment: Moment, lookups: Bool = false) async throws(Problem) -> State {
    let seq = try instant(moment).seq
    let live = state
    if seq == live.position { return live }
    return try await past.state(at: seq, lookups ? .withLookups : .whole)
  }

  /// All tags as of an event, and who had one of them; who had the others, and the customers
  /// themselves, are not in it.
  ///
  /// Only the events of that tag, and of those merged into it, are read where that is less than a
  /// replay.
  package func members(of tag: TagID, asOf seq: Int64) async throws(Problem) -> State {
    let live = state
    if seq == live.position { return live }
    return try await past.answer(Past.Key(seq: seq, scope: .members(tag))) {
      () throws(Problem) in
      await self.waitForViews()
      let reader = self.views.reader
      let tags = try await reader.changes(
        ChangeQuery(
          types: Self.tagTypes, seqs: 1...max(1, seq), order: .oldest, limit: .max)
      ).seqs
      var fold = MembersFold(log: self.log, tags: seq < 1 ? [] : tags)
      let readTags = fold
      fold = try await self.past.apart { () throws(Problem) in try readTags.catalogue() }
      while let next = fold.nextTag(wanted: tag) {
        let seqs = try await reader.changes(
          ChangeQuery(tag: next, seqs: 1...max(1, seq), order: .oldest, limit: .max)
        ).seqs
        fold.add(next, seqs)
        if Int64(fold.eventCount) * 4 > self.past.distance(to: seq) {
          return try await self.past.state(at: seq, .whole)
        }
      }
      let complete = fold
      return try await self.past.apart { () throws(Problem) in try complete.state(at: seq) }
    }
  }

  /// The types of events that change the catalogue of tags.
  private static let tagTypes: Set<EventType> = [
    .tagCreated, .tagRenamed, .tagRecolored, .tagRevised, .tagMerged, .tagUnmerged, .tagArchived,
    .tagRestored, .tagDeleted,
  ]
}

/// Adds up the events of some tags out of the whole log.
struct MembersFold: Sendable {
  let log: Log
  /// The numbers of all events that change the catalogue.
  let tags: [Int64]
  private var seqs: Set<Int64> = []
  private var read: Set<TagID> = []
  /// For each tag, those merged into it.
  private var sources: [TagID: Set<TagID>] = [:]
  private var current: [TagID: TagID] = [:]

  init(log: Log, tags: [Int64]) {
    self.log = log
    self.tags = tags
  }

  var eventCount: Int { seqs.count }

  /// Finds out which tags have been merged into which.
  func catalogue() throws(Problem) -> Self {
    var copy = self
    try log.visit(tags) { (row) throws(Problem) in
      guard row.type == .tagMerged, let into = try row.json()?["into"]?.int,
        let target = Int32(exactly: into)
      else { return }
      copy.sources[TagID(target), default: []].insert(TagID(row.tag))
      copy.current[TagID(row.tag)] = TagID(target)
    }
    return copy
  }

  /// The next tag whose events are needed for those who had `wanted`.
  func nextTag(wanted: TagID) -> TagID? {
    var open = [wanted]
    var seen: Set<TagID> = []
    while let tag = open.popLast() {
      guard seen.insert(tag).inserted else { continue }
      if !read.contains(tag) { return tag }
      // What it has been merged into, too: a number means that one from then on.
      if let target = current[tag] { open.append(target) }
      open += sources[tag] ?? []
    }
    return nil
  }

  mutating func add(_ tag: TagID, _ seqs: [Int64]) {
    read.insert(tag)
    self.seqs.formUnion(seqs)
  }

  func state(at seq: Int64) throws(Problem) -> State {
    var state = State()
    let wanted = seqs.union(tags).sorted()
    try log.visit(wanted) { (row) throws(Problem) in
      let data = row.hasData ? try row.json(skipping: "sealed") : nil
      let tag = row.tag == 0 ? nil : TagID(row.tag)
      let customer = row.customer == 0 ? nil : CustomerID(row.customer)
      guard state.fitsPartly(row.type, tag: tag, customer: customer, data: data) else {
        throw self.log.damaged("event \(row.seq) cannot follow those before it")
      }
      state.evolvePartly(
        seq: row.seq, row.type, tag: tag, customer: customer,
        at: Timestamp(microseconds: row.at),
        occurred: row.occurred.map { Timestamp(microseconds: $0) }, data: data)
    }
    state.skip(to: seq)
    return state
  }
}
