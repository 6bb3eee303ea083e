import APITypes

/// Columns of lists of rules.
func ruleColumns(_ words: Words) -> [Column<RuleDocument>] {
  [
    Column(
      words.id, "id", right: true, cell: { Cell(String($0.id), .dim) }, value: { String($0.id) }),
    Column(words.name, "name") { $0.name },
    Column(words.tag, "tag_name") { $0.tag.name },
    Column(words.ruleFilter, "filter", fit: .cut) { $0.filter },
    Column(
      words.state, "enabled", fit: .wrap,
      cell: { rule in
        if !rule.faults.isEmpty {
          let why = [words.ruleFaulty] + rule.faults.map(\.sentence)
          return Cell(why.joined(separator: ". "), .bad)
        }
        return Cell(words.ruleState(rule.enabled), rule.enabled ? .good : .dim)
      }, value: { String($0.enabled) }),
    Column(
      words.customersHeading, "customers", right: true, cell: { Cell(words.number($0.customers)) },
      value: { String($0.customers) }),
    Column(hidden: "tag") { String($0.tag.id) },
    Column(hidden: "otherwise") { $0.otherwise },
    Column(hidden: "to") { $0.to.map { String($0.id) } },
    Column(hidden: "version") { String($0.version) },
    Column(hidden: "ready") { $0.ready },
    Column(hidden: "faults") { $0.faults.map(\.code).joined(separator: "; ") },
  ]
}

/// One rule, for people.
func ruleEntry(_ rule: RuleDocument, _ words: Words, _ actors: Actors) -> Entry {
  var entry = Entry()
  entry.add(words.id, String(rule.id))
  entry.add(words.name, rule.name)
  entry.add(words.tag, rule.tag.name)
  entry.add(words.ruleFilter, rule.filter)
  entry.add(words.ruleOtherwise, words.otherwise(rule.otherwise, rule.to?.name))
  entry.add(words.state, words.ruleState(rule.enabled), rule.enabled ? .good : .plain)
  for fault in rule.faults { entry.add(words.note, fault.sentence, .bad) }
  entry.add(words.customersHeading, words.number(rule.customers))
  if rule.exceptions.without > 0 {
    entry.add(words.ruleTaken, words.number(rule.exceptions.without))
  }
  if rule.exceptions.with > 0 {
    entry.add(words.ruleGiven, words.number(rule.exceptions.with))
  }
  entry.add(words.ruleMadeFrom, rule.ready)
  for version in rule.versions ?? [] {
    let time = LocalTime(version.at)?.shown(words.language) ?? version.at
    entry.add(
      "\(words.version) \(version.version)",
      "\(time)  \(actors.name(of: version.actor))  \(version.type)  \(version.reason ?? "")")
  }
  return entry
}

func readyRuleColumns(_ words: Words) -> [Column<ReadyRuleDocument>] {
  [
    Column(words.id, "id") { $0.id },
    Column(words.tag, "tag") { $0.tag },
    Column(words.ruleFilter, "filter") { $0.filter },
    Column(hidden: "parameters") { rule in
      rule.parameters.map { "\($0.name)=\($0.standard ?? "")" }.joined(separator: "; ")
    },
    Column(words.rulesHeading, "rules") { $0.rules.map(String.init).joined(separator: "; ") },
  ]
}

let previewColumns: [Column<RulePreviewDocument>] = [
  Column("", "matching") { String($0.matching) },
  Column("", "gains") { String($0.gains) },
  Column("", "losses") { String($0.losses) },
  Column("", "months") { preview in
    preview.months.map { "\($0.month)=\($0.customers)" }.joined(separator: "; ")
  },
  Column("", "customers") { preview in
    preview.customers.map { String($0.id) }.joined(separator: "; ")
  },
  Column("", "faults") { $0.faults.map(\.code).joined(separator: "; ") },
]

func previewText(
  _ preview: RulePreviewDocument, losing: Bool, _ words: Words, _ paint: Paint
) -> String {
  var text = preview.filter + "\n\n"
  text += words.ruleWould(preview) + "\n\n"
  let most = preview.months.map(\.customers).max() ?? 0
  for month in preview.months {
    let width = most == 0 ? 0 : month.customers * 40 / most
    text += "\(paint(month.month, .dim))  \(String(repeating: "▪", count: width)) "
    text += words.number(month.customers) + "\n"
  }
  if let note = preview.monthsNote { text += paint(note, .dim) + "\n" }
  guard !preview.customers.isEmpty else { return text }
  text += "\n" + (losing ? words.ruleLosing : words.ruleGaining) + "\n"
  for customer in preview.customers {
    text += "  \(paint(String(customer.id), .dim))  \(customer.name ?? "")\n"
  }
  if preview.next != nil { text += "  …\n" }
  return text
}
