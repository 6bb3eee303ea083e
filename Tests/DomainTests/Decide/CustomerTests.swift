import Domain
import TestSupport
import Testing

@Suite struct CustomerTests {
  private let phone = "+5541988887777"

  @Test func `a customer gets the next number, and is found by phone and reference`() throws {
    var shop = Shop()
    let draft = CustomerDraft.draft(
      name: " Ana ", phone: phone, ref: "R1", channel: " Anúncio IG ")
    let event = try #require(try shop.events(.registerCustomer(draft)).first)
    #expect(event.customer == CustomerID(1))
    #expect(event.data == ["channel": "Anúncio IG"])
    #expect(event.personal == [.name: "Ana", .phone: phone, .ref: "R1"])
    try shop.take(.registerCustomer(draft))
    #expect(shop.state.customer(phone: Shop.key(phone)) == CustomerID(1))
    #expect(shop.state.customer(ref: Shop.key("R1")) == CustomerID(1))
    #expect(shop.state.channel(of: CustomerID(1)) == "Anúncio IG")
    #expect(shop.state.customerCount == 1)
  }

  @Test func `empty fields are left out`() throws {
    let shop = Shop()
    let draft = CustomerDraft.draft(name: "Ana", phone: "", ref: "", channel: " ")
    let event = try #require(try shop.events(.registerCustomer(draft)).first)
    #expect(event.personal == [.name: "Ana"])
    #expect(event.data == nil)
  }

  @Test func `a name, a phone or a reference is needed`() throws {
    let shop = Shop()
    for draft in [CustomerDraft.draft(), .draft(name: "  "), .draft(channel: "Loja")] {
      #expect(throws: Problem.customerNeedsName) { try shop.decide(.registerCustomer(draft)) }
    }
    #expect(try shop.events(.registerCustomer(.draft(phone: phone))).count == 1)
    #expect(try shop.events(.registerCustomer(.draft(ref: "R1"))).count == 1)
  }

  @Test func `a phone and a reference belong to one customer`() throws {
    var shop = Shop()
    let ana = try shop.customer("Ana", phone: phone, ref: "R1")
    let rui = try shop.customer("Rui")
    for draft in [CustomerDraft.draft(name: "Bia", phone: phone)] {
      #expect(throws: Problem.phoneTaken(by: ana)) { try shop.decide(.registerCustomer(draft)) }
      #expect(throws: Problem.phoneTaken(by: ana)) { try shop.decide(.revise(rui, draft)) }
    }
    #expect(throws: Problem.refTaken(by: ana)) {
      try shop.decide(.registerCustomer(.draft(ref: "R1")))
    }
    #expect(throws: Problem.refTaken(by: ana)) { try shop.decide(.revise(rui, .draft(ref: "R1"))) }
    #expect(try shop.events(.revise(ana, .draft(phone: phone))).count == 1)
  }

  @Test func `texts longer than their limit are refused`() throws {
    var shop = Shop()
    let ana = try shop.customer("Ana")
    let long = String(repeating: "x", count: 501)
    let problem = Problem.textTooLong(field: "name", length: 501, limit: 500)
    #expect(throws: problem) { try shop.decide(.registerCustomer(.draft(name: long))) }
    #expect(throws: problem) { try shop.decide(.revise(ana, .draft(name: long))) }
    #expect(throws: Problem.textTooLong(field: "channel", length: 501, limit: 50)) {
      try shop.decide(.revise(ana, .draft(channel: long)))
    }
    let notes = CustomerDraft(
      personal: [.notes: String(repeating: "x", count: 4001)], lookups: Lookups())
    #expect(throws: Problem.textTooLong(field: "notes", length: 4001, limit: 4000)) {
      try shop.decide(.revise(ana, notes))
    }
  }

  @Test func `revising says what has changed of the channel, and which fields are sealed`() throws {
    var shop = Shop()
    let ana = try shop.customer("Ana", channel: "Loja")
    let draft = CustomerDraft.draft(name: "Ana Lima", phone: "", channel: "Site")
    let event = try #require(try shop.events(.revise(ana, draft)).first)
    #expect(event.type == .customerRevised)
    #expect(event.data == ["channel": ["from": "Loja", "to": "Site"]])
    #expect(event.personal == [.name: "Ana Lima", .phone: ""])
    try shop.take(.revise(ana, draft))
    #expect(shop.state.channel(of: ana) == "Site")
    #expect(shop.state.revision(of: ana) == 2)
    #expect(try shop.events(.revise(ana, .draft(channel: "Site"))).isEmpty)
    #expect(try shop.decide(.revise(ana, .draft(channel: "Site"))).unchanged == 1)
    try shop.take(.revise(ana, .draft(channel: "")))
    #expect(shop.state.channel(of: ana) == nil)
  }

  @Test func `a change by who has seen another revision is refused`() throws {
    var shop = Shop()
    let ana = try shop.customer("Ana")
    let draft = CustomerDraft.draft(name: "Ana Lima")
    try shop.take(.reviseCustomer(ana, draft, revision: 1))
    #expect(throws: Problem.customerRevisionChanged(ana, expected: 1, actual: 2)) {
      try shop.decide(.reviseCustomer(ana, draft, revision: 1))
    }
  }

  @Test func `a customer is not found by a phone they had before`() throws {
    var shop = Shop()
    let ana = try shop.customer("Ana", phone: phone)
    try shop.take(.revise(ana, .draft(phone: "+5541988886666")))
    #expect(shop.state.customer(phone: Shop.key(phone)) == nil)
    #expect(shop.state.customer(phone: Shop.key("+5541988886666")) == ana)
    #expect(try shop.customer("Rui", phone: phone) == CustomerID(2))
    try shop.take(.revise(ana, .draft(phone: "")))
    #expect(shop.state.customer(phone: Shop.key("+5541988886666")) == nil)
  }

  @Test func `a customer who was never there is not found`() {
    let shop = Shop()
    for id in [CustomerID(1), CustomerID(0), CustomerID(-1)] {
      let problem = Problem.customerNotFound("\(id.rawValue)")
      #expect(throws: problem) { try shop.decide(.revise(id, .draft(name: "x"))) }
      #expect(throws: problem) { try shop.decide(.mergeCustomer(id, into: id)) }
    }
  }

  // MARK: Merging

  @Test func `merging gives the target each tag that only the source has`() throws {
    var shop = Shop()
    let (ana, anna) = (try shop.customer("Ana"), try shop.customer("Anna"))
    let (vip, shipped) = (try shop.tag("VIP"), try shop.tag("Enviado"))
    try shop.apply(vip, to: ana, anna)
    try shop.apply(shipped, to: anna, details: ["rastreio": "BR1"])
    #expect(
      try shop.events(.mergeCustomer(anna, into: ana)) == [
        Event(
          .customerMerged, customer: anna, data: ["into": 1, "moved": 1, "collapsed": 1]),
        Event(
          .tagApplied, tag: shipped, customer: ana,
          data: ["details": ["rastreio": "BR1"], "source": ["customer": 2]], cause: 0),
      ])
    try shop.merge(anna, into: ana)
    #expect(shop.state.tags(of: ana) == [vip, shipped])
    #expect(shop.details(shipped, of: ana) == ["rastreio": "BR1"])
    #expect(shop.state.tags(of: anna) == [])
    #expect(shop.state.membershipCount == 2)
    #expect(shop.state.customerCount == 1)
    #expect(shop.state.merged(anna) == ana)
  }

  @Test func `an archived tag moves too, since who has it keeps it`() throws {
    var shop = Shop()
    let (ana, anna) = (try shop.customer("Ana"), try shop.customer("Anna"))
    let tag = try shop.tag("Natal")
    try shop.apply(tag, to: anna)
    try shop.take(.archiveTag(tag))
    try shop.merge(anna, into: ana)
    #expect(shop.members(tag) == [ana])
  }

  @Test func `where a set decides, the target's own tag stays`() throws {
    var shop = Shop()
    let (ana, anna) = (try shop.customer("Ana"), try shop.customer("Anna"))
    let (open, solved) = (
      try shop.tag("Aberta", set: "Etapa"), try shop.tag("Resolvida", set: "etapa")
    )
    try shop.apply(open, to: ana)
    try shop.apply(solved, to: anna)
    try shop.merge(anna, into: ana)
    #expect(shop.state.tags(of: ana) == [open])
    #expect(shop.events.last?.data == #"{"collapsed":1,"into":1,"moved":0}"#)
  }

  @Test func `both phones find the target, who may take either over`() throws {
    var shop = Shop()
    let other = "+5541988886666"
    let ana = try shop.customer("Ana", phone: phone, ref: "R1")
    let anna = try shop.customer("Anna", phone: other, ref: "R2")
    try shop.merge(anna, into: ana)
    for key in [phone, other] { #expect(shop.state.customer(phone: Shop.key(key)) == ana) }
    for key in ["R1", "R2"] { #expect(shop.state.customer(ref: Shop.key(key)) == ana) }
    #expect(throws: Problem.phoneTaken(by: ana)) {
      try shop.decide(.registerCustomer(.draft(phone: other)))
    }
    try shop.take(.revise(ana, .draft(phone: other, ref: "R2")))
    #expect(shop.state.customer(phone: Shop.key(other)) == ana)
    #expect(shop.state.customer(phone: Shop.key(phone)) == nil)
    #expect(shop.state.customer(ref: Shop.key("R1")) == nil)
    try shop.take(.revise(ana, .draft(phone: "", ref: "")))
    #expect(try shop.events(.registerCustomer(.draft(phone: other, ref: "R2"))).count == 1)
  }

  @Test func `a target without a source channel takes the source's`() throws {
    var shop = Shop()
    let ana = try shop.customer("Ana")
    let anna = try shop.customer("Anna", channel: "Loja")
    #expect(
      try shop.events(.mergeCustomer(anna, into: ana)).last
        == Event(
          .customerRevised, customer: ana, data: ["channel": ["from": .null, "to": "Loja"]],
          cause: 0))
    try shop.take(.revise(ana, .draft(channel: "Site")))
    #expect(try shop.events(.mergeCustomer(anna, into: ana)).count == 1)
  }

  @Test func `merges chain, and a merged number means its last target`() throws {
    var shop = Shop()
    let ids = try ["Ana", "Anna", "Anita"].map { name throws in try shop.customer(name) }
    try shop.merge(ids[0], into: ids[1])
    try shop.merge(ids[0], into: ids[2])
    #expect(try ids.map { try shop.state.current($0) } == [ids[2], ids[2], ids[2]])
    for id in ids {
      #expect(throws: Problem.customerMergedIntoItself(ids[2])) {
        try shop.decide(.mergeCustomer(id, into: ids[2]))
      }
    }
    let event = try #require(try shop.events(.revise(ids[0], .draft(name: "A"))).first)
    #expect(event.customer == ids[2])
  }
}

extension Command {
  static func revise(_ customer: CustomerID, _ draft: CustomerDraft) -> Self {
    .reviseCustomer(customer, draft, revision: nil)
  }
}
