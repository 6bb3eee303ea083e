/// One cell of a table, or one value of a sheet.
struct Cell: Sendable {
  var text: String
  var style: Paint.Style
  /// `#rrggbb` of the dot before the text.
  var swatch: String?

  init(_ text: String?, _ style: Paint.Style = .plain, swatch: String? = nil) {
    self.text = Cell.printable(text ?? "")
    self.style = style
    self.swatch = swatch
  }

  /// What came from a person must not steer the terminal, nor break the table.
  private static func printable(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
      return text
    }
    return String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
  }
}

/// Rows in columns that are aligned by display width.
struct Table: Sendable {
  struct Heading: Sendable {
    var title: String
    /// Numbers stand at the right.
    var right = false
    /// May be cut where the window is too narrow.
    var flexible = false
  }

  private static let gap = 2
  private static let narrowest = 8

  let headings: [Heading]
  private var widths: [Int]
  private var measured = false

  init(_ headings: [Heading]) {
    self.headings = headings
    widths = headings.map { DisplayWidth.of($0.title) }
  }

  /// Renders some rows, the headings first when these are the first rows.
  ///
  /// The widths come from the first rows, so that a long list need not be held to be aligned.
  /// - Parameter limit: columns of the window; nil where nothing is cut.
  mutating func render(_ rows: [[Cell]], paint: Paint, limit: Int?) -> String {
    var lines: [String] = []
    if !measured {
      measured = true
      measure(rows, paint, limit)
      lines.append(line(headings.map { Cell($0.title, .bold) }, paint, cut: limit != nil))
    }
    lines += rows.map { line($0, paint, cut: limit != nil) }
    return lines.map { "\($0)\n" }.joined()
  }

  private mutating func measure(_ rows: [[Cell]], _ paint: Paint, _ limit: Int?) {
    for row in rows {
      for (column, cell) in row.enumerated() {
        widths[column] = max(widths[column], Self.width(of: cell, paint))
      }
    }
    guard let limit else { return }
    var excess = widths.reduce(0, +) + Self.gap * (widths.count - 1) - limit
    while excess > 0 {
      let candidates = widths.indices.filter {
        headings[$0].flexible && widths[$0] > Self.narrowest
      }
      guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { return }
      widths[widest] -= 1
      excess -= 1
    }
  }

  private func line(_ cells: [Cell], _ paint: Paint, cut: Bool) -> String {
    var line = ""
    for (column, cell) in cells.enumerated() {
      let swatch = cell.swatch.map(paint.swatch) ?? ""
      let room = widths[column] - (swatch.isEmpty ? 0 : 2)
      let fits = !cut || !headings[column].flexible
      let text = fits ? cell.text : DisplayWidth.truncate(cell.text, to: room)
      let padding = String(repeating: " ", count: max(0, room - DisplayWidth.of(text)))
      let painted = swatch + paint(text, text.isEmpty ? .plain : cell.style)
      if headings[column].right {
        line += padding + painted
      } else {
        line += painted + (column == cells.count - 1 ? "" : padding)
      }
      if column < cells.count - 1 { line += String(repeating: " ", count: Self.gap) }
    }
    return String(line.reversed().drop { $0 == " " }.reversed())
  }

  private static func width(of cell: Cell, _ paint: Paint) -> Int {
    let swatch = cell.swatch.map(paint.swatch) ?? ""
    return DisplayWidth.of(cell.text) + (swatch.isEmpty ? 0 : 2)
  }
}
