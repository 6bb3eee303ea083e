import Domain

extension ReadingOrder {
  /// A number that rises in reading order, so that lists are combined without regard to direction.
  func rank(_ seq: Int64) -> Int64 {
    self == .oldest ? seq : -seq
  }

  /// The seq of a rank; the inverse of `rank`.
  func seq(_ rank: Int64) -> Int64 {
    self == .oldest ? rank : -rank
  }
}

/// A sorted list of ranks that is read forwards, by leaps.
protocol SeqCursor: AnyObject {
  /// Returns the first rank at or behind `rank`, or nil at the end; ranks asked for never go back.
  func seek(_ rank: Int64) throws(Problem) -> Int64?
}

/// All seqs of a range, without a list.
final class RangeCursor: SeqCursor {
  private let start: Int64
  private let end: Int64

  init(_ seqs: ClosedRange<Int64>, _ order: ReadingOrder) {
    let ends = [order.rank(seqs.lowerBound), order.rank(seqs.upperBound)]
    start = ends.min()!
    end = ends.max()!
  }

  func seek(_ rank: Int64) -> Int64? {
    rank > end ? nil : max(rank, start)
  }
}

/// Seqs in memory, in any order, each once or more often.
final class ListCursor: SeqCursor {
  private let ranks: [Int64]
  private var index = 0

  init(_ seqs: [Int64], _ order: ReadingOrder) {
    ranks = seqs.map(order.rank).sorted()
  }

  func seek(_ rank: Int64) -> Int64? {
    while index < ranks.count && ranks[index] < rank { index += 1 }
    return index < ranks.count ? ranks[index] : nil
  }
}

/// What stands in every one of several lists.
final class IntersectionCursor: SeqCursor {
  private let parts: [any SeqCursor]

  init(_ parts: [any SeqCursor]) {
    self.parts = parts
  }

  func seek(_ rank: Int64) throws(Problem) -> Int64? {
    var candidate = rank
    var agreed = 0
    var index = 0
    while agreed < parts.count {
      guard let found = try parts[index].seek(candidate) else { return nil }
      agreed = found == candidate ? agreed + 1 : 1
      candidate = found
      index = (index + 1) % parts.count
    }
    return candidate
  }
}
