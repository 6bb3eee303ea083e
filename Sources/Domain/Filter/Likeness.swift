/// Finds what somebody may have meant who has written something else.
enum Likeness {
  /// The choices nearest to a text, best first: those that begin with it, or differ by a few letters.
  ///
  /// Case and accents do not count. A choice that differs in more than a third of its letters is none.
  static func nearest(to text: String, among choices: [String], limit: Int) -> [String] {
    let sought = Array(NameKey.fold(text).unicodeScalars.prefix(64))
    guard !sought.isEmpty else { return [] }
    let ranked = choices.compactMap { choice -> (choice: String, distance: Int)? in
      let letters = Array(NameKey.fold(choice).unicodeScalars.prefix(64))
      if letters.starts(with: sought) { return (choice, 0) }
      let most = max(1, max(letters.count, sought.count) / 3)
      guard abs(letters.count - sought.count) <= most else { return nil }
      let distance = distance(sought, letters)
      return distance <= most ? (choice, distance) : nil
    }
    return ranked.enumerated()
      .sorted { ($0.element.distance, $0.offset) < ($1.element.distance, $1.offset) }
      .prefix(limit).map(\.element.choice)
  }

  /// How many letters have to be put in, taken out or replaced (Levenshtein).
  private static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var row = Array(0...b.count)
    for (i, left) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, right) in b.enumerated() {
        let replaced = diagonal + (left == right ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
      }
    }
    return row[b.count]
  }
}
