/// Keeps what came from a person from steering the terminal that it is shown on.
///
/// A name may hold ESC, which moves the cursor or worse, or a mark such as U+202E that turns the rest of
/// the line around: a refusal would seem to say something else.
enum Printable {
  /// Returns the text with a space for each scalar that a terminal obeys rather than shows.
  ///
  /// - Parameter paint: whether line breaks and the program's own colours stay.
  static func text(_ text: String, keepsPaint paint: Bool = false) -> String {
    let scalars = text.unicodeScalars
    guard scalars.contains(where: isObeyed) else { return text }
    var shown = String.UnicodeScalarView()
    var rest = scalars[...]
    while let scalar = rest.first {
      if paint, let length = Paint.length(ofCodeAt: rest) {
        shown.append(contentsOf: rest.prefix(length))
        rest = rest.dropFirst(length)
        continue
      }
      rest.removeFirst()
      let stays = !isObeyed(scalar) || (paint && (scalar == "\n" || scalar == "\t"))
      shown.append(stays ? scalar : " ")
    }
    return String(shown)
  }

  private static func isObeyed(_ scalar: Unicode.Scalar) -> Bool {
    if (0x20..<0x7F).contains(scalar.value) { return false }
    return switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    default: scalar.properties.isBidiControl
    }
  }
}
