import Domain
import Testing

struct RoutineTests {
  private static let hour: Int64 = 3_600_000_000

  private func moment(_ text: String) throws -> Timestamp { try Timestamp(parsing: text) }

  /// Clocks an hour behind UTC that are put forward at 01:00 UTC on 2026-03-29 and back at 01:00 UTC on
  /// 2026-10-25, as those of the Azores are: from midnight local time to one, and from one to midnight.
  private let azores: UTCOffset = { moment in
    let summer =
      try! Timestamp(
        parsing: "2026-03-29T01:00:00Z")..<(try! Timestamp(parsing: "2026-10-25T01:00:00Z"))
    return summer.contains(moment) ? 0 : -hour
  }

  private func dues(
    _ routine: Routine, from: String, to: String, _ offset: UTCOffset
  ) throws -> [DueMoment] {
    var dues: [DueMoment] = []
    var last = try moment(from)
    let end = try moment(to)
    while let due = routine.next(after: last, offset: offset), due.at <= end {
      dues.append(due)
      last = due.at
    }
    return dues
  }

  @Test func `a daily list falls due once a day, at local time, the year round`() throws {
    for minute in stride(from: 0, to: 1440, by: 15) {
      let routine = Routine(rhythm: .daily, minute: minute, zone: "Atlantic/Azores")
      let dues = try dues(routine, from: "2026-01-01", to: "2026-12-31", azores)
      let days = dues.map(\.day.rawValue)
      #expect(days == Array(days[0]...days.last!), "at minute \(minute)")
      #expect((364...365).contains(dues.count))
      for due in dues {
        let local = due.at.rawValue + azores(due.at)
        let shown = local / 60_000_000 % 1440
        // On the day on which there is no 00:30, it is as long after the change as it would have been.
        let isGap = due.day.text == "2026-03-29" && minute < 60
        #expect(shown == Int64(isGap ? minute + 60 : minute), "\(due.day.text) at \(minute)")
      }
    }
  }

  @Test func `of a time that a day has twice it is the first`() throws {
    let routine = Routine(rhythm: .daily, minute: 30, zone: "Atlantic/Azores")
    let dues = try dues(routine, from: "2026-10-24T12:00:00Z", to: "2026-10-26T12:00:00Z", azores)
    #expect(
      dues.map(\.at.text) == [
        "2026-10-25T00:30:00.000000Z", "2026-10-26T01:30:00.000000Z",
      ])
    #expect(dues.map(\.day.text) == ["2026-10-25", "2026-10-26"])
  }

  @Test func `the last moment due is the one that counting forward comes to`() throws {
    let rhythms: [Routine.Rhythm] = [
      .daily, .weekly([.monday]), .weekly([.sunday, .wednesday]),
      .every(days: 60, from: Day("2026-01-15")!), .every(days: 2, from: Day("2026-11-01")!),
    ]
    let base = try moment("2026-01-10T12:00:00Z")
    for rhythm in rhythms {
      let routine = Routine(rhythm: rhythm, minute: 30, zone: "Atlantic/Azores")
      let all = try dues(routine, from: "2026-01-10T12:00:00Z", to: "2026-12-31", azores)
      for hours in stride(from: 0, to: Int64(8000), by: 7) {
        let now = Timestamp(microseconds: base.rawValue + hours * Self.hour)
        let expected = all.last { $0.at <= now }
        #expect(routine.last(notAfter: now, after: base, offset: azores) == expected)
      }
    }
  }

  @Test func `weekdays and intervals fall on their days`() throws {
    let utc: UTCOffset = { _ in 0 }
    let monday = Routine(rhythm: .weekly([.monday]), minute: 480, zone: "UTC")
    #expect(
      try dues(monday, from: "2026-11-22", to: "2026-12-08", utc).map(\.day.text)
        == ["2026-11-23", "2026-11-30", "2026-12-07"])
    let sixty = Routine(rhythm: .every(days: 60, from: Day("2024-02-29")!), minute: 0, zone: "UTC")
    #expect(
      try dues(sixty, from: "2024-02-01", to: "2024-07-01", utc).map(\.day.text)
        == ["2024-02-29", "2024-04-29", "2024-06-28"])
    #expect(Day("1969-12-31")!.weekday == .wednesday && Day("2026-11-22")!.weekday == .sunday)
    #expect(Day("2026-02-29") == nil && Day("2026-2-1") == nil)
  }

  @Test func `what an event says of a routine is read again`() {
    let routines = [
      Routine(rhythm: .daily, minute: 0, zone: "UTC"),
      Routine(rhythm: .weekly([.friday, .monday]), minute: 1439, zone: "Europe/Paris"),
      Routine(rhythm: .every(days: 60, from: Day("2026-11-22")!), minute: 61, zone: "UTC"),
    ]
    for routine in routines { #expect(Routine(json: routine.json) == routine) }
    for time in ["24:00", "8:00", "08:60", "08-00", "0800", "+8:00", ""] {
      #expect(Routine.minute(time) == nil, "\(time)")
    }
  }
}
