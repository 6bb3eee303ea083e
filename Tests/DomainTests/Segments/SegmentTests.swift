import TestSupport
import Testing

@testable import Domain

struct SegmentTests {
  private let day = Day("2026-11-22")!

  private func shop() throws -> (Shop, TagID, [CustomerID]) {
    var shop = Shop()
    let tag = try shop.tag("Urgente")
    let customers = try ["Ana", "Rui", "Eva"].map { try shop.customer($0) }
    try shop.apply(tag, to: customers[0], customers[1])
    return (shop, tag, customers)
  }

  private let routine = Routine(rhythm: .daily, minute: 480, zone: "UTC")

  /// A list that fell due just now, on that many days after the first.
  private func due(_ shop: Shop, _ id: SegmentID = SegmentID(1), after days: Int = 0) -> Command {
    .segment(.fallDue(id, day: day.advanced(by: days), due: shop.now))
  }

  private func refusal(_ shop: Shop, _ command: SegmentCommand) -> Problem? {
    do throws(Problem) {
      _ = try shop.decide(.segment(command))
      return nil
    } catch {
      return error
    }
  }

  @Test func `a segment keeps its tags by number, and follows a rename and a merge`() throws {
    var (shop, tag, customers) = try shop()
    try shop.take(.segment(.create(SegmentTerms(name: " Manhã ", filter: #"tag:"Urgente""#))))
    let segment = try shop.state.segment(SegmentID(1))
    #expect(segment.terms.name == "Manhã" && segment.terms.filter == "tag:#1")
    try shop.rename(tag, "Já")
    #expect(shop.state.filterText(of: segment.terms) == #"tag:"Já""#)
    let other = try shop.tag("Agora")
    try shop.apply(other, to: customers[2])
    try shop.merge(tag, into: other)
    #expect(Array(try shop.state.members(of: segment, at: shop.now)) == customers)
    #expect(try shop.replayed() == shop.state)
  }

  @Test func `a name is taken once, and what is not there cannot own or work`() throws {
    var (shop, _, _) = try shop()
    let terms = SegmentTerms(name: "Manhã", filter: "tag:#1")
    try shop.take(.segment(.create(terms)))
    #expect(refusal(shop, .create(terms)) == .segmentNameTaken("Manhã", by: SegmentID(1)))
    var other = SegmentTerms(name: "MANHA", filter: "tag:#1")
    #expect(refusal(shop, .create(other)) == .segmentNameTaken("MANHA", by: SegmentID(1)))
    other.name = " "
    #expect(refusal(shop, .create(other)) == .textEmpty(field: "name"))
    other.name = "Tarde"
    other.owner = OperatorID(7)
    #expect(refusal(shop, .create(other)) == .operatorNotFound("7"))
    other.owner = nil
    other.routine = Routine(rhythm: .daily, minute: 0, zone: "UTC", role: RoleID(9))
    #expect(refusal(shop, .create(other)) == .roleNotFound("9"))
    other.routine = nil
    other.filter = "tag:"
    #expect(refusal(shop, .create(other)) != nil)
    other.filter = #"note ~ "x""#
    #expect(refusal(shop, .create(other)) == .filterAsksPersonal)
    #expect(refusal(shop, .remove(SegmentID(2))) == .segmentNotFound("2"))
    let same = SegmentChanges(name: "Manhã", filter: #"tag:"Urgente""#)
    #expect(try shop.decide(.segment(.revise(SegmentID(1), same))).events == [])
  }

  @Test func `who is on a list is fixed when it falls due, once a day`() throws {
    var (shop, tag, customers) = try shop()
    var terms = SegmentTerms(name: "Manhã", filter: "tag:#1", routine: routine)
    try shop.take(.segment(.create(terms)))
    terms.routine = nil
    try shop.take(.segment(.create(SegmentTerms(name: "Sem rotina", filter: "tag:#1"))))
    #expect(try shop.decide(due(shop, SegmentID(2))).events == [])
    try shop.take(due(shop))
    #expect(try shop.decide(due(shop)).events == [])
    #expect(try shop.decide(due(shop, after: -1)).events == [])
    try shop.apply(tag, to: customers[2])
    try shop.remove(tag, from: customers[0])
    let list = try #require(shop.state.segments[SegmentID(1)]?.list)
    #expect(Array(list.customers) == [customers[0], customers[1]])
    #expect(list.day == day && list.matched == 2)
    try shop.take(due(shop, after: 1))
    let next = try #require(shop.state.segments[SegmentID(1)]?.list)
    #expect(Array(next.customers) == [customers[1], customers[2]])
    #expect(try shop.replayed() == shop.state)
  }

  @Test func `a list that is too long for one event takes several, and for one command is cut`()
    throws
  {
    var shop = Shop()
    let tag = try shop.tag("Todos")
    var customers: [CustomerID] = []
    for number in 0..<5100 { customers.append(try shop.customer("\(number)")) }
    try shop.take(.apply(tag, to: customers, details: nil))
    try shop.take(.segment(.create(SegmentTerms(name: "T", filter: "tag:#1", routine: routine))))
    let decision = try shop.take(due(shop))
    #expect(decision.events.map { $0.data?["part"]?.int } == [1, 2])
    #expect(decision.events.allSatisfy { $0.data!.canonical.utf8.count < 60_000 })
    #expect(Array(shop.state.segments[SegmentID(1)]!.list!.customers) == customers)
    shop.limits.bulk = 10
    let cut = try shop.take(due(shop, after: 1))
    #expect(cut.events.count == 1 && cut.events[0].data?["matched"]?.int == 5100)
    #expect(shop.state.segments[SegmentID(1)]!.list!.customers.count == 10)
    #expect(try shop.replayed() == shop.state)
  }

  @Test func `work is taken, done, skipped and reopened, and who was first keeps it`() throws {
    var (shop, _, customers) = try shop()
    let (id, ana, rui) = (SegmentID(1), customers[0], customers[1])
    let (maria, joao) = (OperatorID(1), OperatorID(2))
    try shop.take(.segment(.create(SegmentTerms(name: "M", filter: "tag:#1", routine: routine))))
    #expect(refusal(shop, .work(.take, id, [ana], by: maria)) == .workNotDue(id))
    try shop.take(due(shop))
    #expect(
      refusal(shop, .work(.take, id, [customers[2]], by: maria))
        == .workNotListed(customers[2], on: id))
    try shop.take(.segment(.work(.take, id, [ana, ana], by: maria)))
    #expect(refusal(shop, .work(.take, id, [ana], by: joao)) == .workTaken(ana, by: maria))
    #expect(try shop.decide(.segment(.work(.take, id, [ana], by: maria))).unchanged == 1)
    try shop.take(.segment(.work(.done, id, [ana], by: maria)))
    #expect(refusal(shop, .work(.skip, id, [ana], by: joao)) == .workSettled(ana, by: maria))
    #expect(try shop.decide(.segment(.work(.done, id, [ana], by: joao))).events == [])
    try shop.take(.segment(.work(.skip, id, [rui], by: nil)), reason: "férias")
    let list = shop.state.segments[id]!.list!
    let item = list[ana]
    #expect(item.state == .done && item.taken?.by == maria && item.settled?.stamp.by == maria)
    #expect(list[rui].state == .skipped && list[rui].settled?.stamp.by == nil)
    #expect(shop.state.counts(of: list) == WorkCounts(open: 0, taken: 0, done: 1, skipped: 1))
    try shop.take(.segment(.work(.reopen, id, [ana, rui], by: joao)))
    #expect(shop.state.counts(of: shop.state.segments[id]!.list!).open == 2)
    #expect(try shop.replayed() == shop.state)
  }

  @Test func `whoever has been taken stays with who took them when the next list falls due`() throws
  {
    var (shop, tag, customers) = try shop()
    let id = SegmentID(1)
    try shop.take(.segment(.create(SegmentTerms(name: "M", filter: "tag:#1", routine: routine))))
    try shop.take(due(shop))
    try shop.take(.segment(.work(.take, id, [customers[0]], by: OperatorID(1))))
    try shop.take(.segment(.work(.done, id, [customers[1]], by: OperatorID(1))))
    try shop.apply(tag, to: customers[2])
    try shop.take(due(shop, after: 1))
    let list = shop.state.segments[id]!.list!
    #expect(customers.map { list[$0].state } == [.taken, .open, .open])
    #expect(try shop.replayed() == shop.state)
  }

  @Test func `who is merged or erased after a list fell due is worked as who they are now`() throws
  {
    var (shop, _, customers) = try shop()
    let (id, ana, rui, eva) = (SegmentID(1), customers[0], customers[1], customers[2])
    try shop.take(.segment(.create(SegmentTerms(name: "M", filter: "tag:#1", routine: routine))))
    try shop.take(due(shop))
    try shop.merge(ana, into: eva)
    func listed() -> [CustomerID] {
      shop.state.items(of: shop.state.segments[id]!.list!).map(\.customer)
    }
    #expect(listed() == [eva, rui])
    try shop.take(.segment(.work(.done, id, [ana], by: nil)))
    #expect(shop.state.items(of: shop.state.segments[id]!.list!)[0].item.state == .done)
    try shop.take(.eraseCustomer(rui, fields: [:]), reason: "pedido")
    #expect(listed() == [eva])
    #expect(try shop.replayed() == shop.state)
  }

  @Test func `every change of segments, of work and of the scoring can be undone`() throws {
    var (shop, _, customers) = try shop()
    let id = SegmentID(1)
    try shop.take(.segment(.create(SegmentTerms(name: "M", filter: "tag:#1", routine: routine))))
    try shop.take(due(shop))
    func states(_ list: WorkList?) -> [WorkState]? {
      list.map { list in customers.map { list[$0].state } }
    }
    let commands: [SegmentCommand] = [
      .create(SegmentTerms(name: "Outro", filter: "tag:#1")),
      .revise(
        id,
        SegmentChanges(
          name: "N", purpose: "para", filter: "not tag:#1",
          routine: SegmentChanges.RoutineChange.none)),
      .work(.take, id, [customers[0]], by: OperatorID(1)),
      .work(.done, id, customers.dropLast(), by: OperatorID(2)),
      .work(.reopen, id, [customers[0]], by: OperatorID(1)),
      .configureRFM(
        RFMSettings(levels: 3, scale: .quantiles(.above), grouping: .sum), revision: 1),
      .remove(id),
    ]
    for command in commands {
      let before = shop.state
      let first = shop.state.position + 1
      try shop.take(.segment(command))
      let undo = try shop.undo(of: first...shop.state.position)
      let decision = try shop.take(.undo(undo))
      #expect(decision.left == [], "\(command)")
      #expect(shop.state.rfm.settings == before.rfm.settings)
      for segment in before.segments.all {
        let now = shop.state.segments[segment.id]!
        #expect(now.terms == segment.terms && now.isRemoved == segment.isRemoved, "\(command)")
        #expect(states(now.list) == states(segment.list), "\(command)")
      }
      #expect(shop.state.segments.listed.count == before.segments.listed.count, "\(command)")
      #expect(try shop.replayed() == shop.state)
      // Done once more, so that the next command meets it.
      if case .work = command { try shop.take(.segment(command)) }
    }
    let first = shop.state.position + 1
    try shop.take(.segment(.revise(id, SegmentChanges(name: "A"))))
    let last = shop.state.position
    try shop.take(.segment(.revise(id, SegmentChanges(name: "B"))))
    let undone = try shop.decide(.undo(try shop.undo(of: first...last)))
    #expect(undone.events == [] && undone.left.count == 1)
  }

  @Test(arguments: StarterSet.allCases)
  func `the ready segments of a language are made where its starter tags are`(set: StarterSet)
    throws
  {
    var shop = Shop()
    let drafts = set.segments(minute: 480, zone: "UTC", role: nil, from: day, owner: nil)
    #expect(try shop.decide(.segment(.adopt(drafts))).events.count == 1)
    try shop.take(.adoptStarterSet(set.tags))
    try shop.take(.segment(.adopt(drafts)))
    #expect(shop.state.segments.listed.map(\.terms.name) == drafts.map(\.name))
    #expect(try shop.decide(.segment(.adopt(drafts))).events == [])
    let monday = shop.state.segments.listed[1].terms.routine!
    #expect(monday.falls(on: Day("2026-11-23")!) && !monday.falls(on: day))
    #expect(try shop.replayed() == shop.state)
  }
}
