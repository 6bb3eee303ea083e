/// The number of a segment: given in order from 1, never used again.
package struct SegmentID: RawRepresentable, Hashable, Comparable, Sendable {
  package let rawValue: Int32
  package init(rawValue: Int32) { self.rawValue = rawValue }
  package init(_ rawValue: Int32) { self.rawValue = rawValue }
  package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

/// A filter that is kept, so that a team can come back to it (F5).
package struct Segment: Hashable, Sendable, Identifiable {
  package let id: SegmentID
  package internal(set) var terms: SegmentTerms
  package internal(set) var isRemoved = false
  package internal(set) var revision: Int64 = 1
  /// The `seq` of the event that created it.
  package let created: Int64
  /// From when on its routine counts: what would have been due before is not made up for.
  package internal(set) var routineSince: Timestamp
  /// What fell due last; nil where nothing has yet.
  package internal(set) var list: WorkList?
}

/// What a team says of a segment.
package struct SegmentTerms: Hashable, Sendable {
  package var name: String
  /// What it is there for.
  package var purpose: String?
  /// Who answers for it; nil where that is nobody of the team.
  package var owner: OperatorID?
  /// In the stored form, which names tags by their ids.
  package var filter: String
  /// When the list of its customers falls due, and whose work that is; nil for never.
  package var routine: Routine?

  package init(
    name: String, purpose: String? = nil, owner: OperatorID? = nil, filter: String,
    routine: Routine? = nil
  ) {
    self.name = name
    self.purpose = purpose
    self.owner = owner
    self.filter = filter
    self.routine = routine
  }
}

/// What changes of a segment: nil leaves a field.
package struct SegmentChanges: Hashable, Sendable {
  package var name: String?
  /// An empty text clears it.
  package var purpose: String?
  package var owner: OperatorID?
  package var filter: String?
  package var routine: RoutineChange?

  package enum RoutineChange: Hashable, Sendable {
    case none
    case to(Routine)
  }

  package init(
    name: String? = nil, purpose: String? = nil, owner: OperatorID? = nil, filter: String? = nil,
    routine: RoutineChange? = nil
  ) {
    self.name = name
    self.purpose = purpose
    self.owner = owner
    self.filter = filter
    self.routine = routine
  }
}

/// All segments ever created; segment `n` stands at `n - 1`.
package struct Segments: Hashable, Sendable {
  var all: [Segment] = []

  /// Those that have not been removed, in the order of their numbers.
  package var listed: [Segment] { all.filter { !$0.isRemoved } }

  package subscript(id: SegmentID) -> Segment? {
    let index = Int(id.rawValue) - 1
    return all.indices.contains(index) ? all[index] : nil
  }

  package func segment(named name: String) -> Segment? {
    let key = NameKey(name)
    return all.first { !$0.isRemoved && NameKey($0.terms.name) == key }
  }
}

/// What somebody asks for of segments and the work on them.
package enum SegmentCommand: Hashable, Sendable {
  /// The filter is as a person writes it.
  case create(SegmentTerms)
  /// Creates those whose name is free and whose filter can be read here.
  case adopt([SegmentTerms])
  case revise(SegmentID, SegmentChanges)
  case remove(SegmentID)
  /// Fixes who is on the list of a day, when it falls due; the daemon's.
  case fallDue(SegmentID, day: Day, due: Timestamp)
  case work(WorkAct, SegmentID, [CustomerID], by: OperatorID?)
  case configureRFM(RFMSettings, revision: Int64?)
}

extension State {
  /// The segment of that number that has not been removed.
  package func segment(_ id: SegmentID) throws(Problem) -> Segment {
    guard let found = segments[id], !found.isRemoved else {
      throw .segmentNotFound("\(id.rawValue)")
    }
    return found
  }
}
