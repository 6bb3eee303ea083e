import TestSupport
import Testing

@testable import Domain

/// Rows of a file that register customers, and that say who has which tag.
@Suite struct ImportTests {
  private let phone = "+5541988887777"

  @Test func `a row registers who is not known, and revises who is`() throws {
    var shop = Shop()
    let ana = try shop.customer("Ana", phone: phone)
    let decision = try shop.decide(
      .take([
        .customer(.draft(name: "Ana Lima", phone: phone), id: nil),
        .customer(.draft(name: "Rui", ref: "R1"), id: nil),
        .customer(.draft(name: "Rui Sá", ref: "R1"), id: nil),
      ]))
    #expect(
      decision.events.map(\.type) == [.customerRevised, .customerRegistered, .customerRevised])
    #expect(decision.events.map(\.customer) == [ana, CustomerID(2), CustomerID(2)])
    #expect(decision.refusals.isEmpty)
  }

  @Test func `the reference decides before the phone`() throws {
    var shop = Shop()
    let ana = try shop.customer("Ana", ref: "R1")
    let rui = try shop.customer("Rui", phone: phone)
    let rows = [
      ImportRow.customer(.draft(phone: phone, ref: "R1"), id: nil),
      .membership(.lookup(.draft(phone: phone, ref: "R1")), tag: "VIP", details: nil),
    ]
    let decision = try shop.decide(.take(rows))
    #expect(decision.refusals == [Refusal(0, .phoneTaken(by: rui))])
    #expect(decision.events.last?.customer == ana)
  }

  @Test func `a membership creates what it names, where the policy allows`() throws {
    let shop = Shop()
    let rows = [
      ImportRow.membership(.lookup(.draft(name: "Ana", ref: "R1")), tag: "VIP", details: nil),
      .membership(.lookup(.draft(ref: "R1")), tag: "Novo", details: ["nota": "x"]),
    ]
    let source: JSON = ["import": "f.csv"]
    #expect(
      try shop.events(.take(rows)).map(\.withoutPerson) == [
        Event(.tagCreated, tag: TagID(1), data: ["name": "VIP", "color": 7]),
        Event(.customerRegistered, customer: CustomerID(1)),
        .applied(TagID(1), CustomerID(1), data: ["source": source]),
        Event(.tagCreated, tag: TagID(2), data: ["name": "Novo", "color": 8]),
        .applied(TagID(2), CustomerID(1), data: ["source": source, "details": ["nota": "x"]]),
      ])
  }

  @Test func `without leave to create, rows that name unknown things are refused`() throws {
    var shop = Shop()
    try shop.tag("VIP")
    let known = try shop.customer("Ana", ref: "R1")
    let rows = [
      ImportRow.membership(.id(known), tag: "Novo", details: nil),
      .membership(.lookup(.draft(ref: "R2")), tag: "VIP", details: nil),
      .membership(.lookup(.draft(phone: phone)), tag: "VIP", details: nil),
      .membership(.lookup(.draft(ref: "R1")), tag: "vip", details: nil),
    ]
    let decision = try shop.decide(.take(rows, createsTags: false, createsCustomers: false))
    #expect(
      decision.refusals == [
        Refusal(0, .tagNotFound("Novo")), Refusal(1, .customerNotFound("R2")),
        Refusal(2, .customerNotFound(phone)),
      ])
    #expect(decision.events.map(\.type) == [.tagApplied])
  }

  @Test func `a refused row leaves nothing behind`() throws {
    var shop = Shop()
    let archived = try shop.tag("Natal")
    try shop.take(.archiveTag(archived))
    let rows = [
      // The tag would be new, but nobody can be made of an empty line.
      ImportRow.membership(.lookup(.draft()), tag: "Nova", details: nil),
      .history(.lookup(.draft()), "Nova", .applied, at: 1),
      // The customer would be new, but the tag cannot be applied or has no name.
      .membership(.lookup(.draft(ref: "R1")), tag: "natal", details: nil),
      .history(.lookup(.draft(ref: "R1")), "Natal", .applied, at: 1),
      .membership(.lookup(.draft(ref: "R1")), tag: "", details: nil),
      .membership(.id(CustomerID(9)), tag: "Nova", details: nil),
    ]
    let decision = try shop.decide(.take(rows))
    #expect(decision.events.isEmpty)
    #expect(
      decision.refusals == [
        Refusal(0, .cellMissing("phone / ref")), Refusal(1, .cellMissing("phone / ref")),
        Refusal(2, .tagArchived(archived)), Refusal(3, .tagArchived(archived)),
        Refusal(4, .tagNameEmpty), Refusal(5, .customerNotFound("9")),
      ])
  }

  @Test func `who has nothing to be found again by is not imported`() throws {
    let rows = [ImportRow.customer(.draft(name: "Ana"), id: nil)]
    #expect(
      try Shop().decide(.take(rows)).refusals == [Refusal(0, .cellMissing("phone / ref"))])
  }

  @Test func `the rows after a refused one go in, and causes count from the first event`() throws {
    var shop = Shop()
    let open = try shop.tag("Aberta", set: "Etapa")
    let solved = try shop.tag("Resolvida", set: "Etapa")
    let ana = try shop.customer("Ana")
    let rows = [
      ImportRow.membership(.id(ana), tag: "Aberta", details: nil),
      .membership(.id(ana), tag: "", details: nil),
      .membership(.id(ana), tag: "Resolvida", details: nil),
    ]
    try shop.take(.take(rows))
    #expect(shop.state.tags(of: ana) == [solved])
    let last = try #require(shop.events.last)
    #expect(last.type == .tagRemoved && last.tag == open && last.cause == last.seq - 1)
  }

  @Test func `memberships taken twice change nothing, whatever the tags are called now`() throws {
    var shop = Shop()
    let rows = ["A", "B", "C", "D"].map {
      ImportRow.membership(.lookup(.draft(ref: "R1")), tag: $0, details: ["nota": $0])
    }
    try shop.take(.take(rows))
    #expect(try shop.decide(.take(rows)).unchanged == 4)
    #expect(try shop.events(.take(rows)).isEmpty)
    try shop.rename(shop.id("A")!, "A-2")
    try shop.merge(shop.id("B")!, into: try shop.tag("B-2"))
    try shop.merge(shop.id("C")!, into: try shop.tag("C-2"), name: .released)
    #expect(try shop.events(.take(rows)).isEmpty)
    #expect(try shop.decide(.take(rows)).refusals.isEmpty)
  }

  @Test func `a name that another tag has taken since means that tag`() throws {
    var shop = Shop()
    let old = try shop.tag("VIP")
    try shop.rename(old, "VIP-Ouro")
    let new = try shop.tag("vip")
    let rows = [ImportRow.membership(.lookup(.draft(ref: "R1")), tag: "VIP", details: nil)]
    #expect(try shop.events(.take(rows)).last?.tag == new)
    try shop.take(.deleteTag(new, customers: 0))
    try shop.take(.deleteTag(old, customers: 0))
    #expect(try shop.events(.take(rows)).first?.type == .tagCreated)
  }

  @Test func `a name longer than the limit that was set since still finds its tag`() throws {
    var shop = Shop()
    try shop.tag("Aguarda pagamento")
    shop.limits.nameLength = 10
    let rows = [
      ImportRow.membership(.lookup(.draft(ref: "R1")), tag: "Aguarda Pagamento", details: nil)
    ]
    #expect(try shop.decide(.take(rows)).refusals.isEmpty)
  }

  @Test func `a file's name longer than its limit is refused`() {
    let policy = ImportPolicy(
      file: String(repeating: "x", count: 256), createsTags: true, createsCustomers: true,
      colors: [])
    #expect(throws: Problem.textTooLong(field: "file", length: 256, limit: 255)) {
      try Shop().decide(.takeRows([], policy))
    }
  }
}

extension Event {
  /// The event as the log alone tells it.
  var withoutPerson: Self {
    var event = self
    event.personal = nil
    event.lookups = nil
    return event
  }
}
