/// A telephone number in E.164, by which a customer is one customer however the number was written.
///
/// It covers what people write and what WhatsApp hands out. It knows the lengths of numbers in the
/// regions of `NumberingPlan.all` and elsewhere only the calling codes, so that a number it accepts may
/// still be nobody's.
package struct PhoneNumber: Hashable, Sendable {
  /// "+5541988887777": at most 15 digits after the plus.
  package let e164: String

  /// The longest spelling that is looked at.
  package static let inputLimit = 64

  /// Reads a number as written: with "+" or "00", or as dialled within the default region.
  ///
  /// Brackets, spaces, dots, dashes and "tel:" do not count. A Brazilian mobile number from before its
  /// ninth digit gets it. `defaultRegion` is ISO 3166 ("BR"); in an unknown one only international
  /// spellings are read.
  package init(_ input: String, defaultRegion: String = "BR") throws(Problem) {
    guard input.utf8.count <= Self.inputLimit, let written = Written(input) else {
      throw .phoneUnreadable(input)
    }
    let plan = NumberingPlan.all[defaultRegion.uppercased()]
    guard
      let number = written.isInternational
        ? Self.international(written.digits[...])
        : Self.domestic(written.digits[...], plan)
    else { throw .phoneUnreadable(input) }
    e164 = "+" + String(decoding: number, as: UTF8.self)
  }

  typealias Digits = ArraySlice<UInt8>

  /// Digits that begin with a calling code.
  private static func international(_ digits: Digits) -> [UInt8]? {
    guard digits.count <= 15 + 3, let plan = NumberingPlan.plan(callingCodeOf: digits) else {
      return nil
    }
    return plan.number(digits.dropFirst(plan.callingCode.count))
  }

  /// Digits as dialled within a region: abroad, at home, or with the calling code but no plus.
  private static func domestic(_ digits: Digits, _ plan: NumberingPlan?) -> [UInt8]? {
    if let prefix = plan?.internationalPrefix, digits.starts(with: prefix.utf8) {
      let abroad = digits.dropFirst(prefix.utf8.count)
      if let number = international(abroad) { return number }
      // Brazil dials a carrier after "00".
      if let carrier = plan?.carrier(before: abroad) {
        return international(abroad.dropFirst(carrier))
      }
      return nil
    }
    guard let plan else { return nil }
    if let number = plan.number(digits) { return number }
    guard digits.starts(with: plan.callingCode) else { return nil }
    return plan.number(digits.dropFirst(plan.callingCode.count))
  }
}

extension PhoneNumber: CustomStringConvertible {
  package var description: String {
    e164
  }
}

// MARK: - Reading what is written

/// The digits of a number as written, and whether they begin with a calling code.
private struct Written {
  private(set) var digits: [UInt8] = []
  private(set) var isInternational = false

  /// Nil when there is anything in it that does not belong to a number.
  init?(_ input: String) {
    var text = input[...]
    for scheme in ["tel:", "whatsapp:", "callto:"] where text.lowercased().hasPrefix(scheme) {
      text = text.dropFirst(scheme.count)
    }
    // RFC 3966 parameters, such as an extension, come after a semicolon.
    text = text.prefix { $0 != ";" }
    // A WhatsApp id is the international number before an "@".
    for host in ["@s.whatsapp.net", "@c.us"] where text.hasSuffix(host) {
      text = text.dropLast(host.count)
      isInternational = true
    }
    for scalar in text.unicodeScalars {
      guard take(scalar) else { return nil }
    }
  }

  /// False when the scalar has no place in a number.
  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "0"..."9": digits.append(UInt8(scalar.value))
    case "+", "\u{FF0B}":
      guard digits.isEmpty, !isInternational else { return false }
      isInternational = true
    case " ", "-", ".", "(", ")", "/", "\u{2010}"..."\u{2015}", "\u{2212}", "\u{A0}", "\u{202F}",
      "\t":
      break
    case "\u{200B}"..."\u{200F}", "\u{202A}"..."\u{202E}", "\u{2060}"..."\u{2069}", "\u{FEFF}":
      break  // Invisible marks, which come along when a number is copied from WhatsApp.
    case "x", "X", "*":
      // "0XX41": two letters, or asterisks, stand for whichever carrier; they follow the trunk zero.
      return digits.last == UInt8(ascii: "0") && digits.count <= 3
    default:
      // Digits of other scripts.
      guard scalar.properties.numericType == .decimal, let value = scalar.properties.numericValue
      else { return false }
      digits.append(UInt8(ascii: "0") + UInt8(value))
    }
    return true
  }
}
