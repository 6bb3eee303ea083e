import Domain

/// Turns the cells of a row into what the domain takes, and remembers what the file has said before.
struct RowReader {
  let kind: ImportKind
  let mapping: ColumnMapping
  /// The region of phone numbers without a country code.
  let region: String
  private var dates: DateCell
  /// How exports of this ledger name customers who have no key of their own.
  let own: OwnReference
  let lookupKey: (PersonalField, String) -> LookupKey

  /// The first line that told of each phone and reference, and what it told, so that a file that
  /// contradicts itself is refused in place and not taken differently each time.
  private var told: [Int: (line: Int, cells: Int)] = [:]
  /// The last moment of each customer and tag, and how many rows it has had.
  private var moments: [Int: (occurred: Timestamp, ordinal: Int)] = [:]

  init(
    kind: ImportKind, mapping: ColumnMapping, region: String, dates: DateCell,
    own: OwnReference, lookupKey: @escaping (PersonalField, String) -> LookupKey
  ) {
    self.kind = kind
    self.mapping = mapping
    self.region = region
    self.dates = dates
    self.own = own
    self.lookupKey = lookupKey
  }

  /// Reads one row; several where a cell names several tags.
  ///
  /// Returns none for a row that repeats an earlier one word for word.
  mutating func read(_ cells: [String], line: Int) throws(Problem) -> [ImportRow] {
    try mapping.refuseSurplus(cells)
    return switch kind {
    case .customers: try customer(cells, line: line)
    case .memberships: try memberships(cells)
    case .history: [try history(cells)]
    // Orders are read by `OrderIntake`, since several rows make one of them.
    case .orders: []
    }
  }

  private mutating func customer(_ cells: [String], line: Int) throws(Problem) -> [ImportRow] {
    var draft = try draft(cells)
    let keys = [draft.lookups.ref, draft.lookups.phone].compactMap { $0?.hashValue }
    let id = draft.personal[.ref].flatMap(own.customer)
    if id != nil {
      draft.personal[.ref] = nil
      draft.lookups.ref = nil
    }
    let before = keys.compactMap { told[$0] }
    if let other = before.first(where: { $0.cells != cells.hashValue }) {
      throw .rowRepeated(line: other.line)
    }
    guard before.isEmpty else { return [] }
    for key in keys { told[key] = (line, cells.hashValue) }
    return [.customer(draft, id: id, known: nil)]
  }

  private func memberships(_ cells: [String]) throws(Problem) -> [ImportRow] {
    guard let names = mapping.text(.tag, in: cells) else { throw .cellMissing("tag") }
    let who = try who(cells)
    let details = try mapping.text(.details, in: cells).map(DetailsCell.values)
    return ListCell.values(names).map { .membership(who, tag: $0, details: details) }
  }

  private mutating func history(_ cells: [String]) throws(Problem) -> ImportRow {
    guard let tag = mapping.text(.tag, in: cells) else { throw .cellMissing("tag") }
    guard let time = mapping.text(.time, in: cells) else { throw .cellMissing("time") }
    let occurred = try dates.time(time)
    guard let action = mapping.text(.action, in: cells) else { throw .cellMissing("action") }
    let who = try who(cells)
    var pair = Hasher()
    pair.combine(who)
    pair.combine(NameKey(tag))
    let key = pair.finalize()
    let before = moments[key]
    let ordinal = before?.occurred == occurred ? before!.ordinal + 1 : 1
    moments[key] = (occurred, ordinal)
    return .history(
      HistoryRow(
        customer: who, tag: tag, applied: try Self.isApplied(action), occurred: occurred,
        ordinal: ordinal, source: mapping.text(.operator, in: cells)))
  }

  // MARK: Parts of a row

  private func who(_ cells: [String]) throws(Problem) -> RowCustomer {
    if let text = mapping.text(.id, in: cells) {
      guard let id = Int32(text) else { throw .customerNotFound(text) }
      return .id(CustomerID(id))
    }
    if let id = mapping.text(.ref, in: cells).flatMap(own.customer) { return .id(id) }
    let draft = try draft(cells)
    guard draft.lookups.ref != nil || draft.lookups.phone != nil else {
      throw .cellMissing("phone / ref")
    }
    return .lookup(draft)
  }

  private func draft(_ cells: [String]) throws(Problem) -> CustomerDraft {
    var personal: PersonalFields = [:]
    for (field, column): (PersonalField, ImportField) in [
      (.name, .name), (.ref, .ref), (.notes, .notes), (.attributes, .attributes),
      (.needs, .needs),
    ] {
      personal[field] = mapping.text(column, in: cells)
    }
    for field in [PersonalField.attributes, .needs] {
      personal[field] = personal[field].map { ListCell.values($0).joined(separator: "\n") }
    }
    if let text = mapping.text(.phone, in: cells) {
      personal[.phone] = try PhoneNumber(text, defaultRegion: region).e164
    }
    return CustomerDraft(
      personal: personal, channel: mapping.text(.channel, in: cells),
      lookups: Lookups(
        phone: personal[.phone].map { lookupKey(.phone, $0) },
        ref: personal[.ref].map { lookupKey(.ref, $0) }))
  }

  private static func isApplied(_ word: String) throws(Problem) -> Bool {
    switch NameKey(word).text {
    case "applied", "apply", "labeled", "labelled", "added", "add", "tagged", "+", "1", "true",
      "aplicada", "aplicado", "adicionada", "appliquee", "ajoutee", "tag.applied":
      true
    case "removed", "remove", "unlabeled", "unlabelled", "deleted", "untagged", "-", "0", "false",
      "removida", "removido", "retirada", "retiree", "supprimee", "tag.removed":
      false
    default:
      throw .parameterUnreadable(
        name: "action", value: word, expected: "applied, removed, labeled, unlabeled, +, -")
    }
  }
}
