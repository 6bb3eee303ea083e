/// A tag's colour: one of the 20 that WhatsApp gives its labels, or any other.
package enum TagColor: Hashable, Sendable {
  /// Its place in `TagColor.hexes`; the number is a format, it stands in events.
  case palette(Int)
  /// "#rrggbb" in lower case, and none of the palette's.
  case custom(String)

  /// WhatsApp's label colours in their order (semantics.md).
  package static let hexes = [
    "#ff9485", "#64c4ff", "#ffd429", "#dfaef0", "#99b6c1", "#55ccb3", "#ff9dff", "#d3a91d",
    "#6d7cce", "#d7e752", "#00d0e2", "#ffc5c7", "#93ceac", "#f74848", "#00a0f2", "#83e422",
    "#ffaf04", "#b5ebff", "#9ba6ff", "#9368cf",
  ]

  /// Reads what a person types: an index ("13"), or a colour as "#f74848", "f74848" or "#f48".
  ///
  /// A colour of the palette becomes its index.
  package init(_ text: String) throws(Problem) {
    if let index = Self.hexes.indices.first(where: { String($0) == text }) {
      self = .palette(index)
    } else if let hex = Self.hex(text) {
      self = Self.hexes.firstIndex(of: hex).map(Self.palette) ?? .custom(hex)
    } else {
      throw .colorUnknown(text)
    }
  }

  /// Reads the form it has in events; nil for anything else.
  package init?(json: JSON) {
    switch json {
    case .int(let index):
      guard let index = Int(exactly: index), Self.hexes.indices.contains(index) else { return nil }
      self = .palette(index)
    case .string(let text):
      guard text.utf8.first == UInt8(ascii: "#"), let color = try? TagColor(text) else {
        return nil
      }
      self = color
    default: return nil
    }
  }

  /// The form it has in events: the index, or "#rrggbb" for a colour outside the palette.
  package var json: JSON {
    switch self {
    case .palette(let index): .int(Int64(index))
    case .custom(let hex): .string(hex)
    }
  }

  /// "#rrggbb", whichever it is.
  package var hex: String {
    switch self {
    case .palette(let index): Self.hexes[index]
    case .custom(let hex): hex
    }
  }

  private static func hex(_ text: String) -> String? {
    let digits = text.hasPrefix("#") ? text.dropFirst() : text[...]
    guard digits.utf8.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }) else { return nil }
    switch digits.utf8.count {
    case 6: return "#" + digits.lowercased()
    case 3 where text.hasPrefix("#"):
      return "#" + digits.lowercased().map { "\($0)\($0)" }.joined()
    default: return nil
    }
  }
}
