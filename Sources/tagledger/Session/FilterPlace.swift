import APITypes

/// Where a filter cannot be understood: its line, and the columns before the place.
struct FilterPlace: Hashable, Sendable {
  /// A line of the filter; of a long one, what stands around the place.
  let line: String
  /// Blanks as wide as what stands in the line before the place.
  let indent: String

  /// Characters of the line that are shown before and behind the place.
  private static let reach = (before: 60, behind: 40)

  /// Nil where the problem names no place, or none of the texts has it.
  ///
  /// - Parameter texts: what was asked; the first is meant in which the problem's words stand there.
  init?(_ problem: ProblemDocument, in texts: [String]) {
    guard problem.code == "filter.invalid" || problem.code == "filter.tag_unknown",
      case .int(let position)? = problem.extras["position"],
      case .string(let found)? = problem.extras["found"], let offset = Int(exactly: position - 1)
    else { return nil }
    let fitting = texts.map(Array.init).filter { offset >= 0 && offset <= $0.count }
    let meant = fitting.first { Self.stands(found, at: offset, in: $0) }
    guard let text = meant ?? fitting.first, !text.isEmpty else { return nil }
    let start = text[..<offset].lastIndex(where: \.isNewline).map { $0 + 1 } ?? 0
    let end = text[offset...].firstIndex(where: \.isNewline) ?? text.count
    let first = max(start, offset - Self.reach.before)
    let last = min(end, offset + Self.reach.behind)
    let head = (first > start ? "…" : "") + Self.plain(text[first..<offset])
    line = head + Self.plain(text[offset..<last]) + (last < end ? "…" : "")
    indent = String(repeating: " ", count: DisplayWidth.of(head))
  }

  /// A tag's name is found inside of its quotation marks; nothing is found at the end.
  private static func stands(_ found: String, at offset: Int, in text: [Character]) -> Bool {
    guard !found.isEmpty else { return offset == text.count }
    let rest = String(text[offset...])
    return rest.hasPrefix(found) || rest.dropFirst().hasPrefix(found)
  }

  /// A tab is as wide as a terminal likes.
  private static func plain(_ text: ArraySlice<Character>) -> String {
    String(text.map { $0 == "\t" ? " " : $0 })
  }
}
