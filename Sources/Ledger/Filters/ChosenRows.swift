import Domain

/// The columns that somebody chose, of those whom a filter has found.
struct ChosenRows: ExportRows {
  private var people: People
  private let columns: [FilterColumn]
  private let ground: FilterGround
  private let tags: [CustomerTag]

  init(_ export: Export, _ columns: [FilterColumn]) {
    people = People(export)
    self.columns = columns
    ground = FilterGround(
      export.state, at: export.moment, withGroups: columns.contains(.field(.rfm)))
    tags = export.state.tags.filter(\.isListed).sorted { $0.name.key < $1.name.key }
  }

  static func headings(_ columns: [FilterColumn], _ language: ExportLanguage) -> [String] {
    columns.map { column in
      switch column {
      case .figure: return column.text
      case .field(let field):
        switch field {
        case .id: return language.heading(.id)
        case .name: return language.heading(.name)
        case .phone: return language.heading(.phone)
        case .ref: return language.heading(.ref)
        case .source: return language.heading(.channel)
        case .tags: return language.heading(.tag)
        case .notes: return language.heading(.notes)
        case .attributes: return language.heading(.attributes)
        case .needs: return language.heading(.needs)
        case .rfm: return "rfm"
        }
      }
    }
  }

  mutating func next() throws(Problem) -> [[String]]? {
    let erased = people.state.erased
    let batch = try people.next(where: { !erased.contains($0) })
    return batch?.map { person in columns.map { cell($0, person) } }
  }

  private func cell(_ column: FilterColumn, _ person: Person) -> String {
    switch column {
    case .figure(let figure): return figure.cell(of: person.id, on: ground)
    case .field(let field):
      switch field {
      case .id: return "\(person.id.rawValue)"
      case .name: return person.fields[.name] ?? ""
      case .phone: return person.fields[.phone] ?? ""
      case .ref: return person.ref
      case .source: return ground.state.channel(of: person.id) ?? ""
      case .notes: return person.fields[.notes] ?? ""
      case .attributes: return ListCell.text(lines: person.fields[.attributes])
      case .needs: return ListCell.text(lines: person.fields[.needs])
      case .rfm: return ground.rfmGroup(of: person.id) ?? ""
      case .tags:
        let held = tags.filter { ground.state.members(of: $0.id).contains(person.id) }
        return ListCell.text(held.map(\.name.text))
      }
    }
  }
}
