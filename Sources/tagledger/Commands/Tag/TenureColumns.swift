import APITypes

/// Columns of who has a tag, or which tags a customer has.
///
/// - Parameters:
///   - actors: who applied them, for people.
///   - subject: what the list does not hold fixed.
func tenureColumns(
  _ words: Words, _ actors: Actors, subject: TenureSubject, withEnd: Bool = false
) -> [Column<Tenure>] {
  let language = words.language
  let shownTime: @Sendable (String?) -> Cell = { text in
    Cell(text.map { LocalTime($0)?.shown(language) ?? $0 })
  }
  var columns: [Column<Tenure>] = []
  let customer: [Column<Tenure>] = [
    Column(
      words.id, "customer_id", right: true, cell: { Cell(String($0.customer.id), .dim) },
      value: { String($0.customer.id) }),
    Column(words.customer, "customer") { $0.customer.name },
  ]
  let tag: [Column<Tenure>] = [
    Column(
      words.id, "tag_id", right: true, cell: { Cell(String($0.tag.id), .dim) },
      value: { String($0.tag.id) }),
    Column(words.tag, "tag") { $0.tag.name },
  ]
  columns += subject == .customers ? customer : tag
  columns.append(Column(words.since, "since", cell: { shownTime($0.since) }, value: { $0.since }))
  if withEnd {
    columns.append(Column(words.until, "until", cell: { shownTime($0.until) }, value: { $0.until }))
  }
  columns.append(Column(words.by, "by", cell: { Cell(actors.name(of: $0.by)) }, value: { $0.by }))
  columns.append(
    Column(
      words.whyHeading, "why", fit: .cut, cell: { Cell(why($0, words)) },
      value: { $0.why.kind.rawValue }))
  columns.append(Column(hidden: "file") { $0.why.file })
  columns.append(Column(hidden: "operator") { $0.why.operator })
  columns.append(Column(hidden: "reason") { $0.why.reason })
  let hidden = subject == .customers ? tag : customer
  return columns + hidden.map { Column(hidden: $0.key, $0.value) }
}

enum TenureSubject: Sendable {
  case customers
  case tags
}

/// Why a customer has a tag, with what belongs to this application of it, in a few words.
private func why(_ tenure: Tenure, _ words: Words) -> String {
  var parts = [
    words.why(tenure.why.kind.rawValue, file: tenure.why.file, person: tenure.why.operator)
  ]
  if let reason = tenure.why.reason { parts.append(reason) }
  let details = (tenure.details ?? [:]).sorted { $0.key < $1.key }
  parts += details.map { "\($0.key): \($0.value)" }
  return parts.joined(separator: "; ")
}
