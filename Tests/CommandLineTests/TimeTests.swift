import Foundation
import Testing

@testable import tagledger

/// In one zone for the whole process, set before anything reads it.
let zone: Void = {
  setenv("TZ", "America/Sao_Paulo", 1)
  tzset()
}()

@Suite struct TimeTests {
  init() { _ = zone }

  @Test func `a moment is shown on the local clock`() throws {
    let time = try #require(LocalTime("2026-11-22T01:02:03.000004Z"))
    #expect(time.shown(.english) == "2026-11-21 22:02")
    #expect(time.shown(.portuguese) == "21/11/2026 22:02")
    #expect(time.rfc3339 == "2026-11-22T01:02:03.000004Z")
  }

  @Test(arguments: ["", "x", "2026-11-22", "2026-11-22T01:02:03", "2026-1x-22T01:02:03Z"])
  func `what is not RFC 3339 in UTC is no moment`(text: String) {
    #expect(LocalTime(text) == nil)
  }

  /// Sunday, 22 November 2026, 15:04:05 in São Paulo.
  private static let now = LocalTime("2026-11-22T18:04:05.000000Z")!

  @Test(arguments: [
    ("2026-11-20", "2026-11-20T03:00:00.000000Z"),
    ("2026-11-20 14:30", "2026-11-20T17:30:00.000000Z"),
    ("2026-11-20T14:30:15", "2026-11-20T17:30:15.000000Z"),
    ("2026-11-20T14:30:15.25Z", "2026-11-20T14:30:15.250000Z"),
    ("14:30", "2026-11-22T17:30:00.000000Z"), ("today", "2026-11-22T03:00:00.000000Z"),
    ("Yesterday", "2026-11-21T03:00:00.000000Z"), ("ontem 9:05", "2026-11-21T12:05:00.000000Z"),
    ("segunda", "2026-11-16T03:00:00.000000Z"), ("sunday", "2026-11-22T03:00:00.000000Z"),
    ("sábado", "2026-11-21T03:00:00.000000Z"), ("3d", "2026-11-19T18:04:05.000000Z"),
    ("2h ago", "2026-11-22T16:04:05.000000Z"), ("30min", "2026-11-22T17:34:05.000000Z"),
    ("1w", "2026-11-15T18:04:05.000000Z"), ("agora", "2026-11-22T18:04:05.000000Z"),
    ("20/11/2026", "2026-11-20T03:00:00.000000Z"), ("1/3", "2026-03-01T03:00:00.000000Z"),
    ("20/11/2026 14:30", "2026-11-20T17:30:00.000000Z"),
  ])
  func `a date is read as people write it`(text: String, moment: String) {
    let date = HumanDate(now: Self.now, language: .portuguese)
    #expect(date.read(text, .start)?.rfc3339 == moment)
  }

  @Test func `a day that ends counts whole`() {
    let date = HumanDate(now: Self.now, language: .portuguese)
    #expect(date.read("hoje", .end)?.rfc3339 == "2026-11-23T02:59:59.999999Z")
    #expect(date.read("14:30", .end)?.rfc3339 == "2026-11-22T17:30:00.000000Z")
  }

  @Test(arguments: ["", "x", "20/11/2026", "2026-13-01", "25:00", "12:60", "d", "-3d", "2026-11"])
  func `what is not certain is not guessed`(text: String) {
    #expect(HumanDate(now: Self.now, language: .english).read(text, .start) == nil)
  }

  @Test(arguments: [
    "2026-02-29", "2026-04-31", "2026-02-30 10:00", "2026-02-31T10:00:00Z", "31/02/2026", "31/4",
    "29/02/2026 9:00", "2026-11-00", "2026-11-20T24:00:00Z", "2026-11-20T10:60:00Z",
  ])
  func `a day that the calendar lacks is not moved to another`(text: String) {
    for edge in [HumanDate.Edge.start, .end] {
      #expect(HumanDate(now: Self.now, language: .portuguese).read(text, edge) == nil)
    }
    #expect(HumanDate(now: Self.now, language: .english).read("2024-02-29", .start) != nil)
  }

  /// In São Paulo the clock went from 23:59 to 1:00 on 4 November 2018, and from 23:59 to 23:00 on
  /// 16 February 2019.
  @Test func `a day counts whole where the clock is changed, and what it leaves out is no time`() {
    let date = HumanDate(now: Self.now, language: .english)
    #expect(date.read("2018-11-04 00:30", .start) == nil)
    #expect(date.read("2018-11-04", .start)?.rfc3339 == "2018-11-04T03:00:00.000000Z")
    #expect(date.read("2018-11-03", .end)?.rfc3339 == "2018-11-04T02:59:59.999999Z")
    #expect(date.read("2019-02-16", .end)?.rfc3339 == "2019-02-17T02:59:59.999999Z")
  }
}
