import APITypes

/// Columns of lists of customers.
///
/// - Parameter order: the figure by which they are sorted, with `-` in front for the most first; it is
///   a column then.
func customerColumns(
  _ words: Words, sortedBy order: String? = nil
) -> [Column<CustomerDocument>] {
  var columns = plainColumns(words)
  if let order {
    let heading = order.hasPrefix("-") ? String(order.dropFirst()) : order
    let unit = figuresInHours.contains(String(heading.trimmed.prefix { $0 != "(" })) ? " h" : ""
    columns.insert(
      Column(
        heading.trimmed, "figure", right: true,
        cell: { Cell($0.figure.map { words.figure($0) + unit } ?? "–") }, value: { $0.figure }),
      at: 2)
  }
  return columns
}

/// Figures that are lengths of time, which the daemon tells in hours.
private let figuresInHours: Set = [
  "unpaid_for", "completed_for", "reply_time", "complaint_open_for",
]

private func plainColumns(_ words: Words) -> [Column<CustomerDocument>] {
  [
    Column(
      words.id, "id", right: true, cell: { Cell(String($0.id), .dim) }, value: { String($0.id) }),
    Column(words.name, "name", fit: .cut) { $0.name },
    Column(words.phone, "phone") { $0.phone },
    Column(words.channel, "channel", fit: .cut) { $0.channel },
    Column(
      words.tagsHeading, "tags", fit: .cut,
      cell: { Cell($0.tags?.compactMap(\.name).joined(separator: ", ")) },
      value: { $0.tags?.compactMap(\.name).joined(separator: "; ") }),
    Column(hidden: "notes") { $0.notes },
    Column(hidden: "attributes") { $0.attributes.joined(separator: "; ") },
    Column(hidden: "needs") { $0.needs.joined(separator: "; ") },
    Column(hidden: "ref") { $0.ref },
    Column(hidden: "merged_into") { $0.mergedInto.map(String.init) },
    Column(hidden: "erased") { $0.erased },
    Column(hidden: "registered") { $0.registered },
    Column(hidden: "revision") { String($0.revision) },
  ]
}

/// One customer, for people.
func customerEntry(_ customer: CustomerDocument, _ words: Words) -> Entry {
  var entry = Entry()
  entry.add(words.id, String(customer.id))
  entry.add(words.name, customer.name, .bold)
  entry.add(words.phone, customer.phone)
  entry.add(words.channel, customer.channel)
  entry.add(words.ref, customer.ref)
  entry.add(words.attributes, customer.attributes.joined(separator: ", "))
  entry.add(words.needs, customer.needs.joined(separator: ", "))
  entry.add(words.notes, customer.notes)
  entry.add(customer.figures, words)
  entry.add(
    words.registered,
    customer.registered.map { LocalTime($0)?.shown(words.language) ?? $0 })
  entry.add(
    words.erasedHeading, customer.erased.map { LocalTime($0)?.shown(words.language) ?? $0 },
    .warning)
  entry.add(words.mergedInto, customer.mergedInto.map(String.init), .warning)
  return entry
}
