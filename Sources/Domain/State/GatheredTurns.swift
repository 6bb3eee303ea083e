/// Who got a tag or lost it in events of the log that have been folded but for that, until it is put in
/// place all together.
///
/// A replay folds in order. But who has a tag is no matter of other tags, as what customers have done
/// (`ReadFacts`) is none of other customers, so that different threads can take it in at once. Until they
/// have, nothing may look at either: see `EventType.waitsForGathered`.
package struct GatheredTurns: Sendable {
  /// By the index of the tag, in the order of the log.
  fileprivate(set) var turns: [[TagTurn]] = []
  fileprivate var count = 0

  package init() {}

  mutating func add(_ turn: TagTurn, of tag: Int) {
    while turns.count <= tag { turns.append([]) }
    turns[tag].append(turn)
    count += 1
  }

  /// Fewer than this are put into place before other threads have woken up.
  package static let worthSpreading = 1024
}

/// One customer got a tag or lost it.
struct TagTurn: Sendable {
  let customer: CustomerID
  let isApplied: Bool
  let at: Timestamp
}

extension State {
  /// Puts what has been gathered where it belongs, each tag by one thread.
  ///
  /// - Parameter least: one after the other where fewer have been gathered.
  package mutating func take(
    _ gathered: inout GatheredTurns, spread: Spread,
    from least: Int = GatheredTurns.worthSpreading
  ) {
    guard gathered.count > 0 else { return }
    let spread = gathered.count < least ? inOrder : spread
    take(gathered.turns, spread)
    gathered = GatheredTurns()
  }

  private mutating func take(_ turns: [[TagTurn]], _ spread: Spread) {
    let touched = turns.indices.filter { !turns[$0].isEmpty }
    let before = touched.reduce(0) { $0 + memberships[$1].customers.count }
    memberships.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let memberships = buffer
      spread(touched.count) { share in
        let tag = touched[share]
        for turn in turns[tag] {
          if turn.isApplied {
            _ = memberships[tag].insert(turn.customer, details: nil, on: .hand(turn.at))
          } else {
            _ = memberships[tag].remove(turn.customer, on: .hand(turn.at))
          }
        }
      }
    }
    membershipCount += touched.reduce(0) { $0 + memberships[$1].customers.count } - before
  }
}

extension EventType {
  /// Whether what has been gathered before it has to be in place: it may look at who has a tag, or at
  /// what customers have done.
  package var waitsForGathered: Bool {
    self != .customerRegistered && self != .customerRevised
  }
}
