/// What follows from the facts of one customer at one moment (C5).
///
/// An order counts when it has been placed by then and not been cancelled by then. Its worth is its
/// amount less what had come back of it by then. What came back of no known order (`credits`) lowers
/// what was spent, at its own time.
package struct CustomerFigures: Hashable, Sendable {
  package let orders: Int
  /// In minor units; as much as 64 bits hold where it comes to more.
  package let spent: Int64
  /// `spent` divided by `orders`, in minor units, rounded half to even; nil without an order.
  package let averageOrder: Int64?
  package let firstOrder: Timestamp?
  package let lastOrder: Timestamp?
  /// Whole days since the last order; nil without one.
  package let daysSinceOrder: Int?
  /// Messages to the customer in the window, and how many of them were answered: a message from them
  /// came before the next one to them.
  package let sent: Int
  package let answered: Int
  /// The mean time from a message to its answer, in µs; nil where none was answered.
  package let replyTime: Int64?
  /// Orders placed in the last 60 days, and in the 60 days before those.
  package let ordersLately: Int
  package let ordersBefore: Int
  /// In how many of the orders each category occurs, by its index in the catalogue; most first.
  package let categories: [Share]

  package struct Share: Hashable, Sendable {
    package let category: Int32
    package let orders: Int
  }

  package static let day: Int64 = 86_400 * 1_000_000

  /// - Parameter window: how far back messages count, in µs; nil for all of them.
  package init(of facts: CustomerFacts, at now: Timestamp, window: Int64? = nil) {
    let counting = facts.orders.filter { $0.counts(at: now) }
    orders = counting.count
    let returned = facts.credits.sum(at: now)
    let sum = counting.reduce(-returned) { $0 + $1.worth(at: now) }
    spent = Int64(clamping: sum)
    averageOrder = counting.isEmpty ? nil : Decimals.quotient(sum, Int64(counting.count))
    firstOrder = counting.first?.placed
    lastOrder = counting.last?.placed
    daysSinceOrder = lastOrder.map { Int((now.rawValue - $0.rawValue) / Self.day) }
    func count(_ days: ClosedRange<Int64>) -> Int {
      let range =
        (now.rawValue - days.upperBound * Self.day)...(now.rawValue - days.lowerBound * Self.day)
      return counting.count { range.contains($0.placed!.rawValue) }
    }
    ordersLately = count(0...60)
    let both = count(0...120)
    ordersBefore = both - ordersLately
    var shares: [Int32: Int] = [:]
    for order in counting {
      for category in Set(order.lines.map(\.category)) where category != 0 {
        shares[category, default: 0] += 1
      }
    }
    categories = shares.map { Share(category: $0, orders: $1) }
      .sorted { ($1.orders, $0.category) < ($0.orders, $1.category) }
    let replies = Replies(to: facts.messages, at: now, window: window)
    sent = replies.sent
    answered = replies.answered
    replyTime = replies.answered == 0 ? nil : replies.time / Int64(replies.answered)
  }
}

/// How a customer answers messages.
private struct Replies {
  var sent = 0
  var answered = 0
  /// µs, of all answers together.
  var time: Int64 = 0

  init(to messages: [MessageFact], at now: Timestamp, window: Int64?) {
    let start = window.map { now.rawValue - $0 } ?? .min
    var open: Timestamp?
    for message in messages where message.at <= now {
      if message.isIncoming {
        if let asked = open {
          answered += 1
          time += message.at.rawValue - asked.rawValue
        }
        open = nil
      } else {
        let isInside = message.at.rawValue >= start
        if isInside { sent += 1 }
        open = isInside ? message.at : nil
      }
    }
  }
}

extension OrderFacts {
  /// Whether the order counts at a moment.
  package func counts(at now: Timestamp) -> Bool {
    placed.map { $0 <= now } ?? false && !(cancelled.map { $0 <= now } ?? false)
  }

  /// What the order is worth at a moment, in minor units.
  package func worth(at now: Timestamp) -> Int128 {
    Int128(amount) - returns.sum(at: now)
  }
}

extension [ReturnFact] {
  /// What had come back at a moment, in minor units.
  fileprivate func sum(at now: Timestamp) -> Int128 {
    reduce(0) { $1.at <= now ? $0 + Int128($1.amount) : $0 }
  }
}

extension Decimals {
  /// A quotient rounded half to even, or the nearest that 64 bits hold; the divisor is positive.
  package static func quotient(_ value: Int128, _ divisor: Int64) -> Int64 {
    let divisor = UInt128(divisor)
    let (whole, rest) = value.magnitude.quotientAndRemainder(dividingBy: divisor)
    let twice = rest * 2
    let isUp = twice > divisor || (twice == divisor && whole % 2 == 1)
    let result = Int128(whole) + (isUp ? 1 : 0)
    return Int64(clamping: value < 0 ? -result : result)
  }
}
