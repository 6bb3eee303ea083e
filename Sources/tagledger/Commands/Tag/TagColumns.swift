import APITypes

/// Columns of lists of tags.
func tagColumns(_ words: Words) -> [Column<TagDocument>] {
  [
    Column(
      words.id, "id", right: true, cell: { Cell(String($0.id), .dim) }, value: { String($0.id) }),
    Column(
      words.name, "name",
      cell: { Cell($0.name, $0.archived ? .dim : .plain, swatch: $0.color) }, value: { $0.name }),
    Column(
      words.customersHeading, "customers", right: true, cell: { Cell(words.number($0.customers)) },
      value: { String($0.customers) }),
    Column(words.set, "set") { $0.set },
    Column(
      words.state, "archived", cell: { Cell($0.archived ? words.isArchived : "", .dim) },
      value: { String($0.archived) }),
    Column(words.criterion, "criterion", fit: .cut) { $0.criterion },
    Column(words.followUp, "follow_up", fit: .cut) { $0.followUp },
    Column(hidden: "category") { $0.category },
    Column(hidden: "color") { $0.color },
    Column(hidden: "ends") { $0.ends },
    Column(hidden: "aliases") { $0.aliases.joined(separator: "; ") },
    Column(hidden: "revision") { String($0.revision) },
  ]
}

/// One tag, for people.
func tagEntry(_ tag: TagDocument, _ words: Words) -> Entry {
  var entry = Entry()
  entry.add(words.id, String(tag.id))
  entry.add(words.name, tag.name, .bold)
  entry.add(words.category, tag.category)
  entry.add(words.color, swatch: tag.color, tag.palette.map { "\(tag.color) (\($0))" } ?? tag.color)
  entry.add(words.customersHeading, words.number(tag.customers))
  entry.add(words.use, tag.use.map(words.tell))
  entry.add(words.criterion, tag.criterion)
  entry.add(words.followUp, tag.followUp)
  entry.add(words.set, tag.set)
  entry.add(words.ends, tag.ends)
  entry.add(words.aliases, tag.aliases.joined(separator: ", "))
  entry.add(words.state, tag.archived ? words.isArchived : nil, .warning)
  entry.add(words.mergedInto, tag.mergedInto.map(String.init), .warning)
  entry.add(words.revision, String(tag.revision), .dim)
  return entry
}
