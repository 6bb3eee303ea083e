/// Arguments of the form `key=value`.
enum Pairs {
  /// A key that stands twice is refused: which of the two was meant, nobody can know.
  ///
  /// - Parameter example: what the message shows when an argument has another form.
  static func read(
    _ texts: [String], example: String
  ) throws(Failure) -> [(key: String, value: String)] {
    var pairs: [(key: String, value: String)] = []
    for text in texts {
      let halves = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard halves.count == 2, !halves[0].isEmpty else {
        throw .pairUnreadable(text, example: example)
      }
      guard !pairs.contains(where: { $0.key == halves[0] }) else {
        throw .pairTwice(String(halves[0]))
      }
      pairs.append((String(halves[0]), String(halves[1])))
    }
    return pairs
  }
}
