import Domain
import Testing

@Suite struct PhoneNumberTests {
  @Test(arguments: [
    "+55 41 98888-7777", "+55 41 8888-7777", "(41) 98888-7777", "(41) 8888-7777", "41988887777",
    "4188887777", "041 98888-7777", "0 41 8888 7777", "5541988887777", "554188887777",
    "0055 41 98888-7777", "00 55 (41) 98888.7777", "tel:+55-41-98888-7777;ext=5",
    "whatsapp:+5541988887777", "5541988887777@s.whatsapp.net", "554188887777@c.us",
    "0 15 41 98888-7777", "015 41 8888-7777", "0XX41 98888-7777", "(0xx41) 8888-7777",
    "0**41 98888-7777", "+55 (0) 41 98888-7777", "+55 041 8888-7777", " +55 41 98888 7777 ",
    "\u{202A}+55 41 98888‑7777\u{202C}", "＋５５ ４１ ９８８８８ ７７７７",
  ])
  func `every spelling of a Brazilian mobile is one customer`(written: String) throws {
    #expect(try PhoneNumber(written).e164 == "+5541988887777")
  }

  @Test(arguments: [
    ("11 2345-6789", "+551123456789"), ("(55) 3222-1234", "+555532221234"),
    ("55 99999-1234", "+5555999991234"), ("0 55 55 99999-1234", "+5555999991234"),
    ("5555999991234", "+5555999991234"), ("0800 123 4567", "+558001234567"),
    ("+33 (0)6 12 34 56 78", "+33612345678"), ("00 15 33 6 12 34 56 78", "+33612345678"),
    ("+351 912 345 678", "+351912345678"), ("+1 (201) 555-0123", "+12015550123"),
    ("+521 222 123 4567", "+522221234567"), ("+54 9 11 2345-6789", "+5491123456789"),
    ("+225 07 12 34 56 78", "+2250712345678"), ("+7 912 345-67-89", "+79123456789"),
  ])
  func `other numbers are read as they are dialled in Brazil`(
    written: String, e164: String
  ) throws {
    #expect(try PhoneNumber(written).e164 == e164)
  }

  @Test(arguments: [
    ("06 12 34 56 78", "FR", "+33612345678"), ("0033 6.12.34.56.78", "FR", "+33612345678"),
    ("33612345678", "fr", "+33612345678"), ("011 55 41 98888 7777", "US", "+5541988887777"),
    ("1 201 555 0123", "US", "+12015550123"), ("0351 15-123-4567", "AR", "+5493511234567"),
    ("044 222 123 4567", "MX", "+522221234567"),
  ])
  func `a national number is read in its region`(
    written: String, region: String, e164: String
  ) throws {
    #expect(try PhoneNumber(written, defaultRegion: region).e164 == e164)
  }

  @Test(arguments: [
    "", "+", "abc", "123", "98888-7777", "8888-7777", "(20) 98888-7777", "41 88888-7777",
    "+55 41 98888-77777", "+55112345678", "+3312345678", "55+41988887777", "+210 123 456",
    "41 98888-7777 ramal 5", "Ana 41 98888-7777", "+999 1234567", "0000000000", "+5500000000000",
    "+1234567890123456", "12345678901234567890", "41x98888-7777",
    String(repeating: " ", count: 64) + "4198888777",
  ])
  func `what is no number is refused`(written: String) {
    #expect(throws: Problem.phoneUnreadable(written)) { try PhoneNumber(written) }
  }

  @Test func `a number read once is read the same again`() throws {
    for number in ["+5541988887777", "+390212345678", "+522221234567", "+5491123456789"] {
      #expect(try PhoneNumber(number, defaultRegion: "FR").e164 == number)
    }
  }

  @Test func `a region that is not known reads international numbers only`() throws {
    #expect(try PhoneNumber("+81 90 1234 5678", defaultRegion: "JP").e164 == "+819012345678")
    #expect(throws: Problem.self) { try PhoneNumber("090 1234 5678", defaultRegion: "JP") }
  }
}

private let folder = "phone-libphonenumber"

/// libphonenumber's own numbers; without the folder of data this test is skipped.
@Suite struct PhoneNumberVectorTests {
  @Test(.enabled(if: Vectors.has(folder), "no data/\(folder)"))
  func `all 426 numbers agree with libphonenumber, the 20 that are none included`() throws {
    let lines = try Vectors.text("\(folder)/vectors.csv").split(whereSeparator: \.isNewline)
    let rows = lines.dropFirst()
    #expect(rows.count == 426)
    var disagreements: [String: String] = [:]
    for row in rows {
      let columns = row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      let number = try? PhoneNumber(columns[0], defaultRegion: columns[1])
      let expected = columns[5] == "True" ? columns[4] : nil
      if number?.e164 != expected {
        disagreements["\(columns[0]) \(columns[1])"] =
          "\(number?.e164 ?? "refused"), not \(expected ?? "refused")"
      }
    }
    #expect(disagreements == [:])
  }
}
