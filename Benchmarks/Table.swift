/// The table that is printed in the end: each figure beside its bound from the same run.
struct Table {
  private var rows = [["work", "figure", "bound, same run", "ratio", "reach", "met"]]
  private(set) var areAllMet = true

  /// - Parameters:
  ///   - ratio: figure to bound; nil where there is no bound.
  mutating func add(
    _ work: String, _ figure: String, bound: String = "–", ratio: Double? = nil, reach: String,
    met: Bool
  ) {
    rows.append([
      work, figure, bound, ratio.map { Text.fixed($0, 2) } ?? "–", reach, met ? "yes" : "NO",
    ])
    areAllMet = areAllMet && met
    note("\(work): \(figure)  (bound \(bound), reach \(reach)) \(met ? "met" : "NOT met")")
  }

  /// The table in Markdown, padded so that it also reads well as it is.
  var text: String {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    var lines = rows.map { row in
      let cells = zip(row, widths).map { cell, width in
        cell + String(repeating: " ", count: width - cell.count)
      }
      return "| " + cells.joined(separator: " | ") + " |"
    }
    lines.insert(
      "|" + widths.map { String(repeating: "-", count: $0 + 2) }.joined(separator: "|") + "|",
      at: 1)
    return lines.joined(separator: "\n")
  }
}
