extension RFMSettings {
  /// As it stands in an event and on the wire: the names are formats.
  package var json: JSON {
    var members: [String: JSON] = [
      "levels": .int(Int64(levels)), "grouping": .string(grouping.rawValue),
      "groups": .array(groups.map(\.json)),
    ]
    switch scale {
    case .quantiles(let ties): members["ties"] = .string(ties.rawValue)
    case .thresholds(let thresholds): members["thresholds"] = thresholds.json
    }
    members["window_days"] = windowDays.map { .int(Int64($0)) }
    return .object(members)
  }

  package init?(json: JSON) {
    guard let levels = json["levels"]?.int.flatMap(Int.init(exactly:)),
      Self.levelRange.contains(levels),
      let grouping = json["grouping"]?.string.flatMap(Grouping.init),
      let listed = json["groups"]?.array
    else { return nil }
    let groups = listed.compactMap { RFMGroup(json: $0) }
    guard groups.count == listed.count else { return nil }
    let scale: Scale
    if let thresholds = json["thresholds"] {
      guard let read = RFMThresholds(json: thresholds) else { return nil }
      scale = .thresholds(read)
    } else {
      guard let ties = json["ties"]?.string.flatMap(Breaks.Ties.init) else { return nil }
      scale = .quantiles(ties)
    }
    self.init(
      levels: levels, scale: scale, windowDays: json["window_days"]?.int.map { Int($0) },
      grouping: grouping, groups: groups)
  }
}

extension RFMThresholds {
  package var json: JSON {
    func list(_ values: [Int64]) -> JSON { .array(values.map(JSON.int)) }
    return [
      "recency": list(recency), "frequency": list(frequency), "monetary": list(monetary),
    ]
  }

  package init?(json: JSON) {
    func list(_ name: String) -> [Int64]? {
      guard let listed = json[name]?.array else { return nil }
      let values = listed.compactMap(\.int)
      return values.count == listed.count ? values : nil
    }
    guard let recency = list("recency"), let frequency = list("frequency"),
      let monetary = list("monetary")
    else { return nil }
    self.init(recency: recency, frequency: frequency, monetary: monetary)
  }
}

extension RFMGroup {
  package var json: JSON {
    func range(_ range: ClosedRange<Int>) -> JSON {
      [.int(Int64(range.lowerBound)), .int(Int64(range.upperBound))]
    }
    var members: [String: JSON] = ["key": .string(key)]
    members["name"] = name.map(JSON.string)
    members["strategy"] = strategy.map(JSON.string)
    switch scores {
    case .combination(let recency, let frequency, let monetary):
      members["recency"] = range(recency)
      members["frequency"] = range(frequency)
      members["monetary"] = range(monetary)
    case .sum(let sum): members["sum"] = range(sum)
    }
    return .object(members)
  }

  package init?(json: JSON) {
    func range(_ name: String) -> ClosedRange<Int>? {
      guard let ends = json[name]?.array, ends.count == 2, let low = ends[0].int,
        let high = ends[1].int, (1...15).contains(low), low <= high, high <= 15
      else { return nil }
      return Int(low)...Int(high)
    }
    guard let key = json["key"]?.string else { return nil }
    let scores: Scores
    if json["sum"] != nil {
      guard let sum = range("sum") else { return nil }
      scores = .sum(sum)
    } else {
      guard let recency = range("recency"), let frequency = range("frequency"),
        let monetary = range("monetary")
      else { return nil }
      scores = .combination(recency: recency, frequency: frequency, monetary: monetary)
    }
    self.init(
      key: key, name: json["name"]?.string, strategy: json["strategy"]?.string, scores: scores)
  }
}
