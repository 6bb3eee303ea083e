/// One cell of a table, or one value of a sheet.
struct Cell: Sendable {
  var text: String
  var style: Paint.Style
  /// `#rrggbb` of the dot before the text.
  var swatch: String?

  init(_ text: String?, _ style: Paint.Style = .plain, swatch: String? = nil) {
    // A line break would break the table, wherever it is shown.
    self.text = Printable.text(text ?? "")
    self.style = style
    self.swatch = swatch
  }
}

/// Rows in columns that are aligned by display width.
struct Table: Sendable {
  struct Heading: Sendable {
    var title: String
    /// Numbers stand at the right.
    var right = false
    /// What happens where the window is too narrow.
    var fit: Fit = .whole
  }

  enum Fit: Sendable {
    /// Nothing: the column is short, or of no use when cut.
    case whole
    case cut
    /// The text goes on in the next line.
    case wrap
  }

  private static let gap = 2
  private static let narrowest = 8

  private var headings: [Heading]
  private var widths: [Int]
  /// Which columns are shown.
  private var shown: [Int]
  private var measured = false

  init(_ headings: [Heading]) {
    self.headings = headings
    widths = headings.map { DisplayWidth.of($0.title) }
    shown = Array(headings.indices)
  }

  /// Renders some rows, the headings first when these are the first rows.
  ///
  /// The widths come from the first rows, so that a long list need not be held to be aligned.
  /// - Parameters:
  ///   - limit: columns of the window; nil where nothing is cut.
  ///   - isWhole: whether no rows follow, so that columns without any text may be left out.
  mutating func render(
    _ rows: [[Cell]], paint: Paint, limit: Int?, isWhole: Bool = false
  ) -> String {
    let isFirst = !measured
    measured = true
    if isFirst, isWhole { leaveOutEmptyColumns(of: rows) }
    let rows = rows.map { row in shown.map { row[$0] } }
    var lines: [String] = []
    if isFirst {
      measure(rows, paint, limit)
      lines = self.lines(headings.map { Cell($0.title, .bold) }, paint, isCut: limit != nil)
    }
    lines += rows.flatMap { self.lines($0, paint, isCut: limit != nil) }
    return lines.map { "\($0)\n" }.joined()
  }

  private mutating func leaveOutEmptyColumns(of rows: [[Cell]]) {
    shown = shown.filter { column in rows.contains { !$0[column].text.isEmpty } }
    headings = shown.map { headings[$0] }
    widths = shown.map { widths[$0] }
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
        headings[$0].fit != .whole && widths[$0] > Self.narrowest
      }
      guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { return }
      widths[widest] -= 1
      excess -= 1
    }
  }

  /// The lines that a row takes: one, unless a cell goes on in the next.
  private func lines(_ cells: [Cell], _ paint: Paint, isCut: Bool) -> [String] {
    let texts = cells.enumerated().map { column, cell -> [String] in
      let room = room(in: column, beside: cell, paint)
      switch isCut ? headings[column].fit : .whole {
      case .whole: return [cell.text]
      case .cut: return [DisplayWidth.truncate(cell.text, to: room)]
      case .wrap: return DisplayWidth.wrap(cell.text, to: room)
      }
    }
    let height = texts.map(\.count).max() ?? 1
    return (0..<height).map { number in
      let line = cells.enumerated().map { column, cell in
        let text = number < texts[column].count ? texts[column][number] : ""
        return padded(text, number == 0 ? cell.swatch : nil, cell, column, paint)
      }
      let joined = line.joined(separator: String(repeating: " ", count: Self.gap))
      return String(joined.reversed().drop { $0 == " " }.reversed())
    }
  }

  private func padded(
    _ text: String, _ swatch: String?, _ cell: Cell, _ column: Int, _ paint: Paint
  ) -> String {
    let dot = swatch.map(paint.swatch) ?? ""
    let room = widths[column] - (dot.isEmpty ? 0 : 2)
    let padding = String(repeating: " ", count: max(0, room - DisplayWidth.of(text)))
    let painted = dot + paint(text, text.isEmpty ? .plain : cell.style)
    return headings[column].right ? padding + painted : painted + padding
  }

  private func room(in column: Int, beside cell: Cell, _ paint: Paint) -> Int {
    widths[column] - (Self.width(of: cell, paint) - DisplayWidth.of(cell.text))
  }

  private static func width(of cell: Cell, _ paint: Paint) -> Int {
    let swatch = cell.swatch.map(paint.swatch) ?? ""
    return DisplayWidth.of(cell.text) + (swatch.isEmpty ? 0 : 2)
  }
}
