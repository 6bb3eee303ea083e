import Domain
import EventLog
import Foundation
import Ledger
import Synchronization
import Testing

/// A clock that stands where a test puts it.
private final class Clock: Sendable {
  private let moment: Mutex<Timestamp>

  init(_ text: String) throws { moment = Mutex(try Timestamp(parsing: text)) }

  func set(_ text: String) throws {
    let time = try Timestamp(parsing: text)
    moment.withLock { $0 = time }
  }

  var now: Timestamp { moment.withLock { $0 } }
}

struct RoutineTests {
  private func day(_ ledger: Ledger) -> String? {
    ledger.state.segments[SegmentID(1)]?.list?.day.text
  }

  @Test func `lists fall due by local time, once a day over both changes of the clocks`()
    async throws
  {
    let fixture = try LedgerFixture()
    let clock = try Clock("2026-03-27T12:00:00Z")
    let ledger = try await fixture.open(now: { clock.now })
    let tag = try await ledger.createTag("Urgente")
    let routine = Routine(rhythm: .daily, minute: 150, zone: "Europe/Paris")
    try await ledger.order(
      .segment(.create(SegmentTerms(name: "M", filter: "tag:#\(tag.rawValue)", routine: routine))))
    var seen: [String] = []
    // Half an hour at a time over the night without a half past two, and the one that has it twice.
    for start in ["2026-03-28T00:00:00Z", "2026-10-24T00:00:00Z"] {
      let first = try Timestamp(parsing: start)
      for half in 0..<96 {
        try clock.set(Timestamp(microseconds: first.rawValue + Int64(half) * 1_800_000_000).text)
        await ledger.routines.fallDue()
        if let day = day(ledger), seen.last != day { seen.append(day) }
      }
    }
    #expect(
      seen == ["2026-03-28", "2026-03-29", "2026-10-23", "2026-10-24", "2026-10-25"])
    let dues = try ledger.log.events(seqs: 1..<ledger.log.size + 1).filter { $0.type == .workDue }
    #expect(dues.count == seen.count)
    #expect(dues.allSatisfy { $0.actor.name == "system" })
    await ledger.close()
  }

  @Test func `after a week away the last list is made up for, and none twice over a restart`()
    async throws
  {
    let fixture = try LedgerFixture()
    let clock = try Clock("2026-11-02T12:00:00Z")
    var ledger = try await fixture.open(now: { clock.now })
    let tag = try await ledger.createTag("Urgente")
    let routine = Routine(rhythm: .daily, minute: 480, zone: "America/Sao_Paulo")
    try await ledger.order(
      .segment(.create(SegmentTerms(name: "M", filter: "tag:#\(tag.rawValue)", routine: routine))))
    await ledger.routines.fallDue()
    #expect(day(ledger) == nil)
    try clock.set("2026-11-03T11:00:00Z")
    await ledger.routines.fallDue()
    #expect(day(ledger) == "2026-11-03")
    await ledger.close()
    try clock.set("2026-11-10T10:59:59Z")
    ledger = try await fixture.open(now: { clock.now })
    await ledger.routines.fallDue()
    #expect(day(ledger) == "2026-11-09")
    let position = ledger.state.position
    await ledger.routines.fallDue()
    // The clock is put back: what has fallen due does not do so again.
    try clock.set("2026-11-05T12:00:00Z")
    await ledger.routines.fallDue()
    #expect(ledger.state.position == position)
    let due = try #require(
      try ledger.log.events(seqs: 1..<position + 1).last { $0.type == .workDue })
    #expect(due.occurred == (try Timestamp(parsing: "2026-11-09T11:00:00Z")))
    try await ledger.verifies()
    await ledger.close()
  }

  @Test func `a zone that is not known is refused`() throws {
    let zones = TimeZones()
    #expect(throws: Problem.timeZoneUnknown("Mars/Olympus")) {
      try zones.offset(in: "Mars/Olympus")
    }
    let summer = try Timestamp(parsing: "2026-07-01T12:00:00Z")
    #expect(try zones.offset(in: "Europe/Paris")(summer) == 7_200_000_000)
    #expect(try zones.offset(in: "America/Sao_Paulo")(summer) == -10_800_000_000)
    #expect(try zones.day(of: summer, in: "Pacific/Kiritimati").text == "2026-07-02")
  }

  @Test func `a list that falls due uses the tags of its filter, counted once a day`() async throws
  {
    let fixture = try LedgerFixture()
    let clock = try Clock("2026-11-02T12:00:00Z")
    let ledger = try await fixture.open(now: { clock.now })
    // Here only this test looks whether something is due.
    await ledger.routines.stop()
    let tags = [try await ledger.createTag("Urgente"), try await ledger.createTag("Novo")]
    let routine = Routine(rhythm: .daily, minute: 480, zone: "America/Sao_Paulo")
    for name in ["Manhã", "Tarde"] {
      let terms = SegmentTerms(
        name: name, filter: "tag:#\(tags[0].rawValue) and not tag:#\(tags[1].rawValue)",
        routine: routine)
      try await ledger.order(.segment(.create(terms)))
    }
    #expect(ledger.state.use(of: tags[0]) == nil)
    for day in 3...5 {
      try clock.set("2026-11-0\(day)T11:00:00Z")
      await ledger.routines.fallDue()
    }
    // Of the second list of the last day nobody has been told yet.
    #expect(ledger.state.use(of: tags[0])?.filters == 5)
    await ledger.close()
    let again = try await fixture.open(now: { clock.now })
    for tag in tags {
      #expect(again.state.use(of: tag)?.filters == 6 && again.state.use(of: tag)?.exports == 0)
    }
    await again.close()
  }
}
