import APITypes

/// Columns of lists of segments.
func segmentColumns(_ words: Words) -> [Column<SegmentDocument>] {
  [
    Column(words.id, "id", right: true) { String($0.id) },
    Column(words.name, "name") { $0.name },
    Column(words.segmentFilter, "filter", fit: .wrap) { $0.filter },
    Column(
      words.routine, "routine", cell: { Cell($0.routine.map(words.tell)) },
      value: { $0.routine?.rhythm }),
    Column(
      words.nextDue, "next", cell: { Cell(shown($0.routine?.next, words), .dim) },
      value: { $0.routine?.next }),
    Column(words.workOpen, "open", right: true) { $0.list.map { String($0.open) } },
    Column(words.workTaken, "taken", right: true) { $0.list.map { String($0.taken) } },
    Column(words.workDone, "done", right: true) { $0.list.map { String($0.done) } },
    Column(words.workSkipped, "skipped", right: true) { $0.list.map { String($0.skipped) } },
    Column(hidden: "purpose") { $0.purpose },
    Column(hidden: "owner") { $0.owner?.name },
    Column(hidden: "time") { $0.routine?.time },
    Column(hidden: "zone") { $0.routine?.zone },
    Column(hidden: "role") { $0.routine?.role?.name },
    Column(hidden: "day") { $0.list?.day },
    Column(hidden: "customers") { $0.customers.map(String.init) },
    Column(hidden: "revision") { String($0.revision) },
  ]
}

/// One segment, for people.
func segmentEntry(_ segment: SegmentDocument, _ words: Words) -> Entry {
  var entry = Entry()
  entry.add(words.id, String(segment.id))
  entry.add(words.name, segment.name)
  entry.add(words.purpose, segment.purpose)
  entry.add(words.owner, segment.owner.map { $0.name ?? String($0.id) })
  entry.add(words.segmentFilter, segment.filter)
  entry.add(words.customersHeading, segment.customers.map { words.number($0) })
  entry.add(words.routine, segment.routine.map(words.tell))
  entry.add(words.role, segment.routine?.role.map { $0.name ?? String($0.id) })
  entry.add(words.nextDue, shown(segment.routine?.next, words))
  if let list = segment.list { entry.add(words.lastList, words.tell(list)) }
  entry.add(words.revision, String(segment.revision))
  return entry
}

private func shown(_ time: String?, _ words: Words) -> String? {
  time.flatMap { LocalTime($0)?.shown(words.language) }
}

/// Columns of work lists.
func workColumns(_ words: Words) -> [Column<WorkItemDocument>] {
  [
    Column(words.segment, "segment_name") { $0.segment.name },
    Column(words.id, "customer", right: true) { String($0.customer.id) },
    Column(words.customer, "customer_name") { $0.customer.name },
    Column(
      words.state, "state", cell: { Cell(words.workState($0.state), style(of: $0.state)) },
      value: { $0.state }),
    Column(
      words.by, "by",
      cell: { Cell(($0.settledBy ?? $0.takenBy)?.name, .dim) },
      value: { ($0.settledBy ?? $0.takenBy)?.name }),
    Column(
      words.time, "at", cell: { Cell(shown($0.settledAt ?? $0.takenAt, words), .dim) },
      value: { $0.settledAt ?? $0.takenAt }),
    Column(hidden: "segment") { String($0.segment.id) },
    Column(hidden: "day") { $0.day },
    Column(hidden: "taken_by") { $0.takenBy?.name },
    Column(hidden: "taken_at") { $0.takenAt },
    Column(hidden: "settled_by") { $0.settledBy?.name },
    Column(hidden: "settled_at") { $0.settledAt },
  ]
}

private func style(of state: String) -> Paint.Style {
  switch state {
  case "done": .good
  case "taken": .warning
  case "skipped": .dim
  default: .plain
  }
}
