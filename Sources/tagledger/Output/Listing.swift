import APITypes

/// Prints a list in the format that was asked for, page by page as it comes.
///
/// The first column is the id, which is all that `-q` prints.
struct Listing<Item: Encodable & Sendable> {
  private let session: Session
  private let columns: [Column<Item>]
  private var table: Table
  private(set) var count = 0

  init(_ session: Session, columns: [Column<Item>]) {
    self.session = session
    self.columns = columns
    table = Table(columns.filter { !$0.isHidden }.map(\.heading))
  }

  /// - Parameter isWhole: whether these are all that there are.
  mutating func add(_ items: [Item], isWhole: Bool = false) {
    defer { count += items.count }
    if session.quiet {
      session.terminal.out(items.map { "\(columns[0].value($0) ?? "")\n" }.joined())
      return
    }
    switch session.format {
    case .text where items.isEmpty: return
    case .text:
      let shown = columns.filter { !$0.isHidden }
      let rows = items.map { item in shown.map { $0.cell(item) } }
      session.terminal.out(
        table.render(rows, paint: session.paint, limit: session.tableWidth, isWhole: isWhole))
    case .csv:
      if count == 0 { session.terminal.out(CSVText.line(columns.map(\.key))) }
      let lines = items.map { item in CSVText.line(columns.map { $0.value(item) ?? "" }) }
      session.terminal.out(lines.joined())
    case .ndjson:
      session.terminal.out(items.map { "\(JSONText.line($0))\n" }.joined())
    case .json:
      for (index, item) in items.enumerated() {
        session.terminal.out("\(count + index == 0 ? "[\n" : ",\n")\(JSONText.line(item))")
      }
    }
  }

  mutating func add(_ page: Page<Item>) where Item: Decodable {
    // A CSV begins with its heading; `finish` gives it one when there is nothing else.
    if !page.items.isEmpty { add(page.items, isWhole: count == 0 && page.next == nil) }
  }

  /// Closes what is open, and says so when there was nothing.
  func finish() {
    guard !session.quiet else { return }
    switch session.format {
    case .json: session.terminal.out(count == 0 ? "[]\n" : "\n]\n")
    case .csv where count == 0: session.terminal.out(CSVText.line(columns.map(\.key)))
    case .text where count == 0: session.remark(session.words.noneFound)
    default: break
    }
  }
}
