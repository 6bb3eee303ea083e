/// Arguments of the form `key=value`.
enum Pairs {
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
      pairs.append((String(halves[0]), String(halves[1])))
    }
    return pairs
  }
}
