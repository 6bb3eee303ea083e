import APITypes

/// Columns of lists of facts.
func factColumns(_ words: Words, _ account: AccountDocument) -> [Column<FactDocument>] {
  [
    Column(words.seqHeading, "seq", right: true) { String($0.seq) },
    Column(
      words.time, "occurred",
      cell: { Cell(LocalTime($0.occurred)?.shown(words.language) ?? $0.occurred) },
      value: { $0.occurred }),
    Column(words.fact, "type") { $0.type },
    Column(hidden: "customer") { $0.customer.map(String.init) },
    Column(hidden: "at") { $0.at },
    Column(
      words.what, "data", fit: .wrap, cell: { Cell(told($0, words, account)) },
      value: { JSONText.line($0.data) }),
  ]
}

/// What a fact says, for people: `P-1001 · 1,295.00 BRL · 2 × Sofas, Oslo 3`.
private func told(_ fact: FactDocument, _ words: Words, _ account: AccountDocument) -> String {
  func text(_ name: String, in members: [String: JSONValue]) -> String? {
    if case .string(let value)? = members[name] { value } else { nil }
  }
  func integer(_ name: String, in members: [String: JSONValue]) -> Int64? {
    if case .int(let value)? = members[name] { value } else { nil }
  }
  var parts = ["id", "order", "broadcast", "channel"].compactMap { text($0, in: fact.data) }
  if let amount = integer("amount", in: fact.data) {
    parts.append(money(amount, decimals: account.decimals, account.currency, words))
  }
  let things = ["category", "product"]
  if case .array(let lines)? = fact.data["lines"] {
    for case .object(let line) in lines {
      let what = things.compactMap { text($0, in: line) }.joined(separator: ", ")
      parts.append("\(words.number(integer("quantity", in: line) ?? 1)) × \(what)")
    }
  }
  parts += (things + ["tracking", "estimate"]).compactMap { text($0, in: fact.data) }
  if case .object(let source)? = fact.data["source"], let file = text("import", in: source) {
    parts.append("(\(file))")
  }
  return parts.joined(separator: " · ")
}
