import Domain
import Foundation
import Testing

/// The same moments at every run, spread evenly.
private struct Weyl: RandomNumberGenerator {
  var state: UInt64 = 0

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return state
  }
}

@Suite struct TimestampTests {
  @Test(arguments: [
    (0, "1970-01-01T00:00:00.000000Z"), (-1, "1969-12-31T23:59:59.999999Z"),
    (1_795_309_323_000_004, "2026-11-22T01:02:03.000004Z"),
    (951_782_400_000_000, "2000-02-29T00:00:00.000000Z"),
    (-62_167_219_200_000_000, "0000-01-01T00:00:00.000000Z"),
    (Int64.min, "0000-01-01T00:00:00.000000Z"), (Int64.max, "9999-12-31T23:59:59.999999Z"),
  ])
  func `a moment is written with six digits and Z`(microseconds: Int64, text: String) {
    let moment = Timestamp(microseconds: microseconds)
    #expect(moment.text == text)
    var bytes = Array("at ".utf8)
    moment.write(to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == "at " + text)
  }

  @Test(arguments: [
    ("2026-11-22", "2026-11-22T00:00:00.000000Z"),
    ("2026-11-22 01:02", "2026-11-22T01:02:00.000000Z"),
    ("2026-11-22 01:02:03", "2026-11-22T01:02:03.000000Z"),
    ("2026-11-22T01:02:03Z", "2026-11-22T01:02:03.000000Z"),
    ("2026-11-22t01:02:03.5z", "2026-11-22T01:02:03.500000Z"),
    ("2026-11-21T22:02:03.1234567-03:00", "2026-11-22T01:02:03.123456Z"),
    ("2026-11-22T06:32:03+05:30", "2026-11-22T01:02:03.000000Z"),
    ("2026-11-22T01:02:03+0000", "2026-11-22T01:02:03.000000Z"),
    ("2026-12-31T23:59:60Z", "2027-01-01T00:00:00.000000Z"),
    ("1996-12-19T16:39:57-08:00", "1996-12-20T00:39:57.000000Z"),
  ])
  func `moments are read as people and machines write them`(written: String, text: String) throws {
    #expect(try Timestamp(parsing: written).text == text)
  }

  @Test(arguments: [
    "", "2026", "2026-13-01", "2026-00-01", "2026-02-29", "2026-04-31", "2026-1-1", "22/11/2026",
    "2026-11-22T", "2026-11-22T24:00:00Z", "2026-11-22T01:60", "2026-11-22T01:02:61Z",
    "2026-11-22T01:02:03.Z", "2026-11-22T01:02:03+24:00", "2026-11-22T01:02:03+1", "x2026-11-22",
    "2026-11-22 ", "2026-11-22T01:02:03ZZ", "２０２６-11-22", "0000-01-01T00:00:00+01:00",
  ])
  func `anything else is refused`(text: String) {
    #expect(throws: Problem.dateUnreadable(text)) { try Timestamp(parsing: text) }
  }

  @Test func `what is written is read back, over all years`() throws {
    var generator = Weyl()
    let formatter = Date.ISO8601FormatStyle(includingFractionalSeconds: false)
    for _ in 0..<20_000 {
      let moment = Timestamp(
        microseconds: .random(
          in: -62_167_219_200_000_000...253_402_300_799_999_999, using: &generator))
      #expect(try Timestamp(parsing: moment.text) == moment)
      if moment.rawValue > 0 {
        let date = Date(timeIntervalSince1970: Double(moment.rawValue / 1_000_000))
        #expect(moment.text.prefix(19) + "Z" == date.formatted(formatter))
      }
    }
  }

  @Test func `a day is told from a moment and from no day`() {
    #expect(Timestamp.isDate("2028-02-29"))
    #expect(!Timestamp.isDate("2027-02-29") && !Timestamp.isDate("2027-02-28T10:00Z"))
    #expect(Timestamp(microseconds: 951_782_400_000_000).date == "2000-02-29")
  }
}
