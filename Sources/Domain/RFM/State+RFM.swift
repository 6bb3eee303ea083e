/// How RFM is scored now, as a part of the state.
package struct RFMScoring: Hashable, Sendable {
  package internal(set) var settings = RFMSettings.standard
  /// 1 until a team says something of its own.
  package internal(set) var revision: Int64 = 1
}

extension State {
  /// Enough groups for any team.
  static let rfmGroupLimit = 30

  func configure(_ settings: RFMSettings, revision: Int64?) throws(Problem) -> Decision {
    if let revision, revision != rfm.revision {
      throw .rfmRevisionChanged(expected: revision, actual: rfm.revision)
    }
    try Self.check(settings)
    if settings.isByQuantiles, hasRulesOnRFM { throw .rfmByQuantiles }
    guard let change = SegmentChange.Pair(rfm.settings, settings) else {
      return Decision(events: [], unchanged: 1)
    }
    return Decision(events: [SegmentChange.rfmConfigured(change).event()])
  }

  /// Whether a rule asks for RFM groups: rules wait for each customer by themselves.
  var hasRulesOnRFM: Bool { rules.present.contains { $0.filter?.asksRFM == true } }

  private static func check(_ settings: RFMSettings) throws(Problem) {
    guard RFMSettings.levelRange.contains(settings.levels) else {
      throw .rfmUnusable(field: "levels", expected: "3, 4, 5")
    }
    if let days = settings.windowDays, !(1...36_500).contains(days) {
      throw .rfmUnusable(field: "window_days", expected: "1…36500")
    }
    if case .thresholds(let thresholds) = settings.scale {
      try check(thresholds, levels: settings.levels)
    }
    try check(settings.groups, of: settings)
  }

  private static func check(_ thresholds: RFMThresholds, levels: Int) throws(Problem) {
    let columns: [(String, [Int64], ClosedRange<Int64>, String?)] = [
      ("recency", thresholds.recency, 0...36_500, "0…36500"),
      ("frequency", thresholds.frequency, 0...JSON.exactIntegers.upperBound, "0…"),
      ("monetary", thresholds.monetary, JSON.exactIntegers, nil),
    ]
    for (name, values, range, bounds) in columns {
      let isRising = zip(values, values.dropFirst()).allSatisfy { $0 < $1 }
      guard values.count == levels - 1, isRising, values.allSatisfy(range.contains) else {
        throw .rfmUnusable(
          field: "thresholds.\(name)", expected: .risingNumbers(levels - 1, within: bounds))
      }
    }
  }

  private static func check(
    _ groups: [RFMGroup], of settings: RFMSettings
  ) throws(Problem) {
    guard (1...rfmGroupLimit).contains(groups.count), Set(groups.map(\.key)).count == groups.count
    else { throw .rfmUnusable(field: "groups", expected: .eachOnce(limit: rfmGroupLimit)) }
    for group in groups {
      let isWord = group.key.utf8.allSatisfy { (0x61...0x7a).contains($0) || $0 == 0x5f }
      guard isWord, (1...40).contains(group.key.utf8.count) else {
        throw .rfmUnusable(field: "groups.key", expected: "a-z, _")
      }
      try check(group.name, "groups.name", limit: 60)
      try check(group.strategy, "groups.strategy", limit: 500)
      let isFitting =
        switch (group.scores, settings.grouping) {
        case (.sum(let range), .sum):
          range.lowerBound >= 3 && range.upperBound <= 3 * settings.levels
        case (.combination(let recency, let frequency, let monetary), .combination):
          [recency, frequency, monetary].allSatisfy {
            $0.lowerBound >= 1 && $0.upperBound <= settings.levels
          }
        default: false
        }
      guard isFitting else {
        throw .rfmUnusable(
          field: "groups.\(group.key)",
          expected: settings.grouping == .sum
            ? "sum: 3…\(3 * settings.levels)"
            : "recency, frequency, monetary: 1…\(settings.levels)")
      }
    }
  }

  /// The group of that key, or of that name in any language; nil where there is none.
  package func rfmGroup(named text: String) -> RFMGroup? {
    let groups = rfm.settings.groups
    if let group = groups.first(where: { $0.key == text }) { return group }
    let key = NameKey(text)
    return groups.first { group in
      NameKey(group.key) == key || group.name.map { NameKey($0) == key } ?? false
        || RFMWords.languages.contains { NameKey(RFMWords.name(of: group, in: $0)) == key }
    }
  }
}
