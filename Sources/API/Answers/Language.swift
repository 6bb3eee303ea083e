/// The languages that the guide exists in, and English.
package enum Language: String, CaseIterable, Sendable {
  case en
  case fr
  case pt

  /// Takes the best of `Accept-Language` (RFC 9110 §12.5.4); where none of it is known, the language of
  /// who asks, or else English.
  package init(accepting header: String?, or own: @autoclosure () -> Language? = nil) {
    self = Self.best(of: header) ?? own() ?? .en
  }

  private static func best(of header: String?) -> Language? {
    guard let header else { return nil }
    var found: Language?
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
      found = language
    }
    return found
  }
}
