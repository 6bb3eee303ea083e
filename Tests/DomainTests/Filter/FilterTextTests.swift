import TestSupport
import Testing

@testable import Domain

/// How filters are read and written.
struct FilterTextTests {
  /// A shop with the tags that the examples name.
  private static func shop() throws -> Shop {
    var shop = Shop()
    for name in ["VIP-Diamante", "Status-Pago", "Status-Enviado", "Reclamação", "A", "B", "C"] {
      try shop.tag(name)
    }
    return shop
  }

  private static let examples = [
    #"tag:"VIP-Diamante" and not tag:"Status-*""#,
    #"(source = "instagram" or source = "facebook") and bought(category: "sapatos") "#
      + "and days_since_order > 90",
    "orders(last 180d) >= 3 and spent(last 365d) > 15000",
    "largest_order(last 365d) > 5000 or spent(last 365d) >= 20000",
    #"share_of_orders(category: "brinquedos") >= 70% and orders >= 3"#,
    "reply_rate(last 7d) >= 80%", "broadcast_reply_rate > 25%", "reply_time <= 24h",
    "unpaid_for > 1h", "paid_within(24h) and not shipped", "completed_for > 7d",
    "first_order_within(30d)", #"enquiries(category: "maquiagem", last 30d) >= 2"#,
    "order_rate(last 60d) < 50% of order_rate(previous 60d)",
    #"need:"fatura eletrônica""#, #"note ~ "embalagem""#, #"attribute:"estudante""#,
    "source is missing", #"tagged(tag:"Reclamação", for > 24h)"#,
    #"answered(broadcast: "natal-2026")"#, #"rfm = "champions""#,
    #"any of (tag:"A", tag:"B", tag:"C")"#, #"none of (tag:"A", orders = 0)"#,
    "random(5%, seed: 7)",
  ]

  @Test(arguments: examples)
  func `what the team writes is already in its canonical form`(text: String) throws {
    let state = try Self.shop().state
    let filter = try Filter(text, in: state)
    #expect(filter.text(in: state) == text)
    #expect(try Filter(stored: filter.stored) == filter)
    _ = filter.matches(CustomerID(1), in: state, at: Timestamp(microseconds: 0))
  }

  @Test(arguments: [
    (#"TAG:a AND (Orders  >= 3)"#, #"tag:"A" and orders >= 3"#),
    ("tag:A and tag:B or tag:C", #"(tag:"A" and tag:"B") or tag:"C""#),
    ("tag:A and (tag:B or tag:C)", #"tag:"A" and (tag:"B" or tag:"C")"#),
    ("not (tag:A or not tag:B)", #"not (tag:"A" or not tag:"B")"#),
    ("((tag:A))", #"tag:"A""#), ("tag:“a”", #"tag:"A""#), ("tag:« b »", #"tag:"B""#),
    (
      "spent(last 30d, category: sapatos) ≥ 10.50", #"spent(category: "sapatos", last 30d) >= 10.5"#
    ),
    ("orders() = 1", "orders = 1"), ("days_since_order > 12w", "days_since_order > 12w"),
    ("orders(from 2026-01-01 to 2026-02-01) > 0", "orders(from 2026-01-01 to 2026-02-01) > 0"),
    ("spent(last 30d) > spent(previous 30d)", "spent(last 30d) > spent(previous 30d)"),
    (#"note ~ "a \"b\" \\ c""#, #"note ~ "a \"b\" \\ c""#), ("tag:Status-*", #"tag:"Status-*""#),
    ("everyone", "everyone"), ("tag:\"*\"", "tag:\"*\""), ("tag:#2", #"tag:"Status-Pago""#),
  ])
  func `other spellings are brought into the canonical form`(text: String, canonical: String) throws
  {
    let state = try Self.shop().state
    #expect(try Filter(text, in: state).text(in: state) == canonical)
    #expect(try Filter(canonical, in: state).text(in: state) == canonical)
  }

  private func problem(_ text: String) throws -> Problem? {
    let state = try Self.shop().state
    do throws(Problem) {
      _ = try Filter(text, in: state)
      return nil
    } catch {
      return error
    }
  }

  @Test(
    arguments: [
      ("", 1, "", [.kind(.condition)]),
      ("tag:A and", 10, "", [.kind(.condition)]),
      ("ação orders > 3", 1, "ação", [.kind(.condition)]),
      ("tag:A orders > 3", 7, "orders", [.word("and"), .word("or"), .kind(.end)]),
      ("orders > 80%", 10, "80", [.kind(.number), .kind(.likeFigure)]),
      ("spent > 15.000", 9, "15.000", [.kind(.amount), .kind(.likeFigure)]),
      ("reply_rate >= 0.8", 15, "0.8", [.kind(.percentage), .kind(.likeFigure)]),
      ("orders(last 3) > 1", 13, "3", [.kind(.duration)]),
      ("orders(last 3m) > 1", 13, "3m", [.kind(.duration)]),
      ("days_since_order = 90", 18, "=", [.kind(.order)]),
      ("unpaid_for > 90", 14, "90", [.kind(.duration)]),
      ("(tag:A", 7, "", [.word(")"), .word("and"), .word("or")]),
      ("spend > 3", 1, "spend", [.word("spent")]),
      ("source is", 10, "", [.word("missing"), .word("present")]),
      ("share_of_orders(last 30d) > 1%", 25, ")", [.word("category:"), .word("product:")]),
      (
        "order_rate(since 2026-01-01) > 1", 12, "since",
        [
          .word("category:"), .word("product:"), .kind(.length),
        ]
      ),
      ("orders(since 2026-02-30) > 1", 14, "2026-02-30", [.kind(.day)]),
      ("note ~ \"abc", 8, "\"abc", [.kind(.text)]),
    ] as [(String, Int, String, [FilterExpectation])])
  func `an error points at the place and says what was expected`(
    text: String, position: Int, found: String, expected: [FilterExpectation]
  ) throws {
    #expect(
      try problem(text) == .filterInvalid(position: position, found: found, expected: expected))
  }

  @Test func `a tag that does not exist is refused with names that are like it`() throws {
    #expect(
      try problem("not tag:\"Reclamacoes\"")
        == .filterTagUnknown("Reclamacoes", position: 9, suggestions: ["Reclamação"]))
    #expect(
      try problem("tag:VIP")
        == .filterTagUnknown("VIP", position: 5, suggestions: ["VIP-Diamante"]))
    #expect(try problem("tag:#99") == .tagNotFound("#99"))
  }

  @Test func `what is absurdly deep, long or wide is refused`() throws {
    let deep = String(repeating: "(", count: 4000) + "tag:A" + String(repeating: ")", count: 4000)
    #expect(try problem(deep) == .filterTooLarge(.depth))
    #expect(
      try problem(String(repeating: "not ", count: 2000) + "tag:A") == .filterTooLarge(.depth))
    #expect(
      try problem(Array(repeating: "tag:A", count: 500).joined(separator: " or "))
        == .filterTooLarge(.conditions))
    #expect(try problem(String(repeating: " ", count: 20_000)) == .filterTooLarge(.characters))
    #expect(
      try problem(String(repeating: "\u{301}", count: 200_000)) == .filterTooLarge(.characters))
  }

  @Test func `a filter goes by the tag, whatever it is called`() throws {
    var shop = try Self.shop()
    let filter = try Filter("tag:A and tag:\"Status-*\"", in: shop.state)
    #expect(filter.stored == #"tag:#5 and tag:"Status-*""#)
    try shop.rename(TagID(5), "Alfa")
    #expect(filter.text(in: shop.state) == #"tag:"Alfa" and tag:"Status-*""#)
    #expect(filter.tags(in: shop.state) == [TagID(5), TagID(2), TagID(3)])
    try shop.merge(TagID(5), into: TagID(6))
    #expect(filter.text(in: shop.state) == #"tag:"B" and tag:"Status-*""#)
    #expect(try Filter("tag:alfa", in: shop.state).tags(in: shop.state) == [TagID(6)])
    try shop.take(.deleteTag(TagID(6), customers: 0))
    #expect(filter.text(in: shop.state) == #"tag:#5 and tag:"Status-*""#)
    #expect(filter.tags(in: shop.state) == [TagID(2), TagID(3)])
  }
}
