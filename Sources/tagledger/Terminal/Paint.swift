/// Colours, as far as the terminal has them.
struct Paint: Sendable {
  enum Depth: Sendable, Comparable {
    case none
    case sixteen
    case indexed
    case truecolor
  }

  let depth: Depth

  static let none = Paint(depth: .none)

  /// - Parameter isTerminal: whether what is painted goes to a terminal.
  static func choose(
    _ choice: ColorChoice, isTerminal: Bool, environment: [String: String]
  ) -> Paint {
    switch choice {
    case .never: return .none
    case .always: return Paint(depth: max(.sixteen, depth(in: environment)))
    case .auto:
      // https://no-color.org: when present and not empty, whatever its value.
      let refused = !(environment["NO_COLOR"] ?? "").isEmpty
      return isTerminal && !refused ? Paint(depth: depth(in: environment)) : .none
    }
  }

  private static func depth(in environment: [String: String]) -> Depth {
    let kind = environment["TERM"] ?? ""
    if kind.isEmpty || kind == "dumb" { return .none }
    let colors = environment["COLORTERM"] ?? ""
    if colors == "truecolor" || colors == "24bit" || kind.hasSuffix("-direct") { return .truecolor }
    return kind.contains("256") ? .indexed : .sixteen
  }
}

extension Paint {
  enum Style: Sendable {
    case plain
    case bold
    case dim
    case good
    case warning
    case bad
  }

  func callAsFunction(_ text: String, _ style: Style) -> String {
    guard depth != .none else { return text }
    return switch style {
    case .plain: text
    case .bold: "\u{1B}[1m\(text)\u{1B}[0m"
    case .dim: "\u{1B}[2m\(text)\u{1B}[0m"
    case .good: "\u{1B}[32m\(text)\u{1B}[0m"
    case .warning: "\u{1B}[33m\(text)\u{1B}[0m"
    case .bad: "\u{1B}[1;31m\(text)\u{1B}[0m"
    }
  }

  /// A dot in the tag's own colour and a space, two columns; nothing where the colour cannot be shown.
  func swatch(_ hex: String) -> String {
    guard depth >= .indexed, let color = RGB(hex) else { return "" }
    let code =
      depth == .truecolor
      ? "38;2;\(color.red);\(color.green);\(color.blue)" : "38;5;\(color.indexed)"
    return "\u{1B}[\(code)m●\u{1B}[0m "
  }
}

extension Paint {
  private static let styles: Set = ["0", "1", "2", "32", "33", "1;31"]

  /// How many scalars the code has that a text begins with, where it is one that is painted with here.
  static func length(ofCodeAt text: Substring.UnicodeScalarView) -> Int? {
    guard text.starts(with: "\u{1B}[".unicodeScalars) else { return nil }
    let code = text.dropFirst(2).prefix { ("0"..."9").contains($0) || $0 == ";" }
    let rest = text.dropFirst(2 + code.count)
    let isSwatch = code.starts(with: "38;".unicodeScalars) && rest.dropFirst().first == "●"
    guard rest.first == "m", isSwatch || styles.contains(String(code)) else { return nil }
    return code.count + 3
  }
}

/// A colour of `#rrggbb`.
struct RGB: Hashable, Sendable {
  var red: Int
  var green: Int
  var blue: Int

  init?(_ hex: String) {
    let digits = hex.hasPrefix("#") ? hex.dropFirst() : hex[...]
    guard digits.utf8.count == 6, let value = Int(digits, radix: 16) else { return nil }
    (red, green, blue) = (value >> 16 & 255, value >> 8 & 255, value & 255)
  }

  /// The nearest of the 6 × 6 × 6 cube of the 256 colours.
  var indexed: Int {
    func level(_ value: Int) -> Int {
      value < 48 ? 0 : value < 115 ? 1 : (value - 35) / 40
    }
    return 16 + 36 * level(red) + 6 * level(green) + level(blue)
  }
}
