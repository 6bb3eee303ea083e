import Domain
import EventLog

/// Customers in the order of their numbers; those merged into others or erased are left out.
struct CustomerRows: ExportRows {
  static let columns: [ImportField] = [
    .name, .phone, .ref, .channel, .notes, .attributes, .needs,
  ]

  private var people: People

  init(_ export: Export) {
    people = People(export)
  }

  mutating func next() throws(Problem) -> [[String]]? {
    let erased = people.state.erased
    guard let batch = try people.next(where: { !erased.contains($0) }) else { return nil }
    return batch.map { person in
      let fields = person.fields
      return [
        fields[.name] ?? "", fields[.phone] ?? "", person.ref,
        people.state.channel(of: person.id) ?? "", fields[.notes] ?? "",
        ListCell.text(lines: fields[.attributes]), ListCell.text(lines: fields[.needs]),
      ]
    }
  }
}

/// Who has which tag: by customer, and of each customer by the name of the tag.
struct MembershipRows: ExportRows {
  static let columns: [ImportField] = [.name, .phone, .ref, .tag, .details]

  private var people: People
  private let tags: [CustomerTag]

  init(_ export: Export) {
    people = People(export)
    tags = export.state.tags.filter {
      $0.isListed && (export.request.tag == nil || export.request.tag == $0.id)
    }.sorted { $0.name.key < $1.name.key }
  }

  mutating func next() throws(Problem) -> [[String]]? {
    let (state, tags) = (people.state, tags)
    let members = tags.map { state.members(of: $0.id) }
    let batch = try people.next { id in members.contains { $0.contains(id) } }
    return batch?.flatMap { person in
      zip(tags, members).filter { $0.1.contains(person.id) }.map { tag, _ in
        let details = state.details(of: Membership(tag: tag.id, customer: person.id))
        return [
          person.fields[.name] ?? "", person.fields[.phone] ?? "", person.ref,
          ListCell.text([tag.name.text]), DetailsCell.text(details ?? [:]),
        ]
      }
    }
  }
}

/// The customers of an export, opened a batch at a time.
struct People: Sendable {
  /// Customers per piece: some tens of milliseconds of work.
  private static let batch = 512

  let state: State
  private let log: Log
  private let members: CustomerSet?
  private var last: Int32 = 0

  init(_ export: Export) {
    state = export.state
    log = export.ledger.log
    let members = export.request.tag.map { export.state.members(of: $0) }
    self.members =
      members.map { export.request.customers?.intersection($0) ?? $0 }
      ?? export.request.customers
  }

  /// Some more customers who meet a condition; nil at the end.
  mutating func next(
    where isWanted: (CustomerID) -> Bool = { _ in true }
  ) throws(Problem) -> [Person]? {
    guard last < state.lastCustomer else { return nil }
    var found: [CustomerID] = []
    while found.count < Self.batch, last < state.lastCustomer {
      last += 1
      let id = CustomerID(last)
      guard state.merged(id) == nil, members?.contains(id) ?? true, isWanted(id) else { continue }
      found.append(id)
    }
    return try Person.open(found, log, through: state.position)
  }
}
