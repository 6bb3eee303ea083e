extension ReadyRule {
  /// All of them, in the order of the requirements; the thresholds are the guide's.
  package static let all = ofOrders + ofContact + ofSteps + ofRank

  private static let ofOrders = [
    ReadyRule(
      id: "A1",
      template: "orders(last 31d) >= {month} or orders(last {days}d) >= {orders}",
      parameters: [
        Parameter("month", .number, "3"), Parameter("days", .number, "30"),
        Parameter("orders", .number, "2"),
      ], tag: .starter(3)),
    ReadyRule(
      id: "A2", template: "reply_rate(last {days}d) >= {rate}%",
      parameters: [Parameter("days", .number, "7"), Parameter("rate", .percent, "80")],
      tag: .starter(1)),
    ReadyRule(
      id: "A3",
      template: "orders(last {days}d) > {orders} and spent(last {days}d) > {amount}",
      parameters: [
        Parameter("days", .number, "365"), Parameter("orders", .number, "3"),
        Parameter("amount", .money, "15000"),
      ], tag: .named(pt: "Alto valor", fr: "Grande valeur", en: "High value")),
    ReadyRule(
      id: "A4", template: "days_since_order > {days}",
      parameters: [Parameter("days", .number, "90")], tag: .starter(8)),
    ReadyRule(
      id: "A5", template: "days_since_order > {days}",
      parameters: [Parameter("days", .number, "60")], tag: .starter(7)),
    ReadyRule(
      id: "A6", template: "spent > {amount}",
      parameters: [Parameter("amount", .money, "20000")], tag: .starter(5)),
    ReadyRule(
      id: "A7", template: "share_of_orders(category: \"{category}\") >= {share}%",
      parameters: [Parameter("category", .text, nil), Parameter("share", .percent, "70")],
      tag: .category(pt: "Compra", fr: "Achat", en: "Buys", parameter: "category")),
  ]

  private static let ofContact = [
    ReadyRule(
      id: "A8", template: "broadcast_reply_rate > {rate}%",
      parameters: [Parameter("rate", .percent, "25")],
      tag: .named(pt: "Alta interação", fr: "Forte interaction", en: "High interaction")),
    ReadyRule(
      id: "A9", template: "reply_time <= {hours}h",
      parameters: [Parameter("hours", .number, "24")], tag: .starter(10)),
  ]

  private static let ofSteps = [
    ReadyRule(
      id: "A10", template: "unpaid_for > {hours}h",
      parameters: [Parameter("hours", .number, "1")], tag: .starter(11)),
    ReadyRule(
      id: "A11", template: "paid_within({hours}h) and not shipped",
      parameters: [Parameter("hours", .number, "24")], tag: .starter(12)),
    ReadyRule(
      id: "A12", template: "completed_for > {days}d",
      parameters: [Parameter("days", .number, "7")], tag: .starter(15)),
    ReadyRule(
      id: "A13", template: "first_order_within({days}d)",
      parameters: [Parameter("days", .number, "30")], tag: .starter(0)),
    ReadyRule(
      id: "A14", template: "orders(last {days}d) >= {orders}",
      parameters: [Parameter("days", .number, "180"), Parameter("orders", .number, "3")],
      tag: .starter(2)),
  ]

  private static let ofRank = [
    // Who is to be won back is a VIP no longer (A16): their tag leaves for the other.
    ReadyRule(
      id: "A15",
      template: """
        (largest_order(last {days}d) > {order} or spent(last {days}d) >= {amount}) \
        and not tag:"{tag}"
        """,
      parameters: [
        Parameter("days", .number, "365"), Parameter("order", .money, "5000"),
        Parameter("amount", .money, "20000"),
      ], tag: .starter(4), asks: "A16"),
    // A VIP up to the last order: 365 days before it, and 180 days since.
    ReadyRule(
      id: "A16",
      template: """
        (largest_order(last {window}d) > {order} or spent(last {window}d) >= {amount}) \
        and days_since_order > {days}
        """,
      parameters: [
        Parameter("window", .number, "545"), Parameter("order", .money, "5000"),
        Parameter("amount", .money, "20000"), Parameter("days", .number, "180"),
      ], tag: .starter(6)),
    ReadyRule(
      id: "A17",
      template: """
        enquiries(category: "{category}", last {days}d) >= {times} \
        or orders(category: "{category}", last {days}d) >= {times}
        """,
      parameters: [
        Parameter("category", .text, nil), Parameter("days", .number, "30"),
        Parameter("times", .number, "2"),
      ], tag: .category(pt: "Interesse", fr: "Intérêt", en: "Interest", parameter: "category")),
    ReadyRule(
      id: "A18", template: "answered(broadcast: \"{broadcast}\")",
      parameters: [Parameter("broadcast", .text, nil)],
      tag: .category(pt: "Campanha", fr: "Campagne", en: "Campaign", parameter: "broadcast")),
    ReadyRule(
      id: "A19",
      template: """
        orders(last {days}d) >= {orders} \
        and order_rate(last {window}d) < {share}% of order_rate(previous {window}d)
        """,
      parameters: [
        Parameter("days", .number, "180"), Parameter("orders", .number, "3"),
        Parameter("window", .number, "60"), Parameter("share", .percent, "50"),
      ], tag: .starter(9)),
  ]
}
