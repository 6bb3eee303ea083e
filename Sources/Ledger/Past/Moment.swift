package import Domain
import EventLog

/// A moment of the log, as somebody names it.
package enum Moment: Hashable, Sendable {
  /// Right after that event; 0 stands for before the first.
  case seq(Int64)
  /// Right after the last event recorded at that time or before it.
  case time(Timestamp)
}

/// A moment as it was found in the log.
package struct Instant: Hashable, Sendable {
  /// The last event that counts; 0 where there was none yet.
  package let seq: Int64
  /// When that event was recorded; nil where there was none yet.
  package let at: Timestamp?

  package init(seq: Int64, at: Timestamp?) {
    self.seq = seq
    self.at = at
  }
}

extension Ledger {
  /// Finds a moment in the log.
  ///
  /// - Throws: `seqNotFound` for an event that has not happened yet.
  package func instant(_ moment: Moment) throws(Problem) -> Instant {
    let seq: Int64
    switch moment {
    case .seq(let number):
      guard (0...log.size).contains(number) else { throw .seqNotFound(number) }
      seq = number
    case .time(let time):
      seq = try log.seq(atOrAfter: Timestamp(microseconds: time.rawValue &+ 1)) - 1
    }
    guard seq > 0 else { return Instant(seq: 0, at: nil) }
    return Instant(seq: seq, at: try log.events(seqs: CollectionOfOne(seq))[0].at)
  }
}
