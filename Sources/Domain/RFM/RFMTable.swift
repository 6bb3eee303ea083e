/// What one customer is scored by.
package struct RFMFigures: Hashable, Sendable {
  /// Whole days of 24 hours since the last order.
  package var recency: Int64
  /// Orders.
  package var frequency: Int64
  /// What the orders are worth, in minor units.
  package var monetary: Int64

  package init(recency: Int64, frequency: Int64, monetary: Int64) {
    self.recency = recency
    self.frequency = frequency
    self.monetary = monetary
  }
}

extension RFMFigures {
  /// What a customer's orders come to at a moment; nil where none counts.
  ///
  /// An order counts from when it was placed until it is cancelled; what came back lowers its worth,
  /// and what came back of no known order lowers the sum.
  package init?(_ facts: CustomerFacts, windowDays: Int?, at now: Timestamp) {
    let start = windowDays.map { now.rawValue - Int64($0) * RFMTable.day } ?? .min
    var last = Int64.min
    var (frequency, monetary): (Int64, Int64) = (0, 0)
    for order in facts.orders {
      guard let placed = order.placed, placed <= now, placed.rawValue >= start else { continue }
      if let cancelled = order.cancelled, cancelled <= now { continue }
      last = max(last, placed.rawValue)
      frequency += 1
      // A sum beyond 64 bits is nobody's money; it may be wrong, but it must not stop the ledger.
      monetary &+= order.amount
      for back in order.returns where back.at <= now { monetary &-= back.amount }
    }
    guard frequency > 0 else { return nil }
    for credit in facts.credits where credit.at <= now && credit.at.rawValue >= start {
      monetary &-= credit.amount
    }
    self.init(
      recency: (now.rawValue - last) / RFMTable.day, frequency: frequency, monetary: monetary)
  }
}

/// The scores of all customers who have an order that counts, at one moment.
package struct RFMTable: Sendable {
  /// Microseconds.
  static let day: Int64 = 86_400_000_000

  package let settings: RFMSettings
  /// Ascending; the columns below stand in the same order.
  package let customers: [CustomerID]
  package let recency: [Int64]
  package let frequency: [Int64]
  package let monetary: [Int64]
  package let scores: [RFMScores]
  /// Indices into the settings' groups; -1 for none.
  package let groups: [Int8]
  /// Where the levels of each begin.
  package let breaks: RFMBreaks

  /// - Parameter customers: ascending; the three columns stand in the same order.
  package init(
    _ settings: RFMSettings, customers: [CustomerID], recency: [Int64], frequency: [Int64],
    monetary: [Int64]
  ) {
    self.settings = settings
    self.customers = customers
    self.recency = recency
    self.frequency = frequency
    self.monetary = monetary
    let breaks = RFMBreaks(
      settings, recency: recency, frequency: frequency, monetary: monetary)
    self.breaks = breaks
    let places = GroupPlaces(settings)
    var scores: [RFMScores] = []
    var groups: [Int8] = []
    scores.reserveCapacity(customers.count)
    groups.reserveCapacity(customers.count)
    for index in customers.indices {
      let score = breaks.scores(
        recency: recency[index], frequency: frequency[index], monetary: monetary[index])
      scores.append(score)
      groups.append(places[score])
    }
    self.scores = scores
    self.groups = groups
  }

  /// The place of a customer in the columns; nil where they have no order that counts.
  package func index(of customer: CustomerID) -> Int? {
    var (low, high) = (0, customers.count)
    while low < high {
      let middle = (low + high) / 2
      if customers[middle] < customer { low = middle + 1 } else { high = middle }
    }
    return low < customers.count && customers[low] == customer ? low : nil
  }

  /// Everybody in a group, by its place in the settings.
  package func members(ofGroup index: Int) -> CustomerSet {
    var members = CustomerSet()
    for (customer, group) in zip(customers, groups) where Int(group) == index {
      members.insert(customer)
    }
    return members
  }
}

/// Where the levels of recency, frequency and money begin.
package struct RFMBreaks: Hashable, Sendable {
  package let levels: Int
  /// Of days: the fewer, the better.
  package let recency: Breaks
  package let frequency: Breaks
  package let monetary: Breaks

  /// From the values of all customers, or from the thresholds that the settings name.
  package init(_ settings: RFMSettings, recency: [Int64], frequency: [Int64], monetary: [Int64]) {
    switch settings.scale {
    case .thresholds(let thresholds):
      self.init(levels: settings.levels, thresholds)
    case .quantiles(let ties):
      func breaks(_ column: [Int64]) -> Breaks {
        var values = column
        return Breaks(quantilesOf: &values, parts: settings.levels, ties: ties)
      }
      self.init(
        levels: settings.levels, recency: breaks(recency), frequency: breaks(frequency),
        monetary: breaks(monetary))
    }
  }

  private init(levels: Int, recency: Breaks, frequency: Breaks, monetary: Breaks) {
    self.levels = levels
    self.recency = recency
    self.frequency = frequency
    self.monetary = monetary
  }

  package init(levels: Int, _ thresholds: RFMThresholds) {
    self.init(
      levels: levels, recency: Breaks(scaled: thresholds.recency, ties: .above),
      frequency: Breaks(scaled: thresholds.frequency, ties: .above),
      monetary: Breaks(scaled: thresholds.monetary, ties: .above))
  }

  @inline(__always)
  package func scores(recency: Int64, frequency: Int64, monetary: Int64) -> RFMScores {
    RFMScores(
      recency: UInt8(truncatingIfNeeded: levels + 1 - self.recency.level(of: recency)),
      frequency: UInt8(truncatingIfNeeded: self.frequency.level(of: frequency)),
      monetary: UInt8(truncatingIfNeeded: self.monetary.level(of: monetary)))
  }
}

/// Which group each combination of scores falls into, found out once.
struct GroupPlaces: Sendable {
  private let levels: Int
  private let places: [Int8]

  init(_ settings: RFMSettings) {
    let levels = settings.levels
    self.levels = levels
    places = (0..<levels * levels * levels).map { index in
      let scores = RFMScores(
        recency: UInt8(index / (levels * levels) + 1),
        frequency: UInt8(index / levels % levels + 1), monetary: UInt8(index % levels + 1))
      return Int8(settings.groups.firstIndex { $0.fits(scores) } ?? -1)
    }
  }

  subscript(scores: RFMScores) -> Int8 {
    let row = (Int(scores.recency) - 1) * levels + Int(scores.frequency) - 1
    return places[row * levels + Int(scores.monetary) - 1]
  }
}
