import Domain
import HeapModule

/// What stands in at least one of several lists, each once.
final class UnionCursor: SeqCursor {
  private struct Part: Comparable {
    let rank: Int64
    let cursor: any SeqCursor

    static func < (a: Self, b: Self) -> Bool { a.rank < b.rank }
    static func == (a: Self, b: Self) -> Bool { a.rank == b.rank }
  }

  /// Lists not yet looked at; the first search places them.
  private var unplaced: [any SeqCursor]
  private var heap = Heap<Part>()

  init(_ parts: [any SeqCursor]) {
    unplaced = parts
  }

  func seek(_ rank: Int64) throws(Problem) -> Int64? {
    for cursor in unplaced {
      guard let found = try cursor.seek(rank) else { continue }
      heap.insert(Part(rank: found, cursor: cursor))
    }
    unplaced = []
    while let nearest = heap.min, nearest.rank < rank {
      if let found = try nearest.cursor.seek(rank) {
        heap.replaceMin(with: Part(rank: found, cursor: nearest.cursor))
      } else {
        heap.removeMin()
      }
    }
    return heap.min?.rank
  }
}
