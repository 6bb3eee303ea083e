import TestSupport
import Testing

@testable import Domain

/// What holds for any facts, in any order.
@Suite struct FactLawTests {
  @Test(arguments: UInt64(0)..<200)
  func `facts shuffled are the same as facts in order, and repeated they change nothing`(
    seed: UInt64
  ) throws {
    var chance = Chance(seed: seed)
    let drafts = (0..<60).map { _ in
      FactDraft.random(of: .id(CustomerID(Int32(chance.number(1...3)))), using: &chance)
    }
    let whole = try told(drafts, inParts: 60)
    let known = knowledge(whole.state)
    for _ in 1...3 {
      let parts = chance.number(1...20)
      let shuffled = try told(drafts.shuffled(using: &chance), inParts: parts)
      #expect(knowledge(shuffled.state) == known)
      #expect(try shuffled.replayed() == shuffled.state)
      #expect(try shuffled.gathered() == shuffled.state)
      let again = try shuffled.decide(.recordFacts(drafts, FactPolicy()))
      #expect(again.events == [] && again.unchanged + again.superseded == drafts.count)
    }
  }

  @Test(arguments: UInt64(0)..<200)
  func `columns hold what a slow and obvious record holds, over merges and their undoing`(
    seed: UInt64
  ) throws {
    var chance = Chance(seed: seed)
    var ledger = try shop(customers: 5)
    var model: [CustomerID: [FactDraft]] = [:]
    for _ in 1...60 {
      let who = CustomerID(Int32(chance.number(1...5)))
      let other = CustomerID(Int32(chance.number(1...5)))
      switch chance.number(0...9) {
      case 0: _ = try? ledger.merge(who, into: other)
      case 1:
        guard let target = ledger.state.merged(who) else { continue }
        try ledger.unmerge(who, from: target)
      default:
        let current = try ledger.state.current(who)
        let draft = FactDraft.random(of: .id(who), using: &chance)
        let decision = try ledger.take(.recordFacts([draft], FactPolicy()))
        // What was known of somebody merged into them already stays theirs.
        if !decision.events.isEmpty { model[current, default: []].append(draft) }
      }
    }
    for number in 1...5 {
      let customer = CustomerID(Int32(number))
      let parts = (1...5).map { CustomerID(Int32($0)) }.filter {
        (try? ledger.state.current($0)) == (try? ledger.state.current(customer))
      }
      var paper = try shop(customers: 1)
      let drafts = parts.flatMap { model[$0] ?? [] }.map { draft in
        var draft = draft
        if draft.customer != nil { draft.customer = .id(CustomerID(1)) }
        return draft
      }
      try paper.take(.recordFacts(drafts, FactPolicy()))
      let here = telling(ledger.state.facts(of: customer), ledger.state.facts)
      let there = telling(paper.state.facts(of: CustomerID(1)), paper.state.facts)
      #expect(here == there)
    }
    #expect(try ledger.replayed() == ledger.state)
    #expect(try ledger.replayed().firstDifference(to: ledger.state) == nil)
    #expect(try ledger.gathered() == ledger.state)
    #expect(try ledger.gathered().firstDifference(to: ledger.state) == nil)
  }

  @Test(arguments: UInt64(0)..<100)
  func `what is shown with a customer is what the filter's figure of that name says`(
    seed: UInt64
  ) throws {
    var ground = try RandomGround(seed: seed, customers: 20, facts: 400)
    let (state, now) = (ground.state, ground.moment())
    for customer in state.live {
      let facts = state.facts(of: customer)
      let shown = CustomerFigures(of: facts, at: now)
      let exact = FactFigures(facts, at: now)
      func figure(_ kind: FilterFigure.Kind, _ category: Int32? = nil) -> ExactFigure? {
        var scope = FactFigures.Scope(upTo: now)
        scope.category = category
        return exact.value(kind, scope)
      }
      func whole(_ value: Int64?) -> ExactFigure? { value.map { ExactFigure(Int128($0)) } }
      #expect(whole(Int64(shown.orders)) == figure(.orders))
      #expect(whole(shown.spent) == figure(.spent))
      #expect(shown.averageOrder == figure(.averageOrder)?.rounded)
      #expect(shown.daysSinceOrder.map(Int64.init) == figure(.daysSinceOrder)?.wholeDays)
      #expect(
        shown.firstOrder.map { now.rawValue - $0.rawValue }
          == figure(.daysSinceFirstOrder).map { Int64($0.numerator) })
      #expect(whole(Int64(shown.sent)) == figure(.messagesTo))
      let rate = ExactFigure(Int128(shown.answered), over: Int128(max(shown.sent, 1)))
      #expect((shown.sent == 0 ? nil : rate) == figure(.replyRate))
      #expect(shown.replyTime == figure(.replyTime).map { Int64($0.numerator / $0.denominator) })
      for share in shown.categories {
        #expect(whole(Int64(share.orders)) == figure(.orders, share.category))
      }
    }
  }

  @Test(arguments: UInt64(0)..<10)
  func `many facts in one command, read in shares, lead to what they lead to one by one`(
    seed: UInt64
  ) throws {
    var chance = Chance(seed: seed)
    let drafts = (0..<1500).map { _ in
      FactDraft.random(of: anybody(using: &chance), using: &chance)
    }
    let policy = FactPolicy(createsCustomers: seed.isMultiple(of: 2), file: "vendas.csv")
    var one = try shop(customers: 3)
    // Shares may end in any order.
    let whole = try one.state.decide(
      .recordFacts(drafts, policy), limits: Limits(), at: Timestamp(microseconds: 1 << 51),
      spread: { count, share in for index in (0..<count).reversed() { share(index) } })
    var events: [Event] = []
    var refusals: [Refusal] = []
    var (unchanged, superseded) = (0, 0)
    for (row, draft) in drafts.enumerated() {
      let decision = try one.take(.recordFacts([draft], policy))
      events += decision.events
      refusals += decision.refusals.map { Refusal(row: row, problem: $0.problem) }
      unchanged += decision.unchanged
      superseded += decision.superseded
    }
    #expect(whole.events == events)
    #expect(whole.refusals == refusals)
    #expect((whole.unchanged, whole.superseded) == (unchanged, superseded))
  }

  @Test(arguments: UInt64(0)..<40)
  func `the facts of a command, put in place together, are the same as one after another`(
    seed: UInt64
  ) throws {
    var chance = Chance(seed: seed)
    // Some stand in another chunk of the table, some have been merged and parted again.
    var ledger = try shop(customers: 4_100)
    let few = [1, 2, 3, 4_098, 4_099].map { CustomerID($0) }
    _ = try? ledger.merge(few[0], into: few[3])
    if chance.happens(1, of: 2) { try ledger.unmerge(few[0], from: few[3]) }
    for _ in 1...4 {
      let drafts = (0..<80).map { _ in
        let who = chance.happens(1, of: 3) ? anybody(using: &chance) : .id(chance.pick(few))
        return FactDraft.random(of: who, using: &chance)
      }
      let command = Command.recordFacts(drafts, FactPolicy(createsCustomers: true))
      let events = try ledger.decide(command).events
      var together = ledger.state
      together.evolve(
        events, from: ledger.now,
        spread: { count, share in for index in (0..<count).reversed() { share(index) } }, from: 1)
      try ledger.take(command)
      #expect(together.firstDifference(to: ledger.state) == nil)
      #expect(together == ledger.state)
    }
  }

  /// By id, phone or reference; some that nobody has, and some that contradict each other.
  private func anybody(using chance: inout Chance) -> RowCustomer? {
    func key(from first: Int) -> LookupKey? {
      guard chance.happens(2, of: 3) else { return nil }
      return LookupKey(rawValue: UInt64(first + chance.number(1...9)))
    }
    switch chance.number(0...9) {
    case 0: return nil
    case 1...4: return .id(CustomerID(chance.pick([1, 2, 3, 9999])))
    default:
      let lookups = Lookups(phone: key(from: 100), ref: key(from: 200))
      return .lookup(CustomerDraft(personal: [.name: "Cliente"], lookups: lookups))
    }
  }

  @Test func `a copy of the state does not see what is recorded later`() throws {
    var ledger = try shop(customers: 1)
    let before = ledger.state
    try ledger.take(
      .recordFacts(
        [FactDraft(.messageReceived(id: "1"), of: .id(CustomerID(1)))], FactPolicy()))
    #expect(before.facts(of: CustomerID(1)) == CustomerFacts())
    #expect(ledger.state.facts(of: CustomerID(1)).messages.count == 1)
    #expect(ledger.state != before)
    #expect(before.firstDifference(to: ledger.state) != nil)
  }

  // MARK: Support

  private func shop(customers: Int) throws -> Shop {
    var shop = Shop()
    for number in 1...customers { _ = try shop.customer("Cliente \(number)") }
    return shop
  }

  private func told(_ drafts: [FactDraft], inParts size: Int) throws -> Shop {
    var shop = try shop(customers: 3)
    for start in stride(from: 0, to: drafts.count, by: size) {
      let part = Array(drafts[start..<min(start + size, drafts.count)])
      #expect(try shop.take(.recordFacts(part, FactPolicy())).refusals == [])
    }
    return shop
  }

  /// What is known of all customers, with names in place of indices, which depend on the order.
  private func knowledge(_ state: State) -> [String] {
    (1...state.lastCustomer).map { telling(state.facts(of: CustomerID($0)), state.facts) }
      + state.facts.spends.sorted { $0.key.key < $1.key.key }.map { "\($0)" }
  }

  private func telling(_ known: CustomerFacts, _ facts: Facts) -> String {
    var text = ""
    for var order in known.orders {
      text += order.lines.map { line in
        "\(facts.categories.key(line.category)?.text ?? "") "
          + "\(facts.products.key(line.product)?.text ?? "") \(line.quantity) \(line.amount)"
      }.joined(separator: "; ")
      order.lines = []
      text += "\(order)\n"
    }
    text += "\(known.credits)\n\(known.messages)\n\(known.complaints)\n\(known.urgencies)\n"
    text += known.broadcasts.map { broadcast in
      "\(facts.broadcasts.key(broadcast.broadcast)!.text): \(String(describing: broadcast.received))"
        + " \(String(describing: broadcast.answered))"
    }.sorted().joined(separator: "\n")
    text += known.enquiries.map { enquiry in
      "\(enquiry.key) \(enquiry.at) \(facts.categories.key(enquiry.category)?.text ?? "")"
    }.sorted().joined(separator: "\n")
    return text
  }
}

extension ExactFigure {
  /// Half to even.
  fileprivate var rounded: Int64 { Decimals.quotient(numerator, Int64(denominator)) }

  fileprivate var wholeDays: Int64 { Int64(numerator / denominator) / CustomerFigures.day }
}

extension Shop {
  /// Parts two customers again, as an undo of their merge does.
  fileprivate mutating func unmerge(_ source: CustomerID, from target: CustomerID) throws {
    let seq = events.last {
      $0.type == .customerMerged && $0.customer == source
    }!.seq
    try take(.undo(try undo(of: seq...seq)))
  }
}
