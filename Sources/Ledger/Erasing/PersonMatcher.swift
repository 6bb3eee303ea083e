import Domain

/// Tells whether a text is about a person, by all that has ever been known of them.
///
/// It finds one row too many rather than one too few: what it is asked about are copies that somebody
/// has elsewhere, and reasons that are only listed.
struct PersonMatcher {
  /// Without case and accents; whole cells are compared with them.
  private var wholes: Set<String> = []
  /// Without case and accents; looked for within a text.
  private var parts: [String] = []
  /// The last digits of each phone: the same with and without country, area and ninth digit.
  private var digits: [String] = []

  private static let digitCount = 8
  /// Shorter texts stand in others by chance.
  private static let partLength = 6

  init(_ values: [(field: PersonalField, text: String)]) {
    for (field, text) in values {
      switch field {
      case .phone:
        let number = text.filter(\.isWholeNumber)
        if number.count >= Self.digitCount { digits.append(String(number.suffix(Self.digitCount))) }
      case .name, .ref:
        wholes.insert(NameKey.fold(text))
        addPart(text)
      case .notes:
        addPart(text)
      case .attributes, .needs:
        // A list of words that others use too says nothing of who they are; a sentence does.
        for entry in text.split(separator: "\n") where entry.contains(" ") {
          addPart(String(entry))
        }
      }
    }
  }

  private mutating func addPart(_ text: String) {
    let key = NameKey.fold(text)
    if key.count >= Self.partLength { parts.append(key) }
  }

  /// Whether nothing is known by which anybody could be found.
  var isEmpty: Bool { wholes.isEmpty && parts.isEmpty && digits.isEmpty }

  func names(row cells: [String]) -> Bool {
    cells.contains { cell in
      guard !cell.isEmpty else { return false }
      let key = NameKey.fold(cell)
      return wholes.contains(key) || isIn(key)
    }
  }

  /// Whether a text that somebody has written speaks of the person.
  func speaks(in text: String) -> Bool {
    isIn(NameKey.fold(text))
  }

  private func isIn(_ key: String) -> Bool {
    if parts.contains(where: key.contains) { return true }
    guard !digits.isEmpty else { return false }
    let number = key.filter(\.isWholeNumber)
    return digits.contains(where: number.contains)
  }
}
