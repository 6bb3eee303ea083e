import Domain
import EventLog
import Foundation
import Proof
import TestSupport
import Testing

struct FormTests {
  let directory: TemporaryDirectory
  let log: Log

  init() throws {
    directory = try TemporaryDirectory()
    log = try open(directory)
  }

  @Test func `every type has an event among the golden ones`() {
    #expect(GoldenEvents.all.map(\.type) == EventType.allCases)
  }

  /// A golden file holds the public form and, on its second line, the leaf. One that is missing is
  /// written with UPDATE_SNAPSHOTS=1; one that is there is never changed.
  @Test(arguments: GoldenEvents.all)
  func `the public form of a released version stays what it was`(_ event: RecordedEvent) throws {
    let file = Vectors.repository.appending(
      path: "Tests/EventLogTests/Golden/\(event.type.name).v\(event.type.version).txt")
    let form = log.publicForm(event)
    let text = String(decoding: form, as: UTF8.self) + "\n" + log.leaf(event).hex + "\n"
    let isMissing = !FileManager.default.fileExists(atPath: file.path())
    if isMissing, ProcessInfo.processInfo.environment["UPDATE_SNAPSHOTS"] == "1" {
      try Data(text.utf8).write(to: file)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == text)
    try EventSchemas().validate(form)
  }

  @Test func `a form is canonical JSON whatever the reason and the actor say`() throws {
    for scalar in (1...0x2100).compactMap({ UnicodeScalar($0) }) {
      let text = "a\(Character(scalar))\"\\"
      let event = RecordedEvent(
        seq: 9_007_199_254_740_993, at: time(), type: .tagArchived,
        actor: Actor(name: text, via: .token), tag: TagID(1), command: id(1), reason: text)
      let form = log.publicForm(event)
      let json = try JSON(parsing: form)
      guard json.canonical.utf8.elementsEqual(form), json["reason"]?.string == text,
        json["actor"]?.string == text
      else {
        Issue.record("U+\(String(scalar.value, radix: 16)) is not written as RFC 8785 says")
        continue
      }
    }
  }

  @Test(arguments: [
    (-62_167_219_200_000_000, "0000-01-01T00:00:00.000000Z"),
    (-1, "1969-12-31T23:59:59.999999Z"), (0, "1970-01-01T00:00:00.000000Z"),
    (951_827_696_789_012, "2000-02-29T12:34:56.789012Z"),
    (253_402_300_799_999_999, "9999-12-31T23:59:59.999999Z"),
  ])
  func `times have six digits and a Z`(_ microseconds: Int64, _ text: String) throws {
    let event = RecordedEvent(
      seq: 1, at: Timestamp(microseconds: microseconds), type: .tagArchived, actor: ana,
      tag: TagID(1), command: id(1))
    #expect(try JSON(parsing: log.publicForm(event))["time"]?.string == text)
  }

  @Test func `a time outside the years that can be written is refused`() throws {
    let event = Event(
      .tagArchived, tag: TagID(1), occurred: Timestamp(microseconds: 253_402_300_800_000_000))
    #expect(throws: Problem.self) { try log.append([draft([event])]) }
    #expect(log.size == 0)
  }

  @Test func `what is appended keeps to the schemas`() throws {
    let schemas = try EventSchemas()
    let events = [
      Event(.tagCreated, tag: TagID(1), data: ["name": "A", "color": "#102030"]),
      Event(.tagApplied, tag: TagID(1), customer: CustomerID(1), reason: "porque sim"),
      Event(
        .customerRegistered, customer: CustomerID(1),
        personal: [.name: "Ana", .phone: "+5541988887777", .attributes: "student\nbuyer"]),
      Event(.customerRevised, customer: CustomerID(1), personal: [.notes: "x", .phone: ""]),
    ]
    for event in try log.append([draft(events)]).events {
      try schemas.validate(log.publicForm(event))
    }
  }

  @Test func `the schemas refuse what is no event`() throws {
    let schemas = try EventSchemas()
    let form = String(decoding: log.publicForm(GoldenEvents.all[0]), as: UTF8.self)
    for (part, other) in [
      (#""specversion":"1.0""#, #""specversion":"1.1""#), (#""tag":1,"#, ""),
      (#""color":7"#, #""color":20"#), (#""name":"Produto-Sofá""#, #""title":"Produto-Sofá""#),
      (#""via":"local""#, #""via":"rumour""#),
    ] {
      #expect(throws: JSONSchema.Failure.self) {
        try schemas.validate(Array(form.replacing(part, with: other).utf8))
      }
    }
  }
}
