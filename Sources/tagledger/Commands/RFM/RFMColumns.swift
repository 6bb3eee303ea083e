import APITypes

/// Columns of the table of scores.
func rfmColumns(_ words: Words) -> [Column<RFMCustomer>] {
  [
    Column(words.id, "customer", right: true) { String($0.customer.id) },
    Column(words.customer, "customer_name") { $0.customer.name },
    Column(words.rfmDays, "recency_days", right: true) { String($0.recencyDays) },
    Column(words.rfmOrders, "frequency", right: true) { String($0.frequency) },
    Column(
      words.rfmSpent, "monetary", right: true, cell: { Cell(words.money($0.monetary)) },
      value: { String($0.monetary) }),
    Column("R", "r", right: true) { String($0.r) },
    Column("F", "f", right: true) { String($0.f) },
    Column("M", "m", right: true) { String($0.m) },
    Column(words.rfmGroup, "group") { $0.group },
  ]
}

/// Columns of the list of groups.
func rfmGroupColumns(_ words: Words) -> [Column<RFMGroupDocument>] {
  [
    Column(words.rfmGroup, "key") { $0.key },
    Column(words.name, "name") { $0.name },
    Column(
      words.customersHeading, "customers", right: true, cell: { Cell(words.number($0.customers)) },
      value: { String($0.customers) }),
    Column(
      words.rfmSpent, "spent", right: true, cell: { Cell(words.money($0.spent)) },
      value: { String($0.spent) }),
    Column(words.rfmStrategy, "strategy", fit: .wrap) { $0.strategy },
    Column(hidden: "scores") { group in
      func range(_ name: String, _ ends: [Int]?) -> String? {
        ends.map { "\(name)\($0[0])-\($0[1])" }
      }
      return [
        range("R", group.recency), range("F", group.frequency), range("M", group.monetary),
        range("sum ", group.sum),
      ].compactMap { $0 }.joined(separator: " ")
    },
  ]
}

/// The settings and the distribution, for people.
func rfmEntry(_ rfm: RFMDocument, _ words: Words) -> Entry {
  var entry = Entry()
  entry.add(words.rfmLevels, String(rfm.levels))
  entry.add(words.rfmScale, words.rfmScale(ties: rfm.ties))
  entry.add(words.rfmWindow, rfm.windowDays.map { words.days($0) })
  entry.add(words.customersHeading, words.number(rfm.customers))
  func column(_ name: String, _ counts: [Int], _ breaks: [String]) {
    let told = counts.enumerated().map { "\($0 + 1): \(words.number($1))" }
    entry.add(name, told.joined(separator: "  ") + "   (" + breaks.joined(separator: ", ") + ")")
  }
  column("R", rfm.distribution.recency, rfm.breaks.recency)
  column("F", rfm.distribution.frequency, rfm.breaks.frequency)
  column("M", rfm.distribution.monetary, rfm.breaks.monetary.map { words.money(break: $0) })
  return entry
}
