/// How recency, frequency and money are scored, and which group follows from the scores (A20).
package struct RFMSettings: Hashable, Sendable {
  /// In how many levels each of the three is scored.
  package var levels: Int
  package var scale: Scale
  /// Only orders of the last so many days count; nil for all.
  package var windowDays: Int?
  package var grouping: Grouping
  /// The first that fits counts; whom none fits has scores, but no group.
  package var groups: [RFMGroup]

  package enum Scale: Hashable, Sendable {
    /// Levels of about the same number of customers, by quantiles of R's type 7.
    case quantiles(Breaks.Ties)
    case thresholds(RFMThresholds)
  }

  /// The raw values are formats.
  package enum Grouping: String, CaseIterable, Hashable, Sendable {
    /// By each of the three scores.
    case combination
    /// By the three scores added up.
    case sum
  }

  package static let levelRange = 3...5

  package var isByQuantiles: Bool {
    if case .quantiles = scale { true } else { false }
  }

  /// How long after an order something may change of itself, in microseconds: its age reaches a
  /// threshold, or it leaves the window.
  var offsets: [Int64] {
    var offsets = windowDays.map { [Int64($0) * RFMTable.day + 1] } ?? []
    if case .thresholds(let thresholds) = scale {
      offsets += thresholds.recency.filter { (1...36_500).contains($0) }.map { $0 * RFMTable.day }
    }
    return offsets
  }

  package init(
    levels: Int, scale: Scale, windowDays: Int? = nil, grouping: Grouping,
    groups: [RFMGroup]? = nil
  ) {
    self.levels = levels
    self.scale = scale
    self.windowDays = windowDays
    self.grouping = grouping
    self.groups = groups ?? RFMGroup.readyMade(levels: levels, grouping)
  }

  /// What holds until a team says otherwise.
  package static let standard = RFMSettings(
    levels: 5, scale: .quantiles(.below), grouping: .combination)
}

/// From where on a value is in the next level: one less than there are levels, each greater than the
/// one before. A value that equals a threshold has reached it.
package struct RFMThresholds: Hashable, Sendable {
  /// Days since the last order; fewer days are a better score.
  package var recency: [Int64]
  /// Orders.
  package var frequency: [Int64]
  /// Minor units of the account's currency.
  package var monetary: [Int64]

  package init(recency: [Int64], frequency: [Int64], monetary: [Int64]) {
    self.recency = recency
    self.frequency = frequency
    self.monetary = monetary
  }
}

/// Customers of similar scores, and what is to be done with them.
package struct RFMGroup: Hashable, Sendable {
  /// What filters name it by: a word in lower case.
  package var key: String
  /// Shown in the place of the name that a ready-made group has in each language.
  package var name: String?
  /// What to do with these customers; nil for the words of the ready-made group.
  package var strategy: String?
  package var scores: Scores

  package enum Scores: Hashable, Sendable {
    case combination(
      recency: ClosedRange<Int>, frequency: ClosedRange<Int>, monetary: ClosedRange<Int>)
    case sum(ClosedRange<Int>)
  }

  package init(key: String, name: String? = nil, strategy: String? = nil, scores: Scores) {
    self.key = key
    self.name = name
    self.strategy = strategy
    self.scores = scores
  }

  package func fits(_ scores: RFMScores) -> Bool {
    switch self.scores {
    case .combination(let recency, let frequency, let monetary):
      recency.contains(Int(scores.recency)) && frequency.contains(Int(scores.frequency))
        && monetary.contains(Int(scores.monetary))
    case .sum(let range): range.contains(scores.sum)
    }
  }
}

/// What one customer is scored: each from 1 to the number of levels, which is the best.
package struct RFMScores: Hashable, Sendable {
  package var recency: UInt8
  package var frequency: UInt8
  package var monetary: UInt8

  package init(recency: UInt8, frequency: UInt8, monetary: UInt8) {
    self.recency = recency
    self.frequency = frequency
    self.monetary = monetary
  }

  package var sum: Int { Int(recency) + Int(frequency) + Int(monetary) }
}

// MARK: - Ready-made groups

extension RFMGroup {
  /// The groups that there are until a team names its own; every combination falls into one.
  package static func readyMade(levels: Int, _ grouping: RFMSettings.Grouping) -> [RFMGroup] {
    switch grouping {
    case .combination: combinations(levels)
    case .sum: sums(levels)
    }
  }

  /// Low is recency or money in the bottom third or so, high in the top one.
  private static func combinations(_ levels: Int) -> [RFMGroup] {
    let all = 1...levels
    let low = 1...(levels == 5 ? 2 : 1)
    let high = (levels == 5 ? 4 : levels)...levels
    let again = 2...levels
    func group(
      _ key: String, _ recency: ClosedRange<Int>, _ frequency: ClosedRange<Int>,
      _ monetary: ClosedRange<Int>
    ) -> RFMGroup {
      RFMGroup(
        key: key,
        scores: .combination(recency: recency, frequency: frequency, monetary: monetary))
    }
    return [
      group("champions", high, high, high),
      group("cant_lose", low, high, high),
      group("loyal", (low.upperBound + 1)...levels, high, all),
      group("new", high, 1...1, all),
      group("potential", high, all, all),
      group("at_risk", low, again, all),
      group("lost", low, all, all),
      group("attention", all, all, all),
    ]
  }

  /// From the best sums to the worst in parts that are as equal as they can be; the better ones are
  /// the smaller ones.
  private static func sums(_ levels: Int) -> [RFMGroup] {
    let keys = [
      "champions", "loyal", "potential", "promising", "attention", "slowing", "at_risk", "lost",
    ]
    let count = 3 * levels - 2
    let used = count < keys.count ? keys.filter { $0 != "promising" } : keys
    return used.enumerated().map { index, key in
      let top = 3 * levels - count * index / used.count
      let bottom = 3 * levels - count * (index + 1) / used.count + 1
      return RFMGroup(key: key, scores: .sum(bottom...top))
    }
  }
}
