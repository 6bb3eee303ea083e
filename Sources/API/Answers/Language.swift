/// The languages that the guide exists in, and English.
package enum Language: String, CaseIterable, Sendable {
  case en
  case fr
  case pt

  /// Takes the best of `Accept-Language` (RFC 9110 §12.5.4); English where none of it is known.
  package init(accepting header: String?) {
    self = .en
    guard let header else { return }
    var best = 0.0
    for part in header.split(separator: ",") {
      let pieces = part.split(separator: ";")
      guard let range = pieces.first?.trimmingSpaces().lowercased() else { continue }
      var quality = 1.0
      for piece in pieces.dropFirst() {
        let parameter = piece.trimmingSpaces()
        if parameter.hasPrefix("q=") { quality = Double(parameter.dropFirst(2)) ?? 0 }
      }
      let primary = String(range.prefix { $0 != "-" })
      guard let language = Self(rawValue: primary), quality > best else { continue }
      best = quality
      self = language
    }
  }
}
