package import Domain

/// Which tile is asked for, as the paths of C2SP tlog-tiles name it: `x001/x234/067` for the tile
/// 1,234,067, and `.p/W` behind it for its first W entries. The spelling is a format.
package struct TilePath: Hashable, Sendable {
  package let position: Int64
  /// 256, or less where only the beginning is asked for.
  package let width: Int

  package init(position: Int64, width: Int = 256) {
    self.position = position
    self.width = width
  }

  package init(parsing text: String) throws(Problem) {
    guard let path = Self(text) else {
      throw .parameterUnreadable(
        name: "rest", value: text, expected: "067, x001/234, x001/x234/067.p/8")
    }
    self = path
  }

  /// Nil for any other spelling than `description` gives.
  private init?(_ text: String) {
    var parts = text.split(separator: "/", omittingEmptySubsequences: false)
    var width = 256
    if parts.count >= 2, parts[parts.count - 2].hasSuffix(".p") {
      guard let number = Int(parts.removeLast()), (1...255).contains(number) else { return nil }
      width = number
      parts[parts.count - 1].removeLast(2)
    }
    // Six groups are more than a log can have, and less than a number can hold.
    guard (1...6).contains(parts.count) else { return nil }
    var position: Int64 = 0
    for part in parts {
      guard let number = Int64(part.suffix(3)), number >= 0 else { return nil }
      position = position * 1000 + number
    }
    self.init(position: position, width: width)
    guard description == text else { return nil }
  }
}

extension TilePath: CustomStringConvertible {
  package var description: String {
    func group(_ number: Int64) -> String {
      String("\(1000 + number % 1000)".dropFirst())
    }
    var text = group(position)
    var rest = position / 1000
    while rest > 0 {
      text = "x\(group(rest))/\(text)"
      rest /= 1000
    }
    return width == 256 ? text : "\(text).p/\(width)"
  }
}
