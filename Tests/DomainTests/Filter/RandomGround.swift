import TestSupport

@testable import Domain

/// A small shop with customers, tags and facts of every kind at random; the same seed gives the same.
struct RandomGround {
  private(set) var shop = Shop()
  private var chance: Chance
  let customers: Int32

  /// All facts lie between this and a hundred days later.
  static let start: Int64 = 1_786_000_000_000_000
  static let day: Int64 = 86_400_000_000

  init(seed: UInt64, customers: Int32 = 90, facts: Int = 900) throws {
    chance = Chance(seed: seed)
    self.customers = customers
    for name in ["Produto-Sofá", "Produto-Mesa", "Status-Pago", "VIP", "Urgente", "Nunca"] {
      try shop.tag(name)
    }
    for _ in 0..<customers {
      try shop.customer("x", channel: chance.pick([nil, "Loja", "Anúncio IG", "feira"]))
    }
    for tag: Int32 in 1...5 { try tagSome(TagID(tag)) }
    try record(facts)
    for _ in 0..<4 { try? shop.merge(customer(), into: customer()) }
    _ = try? shop.take(.eraseCustomer(customer(), fields: [:]), reason: "pediu")
    if chance.happens(1, of: 3) { try shop.merge(TagID(1), into: TagID(2)) }
    _ = try? shop.take(.deleteTag(TagID(6), customers: 0))
  }

  var state: State { shop.state }

  private mutating func customer() -> CustomerID {
    CustomerID(Int32(chance.number(1...Int(customers))))
  }

  private mutating func tagSome(_ tag: TagID) throws {
    let some = (1...customers).map { CustomerID($0) }.filter { _ in chance.happens(2, of: 5) }
    let mark = Int64(chance.number(0...99)) * Self.day
    try shop.take(
      .takeRows(
        some.map {
          .history(
            HistoryRow(
              customer: .id($0), tag: shop.state.tag(tag)!.name.text, applied: true,
              occurred: Timestamp(microseconds: Self.start + mark), ordinal: 1, source: nil))
        },
        ImportPolicy(file: "x.csv", createsTags: false, createsCustomers: false, colors: [])))
  }

  mutating func record(_ count: Int) throws {
    var drafts: [FactDraft] = []
    for _ in 0..<count {
      drafts.append(FactDraft(fact(), of: .id(customer()), occurred: moment()))
    }
    try shop.take(.recordFacts(drafts, FactPolicy()))
  }

  /// Often the same moment, so that things meet.
  mutating func moment() -> Timestamp {
    let unit = chance.pick([Self.day, Self.day, 3_600_000_000, 60_000_000])
    let steps = Int(100 * Self.day / unit)
    return Timestamp(microseconds: Self.start + Int64(chance.number(0...steps)) * unit)
  }

  private mutating func fact() -> Fact {
    let order = "o\(chance.number(1...60))"
    let id = "i\(chance.number(1...400))"
    let amount = Int64(chance.number(1...50)) * 1000
    switch chance.number(0...15) {
    case 0, 1, 2: return .orderPlaced(order: order, amount: amount, lines: lines())
    case 3: return .orderPaid(order: order)
    case 4: return .orderShipped(order: order, tracking: nil, estimate: nil)
    case 5: return .orderCompleted(order: order)
    case 6:
      return chance.happens(1, of: 3) ? .orderCancelled(order: order) : .orderPaid(order: order)
    case 7:
      return .orderReturned(
        id: id, order: chance.happens(1, of: 4) ? nil : order, amount: amount / 2)
    case 8: return .messageReceived(id: id)
    case 9: return .messageSent(id: id)
    case 10: return .broadcastReceived(broadcast: broadcast())
    case 11: return .broadcastAnswered(broadcast: broadcast())
    case 12: return .enquiryMade(id: id, category: category(), product: category())
    case 13:
      return chance.happens(1, of: 2) ? .complaintOpened(id: order) : .complaintResolved(id: order)
    case 14:
      return chance.happens(1, of: 2) ? .urgencyRaised(id: order) : .urgencySettled(id: order)
    default: return .orderPlaced(order: order, amount: amount, lines: [])
    }
  }

  private mutating func broadcast() -> String { chance.pick(["Natal", "pascoa"]) }

  private mutating func category() -> String? {
    chance.pick([nil, "Sapatos", "brinquedos", "Casa"])
  }

  private mutating func lines() -> [FactLine] {
    (0..<chance.number(0...3)).map { _ in
      FactLine(
        category: category(), product: category(), quantity: Int32(chance.number(1...3)),
        amount: Int64(chance.number(1...9)) * 1000)
    }
  }
}
