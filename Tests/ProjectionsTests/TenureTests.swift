import Domain
import Projections
import Testing

struct TenureTests {
  private static let sofa = TagID(1)
  private static let table = TagID(2)
  private static let ana = CustomerID(1)
  private static let rui = CustomerID(2)
  private static let actor = Actor.local(uid: 1000)

  private func event(
    _ seq: Int64, _ type: EventType, _ tag: TagID? = nil, _ customer: CustomerID? = nil,
    data: String? = nil, reason: String? = nil, cause: Int64? = nil
  ) -> RecordedEvent {
    RecordedEvent(
      seq: seq, at: Timestamp(microseconds: seq), type: type, actor: Self.actor, tag: tag,
      customer: customer, command: CommandID(high: 0, low: 0), cause: cause, reason: reason,
      data: data)
  }

  private func tenures(_ events: RecordedEvent...) throws -> [Tenure] {
    try Tenure.tenures(of: Self.ana, from: events)
  }

  @Test func `a tenure begins by hand with its details and ends with its reason`() throws {
    let found = try tenures(
      event(1, .tagApplied, Self.sofa, Self.ana, data: #"{"details":{"code":"1"}}"#),
      event(
        2, .tagDetailed, Self.sofa, Self.ana, data: #"{"details":{"from":null,"to":{"code":"2"}}}"#),
      event(5, .tagRemoved, Self.sofa, Self.ana, reason: "sold"))
    #expect(found.count == 1)
    #expect(found[0].tag == Self.sofa)
    #expect(found[0].since.seq == 1)
    #expect(found[0].since.why == .hand)
    #expect(found[0].until?.seq == 5)
    #expect(found[0].until?.reason == "sold")
    #expect(found[0].details == ["code": "2"])
  }

  @Test func `an import names its file and its people`() throws {
    let found = try tenures(
      event(
        3, .tagApplied, Self.sofa, Self.ana,
        data: #"{"source":{"import":"h.csv","operator":"Rui"}}"#))
    #expect(found.map(\.since.why) == [.imported(file: "h.csv", operator: "Rui")])
    #expect(found[0].until == nil)
  }

  @Test func `merging a tag moves the tenure, or ends it beside the target's`() throws {
    let merged = event(3, .tagMerged, Self.sofa, data: #"{"into":2,"name":"alias","was":"Sofá"}"#)
    let why = Tenure.Why.merge(of: Self.sofa, into: Self.table)
    let moved = try tenures(event(1, .tagApplied, Self.sofa, Self.ana), merged)
    #expect(moved.map(\.tag) == [Self.sofa, Self.table])
    #expect(moved.map(\.since.why) == [.hand, why])
    #expect(moved.map(\.until?.why) == [why, nil])
    let collapsed = try tenures(
      event(1, .tagApplied, Self.sofa, Self.ana), event(2, .tagApplied, Self.table, Self.ana),
      merged)
    #expect(collapsed.map(\.until?.why) == [why, nil])
  }

  @Test func `merging a customer ends what they had and tells the target whence it comes`() throws {
    let applied = event(
      8, .tagApplied, Self.sofa, Self.rui, data: #"{"source":{"customer":1}}"#, cause: 7)
    let merged = event(7, .customerMerged, nil, Self.ana, data: #"{"into":2}"#)
    let why = Tenure.Why.customerMerge(of: Self.ana, into: Self.rui)
    let source = try tenures(event(1, .tagApplied, Self.sofa, Self.ana), merged)
    #expect(source.map(\.until?.why) == [why])
    let target = try Tenure.tenures(of: Self.rui, from: [merged, applied])
    #expect(target.map(\.since.why) == [why])
  }

  @Test func `a tag of the same set and a deletion say so`() throws {
    let found = try tenures(
      event(1, .tagApplied, Self.sofa, Self.ana),
      event(4, .tagRemoved, Self.sofa, Self.ana, data: #"{"set":"Entrega"}"#, cause: 3),
      event(6, .tagApplied, Self.table, Self.ana), event(9, .tagDeleted, Self.table))
    #expect(found.map(\.until?.why) == [.set("Entrega", cause: 3), .deletion])
  }

  @Test func `data that cannot be read is damage, not silence`() {
    #expect(throws: Problem.self) {
      try tenures(event(1, .tagApplied, Self.sofa, Self.ana, data: "{"))
    }
  }
}
