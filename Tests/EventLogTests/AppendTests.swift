import Domain
import EventLog
import TestSupport
import Testing

struct AppendTests {
  let directory: TemporaryDirectory
  let log: Log

  init() throws {
    directory = try TemporaryDirectory()
    log = try open(directory)
  }

  @Test func `what is appended is read back as it was recorded`() throws {
    let appended = try log.append([
      draft([
        Event(
          .tagCreated, tag: TagID(1), data: ["name": "Produto-Sofá", "color": 3],
          occurred: time(-5_000_000), reason: "novo “sofá”\n"),
        Event(.tagApplied, tag: TagID(1), customer: CustomerID(7), cause: 0),
      ]),
      draft([], id: 2),
      draft([Event(.tagArchived, tag: TagID(1))], by: .system, id: 3),
    ])
    #expect(appended.first == 1)
    #expect(appended.ranges == [0..<2, 2..<2, 2..<3])
    #expect(appended.seqs(ofDraft: 0) == 1...2)
    #expect(appended.seqs(ofDraft: 1) == nil)
    #expect(appended.events.map(\.seq) == [1, 2, 3])
    #expect(appended.events.map(\.at) == [time(), time(1), time(2)])
    #expect(appended.events[0].data == #"{"color":3,"name":"Produto-Sofá"}"#)
    #expect(appended.events[1].cause == 1)
    #expect(try log.everything() == appended.events)
    #expect(try log.events(seqs: [3, 1]) == [appended.events[2], appended.events[0]])
    #expect(log.head == appended.head)
  }

  @Test func `a log opened again goes on where it stopped`() throws {
    let first = try log.append([draft(applications(300))])
    log.close()
    let again = try open(directory)
    #expect(again.damage == nil)
    #expect(again.head == first.head)
    #expect(again.lastCommand == id(1))
    let second = try again.append([draft(applications(300), id: 2)])
    #expect(second.events[0].seq == 301)
    #expect(second.events[0].at > first.events[299].at)
    #expect(try again.everything() == first.events + second.events)
    try again.verify()
  }

  @Test func `a scan gives the same rows with and without verifying`() throws {
    let appended = try log.append([draft(applications(1000))])
    for verifying in [true, false] {
      var seen: [RecordedEvent] = []
      try log.scan(from: 401, through: 5000, verifying: verifying) { (row) throws(Problem) in
        seen.append(row.recorded!)
      }
      #expect(seen == Array(appended.events[400...]))
    }
  }

  @Test func `an event that is too large is refused, and nothing of its batch is recorded`() throws
  {
    let big = Event(
      .tagCreated, tag: TagID(1), data: ["name": .string(String(repeating: "a", count: 65_536))])
    #expect(throws: Problem.self) {
      try log.append([draft(applications(3)), draft([big], id: 2)])
    }
    #expect(log.size == 0)
    #expect(try log.append([draft(applications(1))]).first == 1)
  }

  @Test func `times are found by binary search`() throws {
    _ = try log.append([draft(applications(10))])
    #expect(try log.seq(atOrAfter: time(-1)) == 1)
    #expect(try log.seq(atOrAfter: time(4)) == 5)
    #expect(try log.seq(atOrAfter: time(10)) == 11)
  }

  @Test func `what is too large is told before it reaches a batch with others`() throws {
    for count in [64_000, 65_100, 65_190, 65_250, 66_000, 400_000] {
      let text = JSON.string(String(repeating: "a", count: count))
      let events = [Event(.tagCreated, tag: TagID(1), data: ["name": text], reason: "\u{1}")]
      do throws(Problem) {
        try log.checkSize(of: events, by: ana)
      } catch {
        #expect(count > 65_000)
        continue
      }
      _ = try log.append([draft(events)])
    }
    let shared: JSON = ["details": ["a": .string(String(repeating: "\"", count: 9000))]]
    let events = (1...3).map {
      Event(.tagApplied, tag: TagID(1), customer: CustomerID($0), data: shared)
    }
    try log.checkSize(of: events, by: ana)
  }
}
