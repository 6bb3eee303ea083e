import APITypes

/// Columns of the change log.
func changeColumns(_ words: Words) -> [Column<Change>] {
  [
    Column(
      words.seqHeading, "seq", right: true, cell: { Cell(String($0.seq), .dim) },
      value: { String($0.seq) }),
    Column(
      words.time, "at", cell: { Cell(LocalTime($0.at)?.shown(words.language) ?? $0.at) },
      value: { $0.at }),
    Column(
      words.what, "sentence", fit: .wrap, cell: { Cell(told($0, words)) },
      value: { $0.sentence }),
    Column(
      words.reason, "reason", fit: .wrap, cell: { Cell($0.reason, .dim) }, value: { $0.reason }),
    Column(hidden: "actor") { $0.actor },
    Column(hidden: "occurred") { $0.occurred },
    Column(hidden: "via") { $0.via },
    Column(hidden: "type") { $0.type },
    Column(hidden: "tag_id") { $0.tag.map { String($0.id) } },
    Column(hidden: "tag") { $0.tag?.name },
    Column(hidden: "customer_id") { $0.customer.map { String($0.id) } },
    Column(hidden: "customer") { $0.customer?.name },
    Column(hidden: "before") { $0.before.map { JSONText.line($0) } },
    Column(hidden: "after") { $0.after.map { JSONText.line($0) } },
    Column(hidden: "command") { $0.command },
    Column(hidden: "cause") { $0.cause.map(String.init) },
  ]
}

/// What happened, by whom; and when, if that was long before it was recorded.
func told(_ change: Change, _ words: Words) -> String {
  guard let time = change.occurred.flatMap(LocalTime.init) else { return change.sentence }
  return "\(change.sentence) · \(time.shown(words.language))"
}
