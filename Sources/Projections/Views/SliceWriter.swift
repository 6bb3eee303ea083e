import Domain
import GRDB

/// Adds slices of the log to a views file: one way in for the live file and for one being built, so
/// that both come out the same.
final class SliceWriter {
  enum Mode {
    /// The file is complete after each slice.
    case live
    /// The file is new, without secondary indexes, and complete after `finish`; postings gather
    /// until there are `limit` of a facet, since a slice touches nearly every customer anew.
    case building(limit: Int)
  }

  /// The seq up to which the file, and what still gathers, has read.
  private(set) var position: Int64
  private let gathers: Int
  private let part: ViewsPart
  private var runs: [PostingRun]
  private var postings: PostingWriter
  private var wordings: WordingWriter
  private var actors: ActorWriter
  private var directory: DirectoryWriter
  private let mark: RawStatement

  /// The connection must outlive the writer, and all calls must be within its access.
  init(_ db: Database, _ mode: Mode, _ part: ViewsPart = .whole) throws(Problem) {
    self.part = part
    var isNew = false
    if case .building(let limit) = mode {
      isNew = true
      gathers = limit
    } else {
      gathers = 0
    }
    position = try Problem.wrapping {
      try Int64.fetchOne(db, sql: "SELECT seq FROM position") ?? 0
    }
    let wordings = try WordingWriter(db, position: position)
    runs = Facet.allCases.map { facet in
      let keys = facet == .customer ? part.customers : nil
      let known: Int64? =
        if isNew { -1 } else if facet == .wording { Int64(wordings.largest) } else { nil }
      return PostingRun(facet, known: known, keys: keys ?? 1...UInt32.max)
    }
    postings = try PostingWriter(db)
    self.wordings = wordings
    actors = try ActorWriter(db)
    directory = try DirectoryWriter(db)
    mark = try RawStatement(db, "UPDATE position SET seq = ?")
  }

  deinit {
    postings.free()
  }

  /// Adds the next slice, within the caller's transaction; after an error the writer is of no use.
  func write(_ slice: ViewsSlice) throws(Problem) {
    guard slice.count > 0 else { return }
    guard slice.first == position + 1 else {
      throw .storageFailed("views: slice from \(slice.first) came where \(position + 1) was due")
    }
    if part.customers != nil { gather(.customer, slice.customers, slice) }
    if part.hasRest {
      gather(.tag, slice.tags, slice)
      gather(.type, slice.types, slice)
      try gatherActors(slice)
      try gatherTexts(slice)
      for change in slice.directory {
        try directory.write(change, seq: slice.first + Int64(change.event))
      }
    }
    position = slice.last
    for index in runs.indices where runs[index].isDue(limit: gathers) {
      try runs[index].flush(into: &postings)
    }
    if gathers == 0 { try storePosition() }
  }

  /// Writes what still gathers.
  func finish() throws(Problem) {
    for index in runs.indices { try runs[index].flush(into: &postings) }
    try storePosition()
  }

  private func storePosition() throws(Problem) {
    mark.bind(1, position)
    try mark.run()
  }

  private func gather(_ facet: Facet, _ keys: [Int32], _ slice: ViewsSlice) {
    runs[Int(facet.rawValue) - 1]
      .add(keys, from: slice.first, further: slice.further.filter { $0.facet == facet })
  }

  private func gatherActors(_ slice: ViewsSlice) throws(Problem) {
    // The slice's numbers are small, so what they come to here is a look-up in an array.
    var numbers: [Int32] = []
    var keys = slice.actors
    for event in keys.indices {
      let actor = Int(keys[event])
      while numbers.count <= actor { numbers.append(0) }
      if numbers[actor] == 0 {
        guard let name = slice.actorNames[Int32(actor)] else {
          throw .storageFailed("views: actor \(actor) has no name")
        }
        numbers[actor] = try actors.number(of: name)
      }
      keys[event] = numbers[actor]
    }
    gather(.actor, keys, slice)
  }

  private func gatherTexts(_ slice: ViewsSlice) throws(Problem) {
    let run = Int(Facet.wording.rawValue) - 1
    try slice.bytes.withUnsafeBufferPointer { (bytes) throws(Problem) in
      var start = 0
      for text in slice.texts {
        let seq = slice.first + Int64(text.event)
        let span = UnsafeBufferPointer(rebasing: bytes[start..<text.end])
        start = text.end
        if text.isJSON {
          try JSONTexts.visit(span) { (text) throws(Problem) in
            if let number = try wordings.number(of: text, in: seq) { runs[run].add(number, seq) }
          }
        } else if !span.isEmpty {
          if let number = try wordings.number(of: span, in: seq) { runs[run].add(number, seq) }
        }
      }
    }
    try wordings.indexNew()
  }
}
