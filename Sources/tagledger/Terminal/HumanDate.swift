import Glibc

/// Reads a moment as a person writes it: `2026-11-22`, `22/11/2026 14:30`, `14:30`, `ontem`,
/// `monday`, `3d`, `2h`.
struct HumanDate {
  /// Which end of a day is meant when a day is all that is said.
  enum Edge: Sendable {
    case start
    case end
  }

  let now: LocalTime
  let language: Language

  func read(_ text: String, _ edge: Edge) -> LocalTime? {
    let text = text.lowercased().trimmed
    return moment(text) ?? day(text, edge) ?? ago(text) ?? dayAndTime(text)
  }

  /// What carries its own zone, and `now`.
  private func moment(_ text: String) -> LocalTime? {
    if ["now", "agora", "maintenant"].contains(text) { return now }
    return LocalTime(text.uppercased())
  }

  private func day(_ text: String, _ edge: Edge) -> LocalTime? {
    guard let date = date(text) else { return nil }
    switch edge {
    case .start: return start(of: date)
    case .end:
      guard let next = start(of: (date.year, date.month, date.day + 1)) else { return nil }
      return LocalTime(seconds: next.seconds - 1, micros: 999_999)
    }
  }

  /// Where the clock is put forward at midnight, a day begins at one.
  private func start(of day: Day) -> LocalTime? {
    time(day, hour: 0, minute: 0, second: 0) ?? time(day, hour: 1, minute: 0, second: 0)
  }

  private func dayAndTime(_ text: String) -> LocalTime? {
    // `2026-11-22t14:30` has its letter between digits; `ontem` has one too.
    let parts = text.replacing(/(\d)t(\d)/) { "\($0.1) \($0.2)" }.split(separator: " ")
    guard let last = parts.last else { return nil }
    let clock = last.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
    guard (2...3).contains(clock.count), let hour = clock[0], let minute = clock[1],
      (0...23).contains(hour), (0...59).contains(minute)
    else { return nil }
    let second = clock.count == 3 ? clock[2] : 0
    guard let second, (0...60).contains(second) else { return nil }
    if parts.count == 1 { return time(today, hour: hour, minute: minute, second: second) }
    guard parts.count == 2, let date = date(String(parts[0])) else { return nil }
    return time(date, hour: hour, minute: minute, second: second)
  }

  /// `3d`, `2h`, `30min`, `1w`, with or without `ago`.
  private func ago(_ text: String) -> LocalTime? {
    let text = text.hasSuffix(" ago") ? String(text.dropLast(4)) : text
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard let count = Int(digits), count < 100_000 else { return nil }
    let seconds: Int
    switch String(text.dropFirst(digits.count)).trimmed {
    case "s", "sec": seconds = 1
    case "m", "min": seconds = 60
    case "h": seconds = 3600
    case "d", "day", "days", "dia", "dias", "j", "jour", "jours": seconds = 86_400
    case "w", "week", "weeks", "semana", "semanas", "sem", "semaine", "semaines":
      seconds = 7 * 86_400
    default: return nil
    }
    return LocalTime(seconds: now.seconds - count * seconds, micros: now.micros)
  }

  private typealias Day = (year: Int, month: Int, day: Int)

  private var today: Day {
    var time = now.seconds
    var parts = tm()
    localtime_r(&time, &parts)
    return (Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1, Int(parts.tm_mday))
  }

  private func date(_ text: String) -> Day? {
    switch text {
    case "today", "hoje", "aujourd'hui", "aujourd’hui": return today
    case "yesterday", "ontem", "hier": return (today.year, today.month, today.day - 1)
    default: return weekday(text) ?? numbered(text)
    }
  }

  private func numbered(_ text: String) -> Day? {
    let separator: Character = text.contains("/") ? "/" : "-"
    let parts = text.split(separator: separator, omittingEmptySubsequences: false)
    let numbers = parts.compactMap { Int($0) }
    guard numbers.count == parts.count else { return nil }
    let day: Day
    switch (separator, numbers.count) {
    case ("-", 3) where parts[0].count == 4: day = (numbers[0], numbers[1], numbers[2])
    // 11/12 is another day in America; only where the day comes first for certain.
    case ("/", 3) where language != .english && parts[2].count == 4:
      day = (numbers[2], numbers[1], numbers[0])
    case ("/", 2) where language != .english: day = (today.year, numbers[1], numbers[0])
    default: return nil
    }
    return LocalTime.isDay(day.year, day.month, day.day) ? day : nil
  }

  private static let weekdays = [
    ["sunday", "domingo", "dimanche"],
    ["monday", "segunda", "segunda-feira", "lundi"],
    ["tuesday", "terça", "terca", "terça-feira", "mardi"],
    ["wednesday", "quarta", "quarta-feira", "mercredi"],
    ["thursday", "quinta", "quinta-feira", "jeudi"],
    ["friday", "sexta", "sexta-feira", "vendredi"],
    ["saturday", "sábado", "sabado", "samedi"],
  ]

  /// The last day of that name, today included.
  private func weekday(_ text: String) -> Day? {
    guard let wanted = Self.weekdays.firstIndex(where: { $0.contains(text) }) else { return nil }
    var time = now.seconds
    var parts = tm()
    localtime_r(&time, &parts)
    let back = (Int(parts.tm_wday) - wanted + 7) % 7
    return (today.year, today.month, today.day - back)
  }

  /// Nil for a time that the clock on the wall leaves out, as when it is put forward.
  ///
  /// - Parameter day: may lie outside of its month, to either side.
  private func time(_ day: Day, hour: Int, minute: Int, second: Int) -> LocalTime? {
    var parts = tm()
    (parts.tm_year, parts.tm_mon) = (Int32(day.year - 1900), Int32(day.month - 1))
    (parts.tm_mday, parts.tm_hour) = (Int32(day.day), Int32(hour))
    (parts.tm_min, parts.tm_sec, parts.tm_isdst) = (Int32(minute), Int32(second), -1)
    // The same on a clock that leaves nothing out.
    var wanted = parts
    timegm(&wanted)
    let seconds = mktime(&parts)
    guard
      (parts.tm_mday, parts.tm_hour, parts.tm_min)
        == (wanted.tm_mday, wanted.tm_hour, wanted.tm_min)
    else { return nil }
    return LocalTime(seconds: seconds)
  }
}
