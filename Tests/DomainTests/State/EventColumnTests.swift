import Domain
import TestSupport
import Testing

@Suite struct EventColumnTests {
  /// Whether columns can tell an event with such data.
  private func isTold(
    _ type: EventType, _ data: String?, occurred: Timestamp? = nil
  ) -> Bool {
    var columns = EventColumns(capacity: 1)
    columns.append(type, tag: 1, customer: 1, at: 1)
    guard let data else { return columns.tell(nil, occurred: occurred) }
    return Array(data.utf8).withUnsafeBufferPointer { columns.tell($0, occurred: occurred) }
  }

  @Test(arguments: [
    nil, #"{"rule":7}"#, #"{"rule":123456789}"#, #"{"source":{"import":"vip à 9h.csv"}}"#,
  ])
  func `columns tell which rule or which file brought a tag`(_ data: String?) {
    #expect(isTold(.tagApplied, data))
    #expect(isTold(.tagRemoved, data))
    // What has happened at a time of its own is more than they tell, unless a rule acted.
    let isOfRule = data?.contains("rule") ?? false
    #expect(isTold(.tagApplied, data, occurred: Timestamp(microseconds: 1)) == isOfRule)
  }

  @Test(arguments: [
    "", "{}", #"{"rule":}"#, #"{"rule":07}"#, #"{"rule":"7"}"#, #"{"rule":1234567890}"#,
    #"{"rule":7,"set":"Status"}"#, #"{"source":{"import":""}}"#,
    #"{"source":{"import":"a.csv","operator":"Ana"}}"#, #"{"source":{"import":"a\"b"}}"#,
    #"{"source":{"import":"a.csv","ordinal":2}}"#, #"{"source":{"import":"vip.csv"}"#,
    #"{"details":{"a":"b"},"source":{"import":"vip.csv"}}"#,
    "{\"source\":{\"import\":\"a\u{1}b\"}}",
  ])
  func `a tag event that says anything else is more than columns tell`(_ data: String) {
    #expect(!isTold(.tagApplied, data))
  }

  @Test(arguments: [
    #"{"channel":"Anúncio IG","sealed":{"name":"00"}}"#, #"{"sealed":{"name":"00","phone":"1"}}"#,
    #"{"channel":"","sealed":{"name":"00"}}"#,
  ])
  func `columns tell on which channel a customer came`(_ data: String) throws {
    #expect(isTold(.customerRegistered, data))
    var (columns, gathered) = (EventColumns(capacity: 1), GatheredTurns())
    columns.append(.customerRegistered, tag: 0, customer: 1, at: 1)
    _ = Array(data.utf8).withUnsafeBufferPointer { columns.tell($0, occurred: nil) }
    var (state, other) = (State(), State())
    state.evolve(columns, 0..<1, into: &gathered)
    other.evolve(
      .customerRegistered, tag: nil, customer: CustomerID(1), at: Timestamp(microseconds: 1),
      occurred: nil, data: try JSON(parsing: data), lookups: nil)
    #expect(state == other)
  }

  @Test(arguments: [
    nil, "", "{}", "}}", #"{"channel":"a\"b","sealed":{"name":"00"}}"#, #"{"channel":"a"}"#,
    #"{"channel":7,"sealed":{}}"#, #"{"channel":"a","sealed":{"name":"00"}"#,
    #"{"sealed":{"name":"00"},"channel":"a"}"#, "{\"channel\":\"a\u{1}\",\"sealed\":{}}",
  ])
  func `a registration that is written otherwise is more than columns tell`(_ data: String?) {
    #expect(!isTold(.customerRegistered, data))
  }

  @Test func `events up to the first that does not fit are applied, and nothing behind it`() throws
  {
    var ledger = PaperLedger()
    try ledger.take(.registerCustomer(.draft(name: "Ana")))
    let before = ledger.state
    let order = #"{"amount":100,"lines":[{"amount":100,"category":"A","quantity":1}],"order":"1"}"#
    let later = #"{"amount":100,"lines":[{"amount":100,"category":"B","quantity":1}],"order":"2"}"#
    var (columns, gathered) = (EventColumns(capacity: 3), GatheredTurns())
    for (customer, data) in [(Int32(1), order), (7, later), (1, later)] {
      columns.append(.orderPlaced, tag: 0, customer: customer, at: 5)
      #expect(Array(data.utf8).withUnsafeBufferPointer { columns.tell($0, occurred: nil) })
    }
    var (state, expected) = (before, before)
    state.evolve(columns, 0..<3, into: &gathered)
    #expect(state.position == before.position + 1)
    state.take(&columns.facts, before: 1, spread: inOrder, from: 1)
    expected.evolve(
      .orderPlaced, tag: nil, customer: CustomerID(1), at: Timestamp(microseconds: 5),
      occurred: nil, data: try JSON(parsing: order), lookups: nil)
    #expect(state == expected)
  }
}
