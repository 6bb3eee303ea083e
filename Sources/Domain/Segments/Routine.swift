/// A day of the calendar, as days since 1970-01-01; which moments it has depends on the place.
package struct Day: RawRepresentable, Hashable, Comparable, Sendable {
  package let rawValue: Int32
  package init(rawValue: Int32) { self.rawValue = rawValue }
  package init(_ rawValue: Int32) { self.rawValue = rawValue }
  package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }

  static let microseconds: Int64 = 86_400_000_000

  /// Reads "2026-11-22"; nil for anything else.
  package init?(_ text: String) {
    guard Timestamp.isDate(text), let moment = try? Timestamp(parsing: text) else { return nil }
    // Days before 1970 divide without a rest too.
    self.init(Int32(moment.rawValue / Self.microseconds))
  }

  /// The day that a moment of local time, counted as if it were UTC, is part of.
  init(local: Int64) {
    let day = local >= 0 ? local / Self.microseconds : (local + 1) / Self.microseconds - 1
    self.init(Int32(clamping: day))
  }

  /// The day that it is where clocks are so far ahead of UTC.
  package init(at moment: Timestamp, offset: UTCOffset) {
    self.init(local: moment.rawValue + offset(moment))
  }

  /// "2026-11-22".
  package var text: String { Timestamp(microseconds: Int64(rawValue) * Self.microseconds).date }

  package var weekday: Weekday {
    // 1970-01-01 was a Thursday.
    Weekday.allCases[((Int(rawValue) + 3) % 7 + 7) % 7]
  }

  package func advanced(by days: Int) -> Day { Day(rawValue + Int32(days)) }
}

/// The raw values are formats.
package enum Weekday: String, CaseIterable, Hashable, Sendable {
  case monday = "mon"
  case tuesday = "tue"
  case wednesday = "wed"
  case thursday = "thu"
  case friday = "fri"
  case saturday = "sat"
  case sunday = "sun"
}

/// When the customers of a segment are to be worked through, and by whom (F5).
package struct Routine: Hashable, Sendable {
  package var rhythm: Rhythm
  /// Minutes since midnight, local time.
  package var minute: Int
  /// The name of the time zone, such as `America/Sao_Paulo`; its rules are not known here.
  package var zone: String
  /// Whose work it is; nil for whoever may work lists.
  package var role: RoleID?

  package enum Rhythm: Hashable, Sendable {
    case daily
    /// At least one.
    case weekly(Set<Weekday>)
    /// Every so many days, counted from a day on which it falls due.
    case every(days: Int, from: Day)
  }

  package static let intervals = 1...366
  package static let minutes = 0...1439

  package init(rhythm: Rhythm, minute: Int, zone: String, role: RoleID? = nil) {
    self.rhythm = rhythm
    self.minute = minute
    self.zone = zone
    self.role = role
  }

  /// Whether a list falls due on that day.
  package func falls(on day: Day) -> Bool {
    switch rhythm {
    case .daily: true
    case .weekly(let weekdays): weekdays.contains(day.weekday)
    case .every(let days, let first):
      day >= first && (Int(day.rawValue) - Int(first.rawValue)) % days == 0
    }
  }
}

/// A day on which a list falls due, and the moment at which it does.
package struct DueMoment: Hashable, Sendable {
  package let day: Day
  package let at: Timestamp
}

/// How far local time is ahead of UTC at a moment, in microseconds.
package typealias UTCOffset = @Sendable (Timestamp) -> Int64

extension Routine {
  /// The first time that it falls due after a moment; nil where that is centuries away.
  package func next(after moment: Timestamp, offset: UTCOffset) -> DueMoment? {
    var day = Day(local: moment.rawValue + offset(moment)).advanced(by: -1)
    if case .every(_, let first) = rhythm { day = max(day, first) }
    for _ in 0...Self.intervals.upperBound + 2 {
      if falls(on: day) {
        let due = self.moment(on: day, offset: offset)
        if due > moment { return DueMoment(day: day, at: due) }
      }
      day = day.advanced(by: 1)
    }
    return nil
  }

  /// The last time that it has fallen due after one moment, and not later than another.
  package func last(
    notAfter moment: Timestamp, after base: Timestamp, offset: UTCOffset
  ) -> DueMoment? {
    var day = Day(local: moment.rawValue + offset(moment)).advanced(by: 1)
    for _ in 0...Self.intervals.upperBound + 2 {
      if falls(on: day) {
        let due = self.moment(on: day, offset: offset)
        if due <= moment { return due > base ? DueMoment(day: day, at: due) : nil }
      }
      day = day.advanced(by: -1)
    }
    return nil
  }

  /// The moment of a day at which its time of day is reached.
  ///
  /// No day is left out, and none has two, whenever clocks are changed.
  package func moment(on day: Day, offset: UTCOffset) -> Timestamp {
    Timestamp(
      local: Int64(day.rawValue) * Day.microseconds + Int64(minute) * 60_000_000, offset: offset)
  }
}

// MARK: - In events

extension Routine {
  /// As it stands in an event: the names are formats.
  package var json: JSON {
    var members: [String: JSON] = ["time": .string(time), "zone": .string(zone)]
    switch rhythm {
    case .daily: members["rhythm"] = "daily"
    case .weekly(let weekdays):
      members["rhythm"] = "weekly"
      members["weekdays"] = .array(
        Weekday.allCases.filter(weekdays.contains).map { .string($0.rawValue) })
    case .every(let days, let first):
      members["rhythm"] = "interval"
      members["days"] = .int(Int64(days))
      members["from"] = .string(first.text)
    }
    members["role"] = role?.json
    return .object(members)
  }

  package init?(json: JSON) {
    guard let minute = json["time"]?.string.flatMap(Self.minute), let zone = json["zone"]?.string
    else { return nil }
    let rhythm: Rhythm
    switch json["rhythm"]?.string {
    case "daily": rhythm = .daily
    case "weekly":
      let weekdays = (json["weekdays"]?.texts ?? []).compactMap(Weekday.init)
      guard !weekdays.isEmpty else { return nil }
      rhythm = .weekly(Set(weekdays))
    case "interval":
      guard let days = json["days"]?.int, Self.intervals.contains(Int(days)),
        let first = json["from"]?.string.flatMap(Day.init)
      else { return nil }
      rhythm = .every(days: Int(days), from: first)
    default: return nil
    }
    self.init(rhythm: rhythm, minute: minute, zone: zone, role: RoleID(json: json["role"]))
  }

  /// "08:00".
  package var time: String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return two(minute / 60) + ":" + two(minute % 60)
  }

  /// Minutes since midnight of "08:00"; nil for anything else.
  package static func minute(_ text: String) -> Int? {
    let digits = Array(text.utf8)
    guard digits.count == 5, digits[2] == UInt8(ascii: ":"),
      let hour = Int(text.prefix(2)), let minute = Int(text.suffix(2)),
      digits.enumerated().allSatisfy({ $0 == 2 || (0x30...0x39).contains($1) }),
      hour < 24, minute < 60
    else { return nil }
    return hour * 60 + minute
  }
}
