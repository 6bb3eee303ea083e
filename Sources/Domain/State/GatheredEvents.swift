/// Events of the log that have been folded but for what concerns one tag or one customer alone, until
/// that is put into place all together.
///
/// A replay folds in order. But who has a tag is no matter of other tags, and what customers have done
/// none of other customers, so that different threads can take it in at once. Until they have, nothing
/// may look at either: see `EventType.waitsForGathered`.
package struct GatheredEvents: Sendable {
  /// By the index of the tag, in the order of the log.
  fileprivate(set) var turns: [[TagTurn]] = []
  /// By the chunk of the table in which the customer stands, in the order of the log.
  fileprivate(set) var facts: [[GatheredFact]] = []
  fileprivate var count = 0

  package init() {}

  mutating func add(_ turn: TagTurn, of tag: Int) {
    while turns.count <= tag { turns.append([]) }
    turns[tag].append(turn)
    count += 1
  }

  mutating func add(_ piece: FactPiece, of customer: CustomerID) {
    let chunk = FactTable.chunk(of: customer)
    while facts.count <= chunk { facts.append([]) }
    facts[chunk].append(GatheredFact(customer: customer, piece: piece))
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

/// What a fact adds to the block of its customer.
struct GatheredFact: Sendable {
  let customer: CustomerID
  let piece: FactPiece
}

extension State {
  /// Puts what has been gathered where it belongs, each tag and each chunk of facts by one thread.
  ///
  /// - Parameter least: one after the other where fewer have been gathered.
  package mutating func take(
    _ gathered: inout GatheredEvents, spread: Spread,
    from least: Int = GatheredEvents.worthSpreading
  ) {
    guard gathered.count > 0 else { return }
    let spread = gathered.count < least ? inOrder : spread
    take(gathered.turns, spread)
    facts.take(gathered.facts, spread)
    gathered = GatheredEvents()
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
