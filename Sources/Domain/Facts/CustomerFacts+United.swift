extension OrderFacts {
  /// What both tell of one order, whichever came first: the earliest time of each step, and of two
  /// tellings of its placing the earlier, else that of the smaller amount. Where those are the same too,
  /// but the lines are not, `decide` has kept the first; here any rule will do that is always the same.
  func united(with other: Self) -> Self {
    var all = self
    if let theirs = other.placed, isTold(after: theirs, other) {
      all.placed = theirs
      all.amount = other.amount
      all.lines = other.lines
    }
    all.paid = earliest(paid, other.paid)
    all.shipped = earliest(shipped, other.shipped)
    all.completed = earliest(completed, other.completed)
    all.cancelled = earliest(cancelled, other.cancelled)
    if !other.returns.isEmpty { all.returns = Self.united(returns, other.returns) }
    return all
  }

  private func isTold(after theirs: Timestamp, _ other: Self) -> Bool {
    guard let placed else { return true }
    if (theirs, other.amount) != (placed, amount) {
      return (theirs, other.amount) < (placed, amount)
    }
    return other.lines.lexicographicallyPrecedes(lines) {
      ($0.category, $0.product, $0.quantity, $0.amount)
        < ($1.category, $1.product, $1.quantity, $1.amount)
    }
  }

  static func united<Row: FactRow>(_ ours: [Row], _ theirs: [Row]) -> [Row] {
    guard !ours.isEmpty else { return theirs.sorted() }
    var all = ours
    for row in theirs {
      if let index = all.firstIndex(where: { $0.isSame(as: row) }) {
        all[index] = all[index].united(with: row)
      } else {
        all.append(row)
      }
    }
    return all.sorted()
  }
}

extension CustomerFacts {
  /// What is known of two who turned out to be one.
  func united(with other: Self) -> Self {
    var all = self
    var places: [FactKey: Int] = [:]
    for (index, order) in orders.enumerated() { places[order.key] = index }
    for order in other.orders {
      if let index = places[order.key] {
        all.orders[index] = all.orders[index].united(with: order)
      } else {
        all.orders.append(order)
      }
    }
    all.orders.sort()
    all.credits = OrderFacts.united(credits, other.credits)
    all.messages = OrderFacts.united(messages, other.messages)
    all.broadcasts = OrderFacts.united(broadcasts, other.broadcasts)
    all.enquiries = OrderFacts.united(enquiries, other.enquiries)
    all.complaints = OrderFacts.united(complaints, other.complaints)
    all.urgencies = OrderFacts.united(urgencies, other.urgencies)
    return all
  }

  func united(with piece: FactPiece) -> Self {
    var other = CustomerFacts()
    switch piece {
    case .order(let order): other.orders = [order]
    case .credit(let credit): other.credits = [credit]
    case .message(let message): other.messages = [message]
    case .broadcast(let broadcast): other.broadcasts = [broadcast]
    case .enquiry(let enquiry): other.enquiries = [enquiry]
    case .complaint(let complaint): other.complaints = [complaint]
    case .urgency(let urgency): other.urgencies = [urgency]
    }
    return united(with: other)
  }
}

extension OrderFacts: Comparable {
  /// In the order of their placing; those whose placing is not known stand last.
  package static func < (a: Self, b: Self) -> Bool {
    (a.placed ?? .never, a.key) < (b.placed ?? .never, b.key)
  }
}
