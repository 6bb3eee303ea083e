/// How the numbers of one region are dialled and how long they are.
///
/// Lengths are from the regions' national plans, as ITU-T E.164 and libphonenumber's metadata give them.
struct NumberingPlan: Sendable {
  typealias Digits = PhoneNumber.Digits

  /// ASCII digits.
  let callingCode: [UInt8]
  /// What is dialled before a national number and is no part of it.
  var trunks: [String] = ["0"]
  var internationalPrefix: String? = "00"
  /// The digits a national number begins with, and how many it then has; the first that fits counts.
  var lengths: [(prefix: String, digits: ClosedRange<Int>)]
  /// Whether a national number can begin with 0.
  var keepsZero = false
  /// Two-digit codes of carriers, dialled after a trunk or an international prefix.
  var carriers: Set<String> = []
  /// What a region does beyond that to a number without its trunk prefix; nil for no such number.
  var adapt: @Sendable (Digits) -> Digits? = { $0 }

  init(_ callingCode: String, _ lengths: [(prefix: String, digits: ClosedRange<Int>)]) {
    self.callingCode = Array(callingCode.utf8)
    self.lengths = lengths
  }

  init(_ callingCode: String, digits: ClosedRange<Int>) {
    self.init(callingCode, [("", digits)])
  }

  /// Calling code and national number, from national digits with or without a trunk prefix.
  func number(_ digits: Digits) -> [UInt8]? {
    var candidates = [digits]
    for trunk in trunks where digits.starts(with: trunk.utf8) {
      let rest = digits.dropFirst(trunk.utf8.count)
      candidates.append(rest)
      if let carrier = carrier(before: rest) { candidates.append(rest.dropFirst(carrier)) }
    }
    for candidate in candidates {
      if let national = adapt(candidate), accepts(national) {
        return callingCode + national
      }
    }
    return nil
  }

  private func accepts(_ digits: Digits) -> Bool {
    guard let first = digits.first, keepsZero || first != UInt8(ascii: "0") else { return false }
    guard callingCode.count + digits.count <= 15 else { return false }
    guard let rule = lengths.first(where: { digits.starts(with: $0.prefix.utf8) }) else {
      return false
    }
    return rule.digits.contains(digits.count)
  }

  /// How many digits of a carrier's code come first; nil when none does.
  func carrier(before digits: Digits) -> Int? {
    carriers.contains(String(decoding: digits.prefix(2), as: UTF8.self)) ? 2 : nil
  }
}

extension NumberingPlan {
  /// The regions whose national spellings are read, by ISO 3166 code.
  static let all: [String: NumberingPlan] = [
    "AO": NumberingPlan("244", digits: 9).with(trunks: []),
    "AR": Argentina.plan,
    "BE": NumberingPlan("32", [("800", 8...8), ("4", 8...9), ("", 8...8)]),
    "BR": Brazil.plan,
    "CA": northAmerica,
    "CH": NumberingPlan("41", digits: 9),
    "CN": NumberingPlan("86", [("13", 11...11), ("15", 11...11), ("", 10...11)]),
    "DE": NumberingPlan("49", [("15", 10...11), ("16", 10...11), ("17", 10...11), ("", 5...13)]),
    "ES": NumberingPlan("34", digits: 9).with(trunks: []),
    "FR": NumberingPlan("33", digits: 9),
    "GB": NumberingPlan("44", [("800", 7...10), ("16977", 9...10), ("", 10...10)]),
    "HK": NumberingPlan("852", [("800", 9...9), ("900", 8...11), ("", 8...8)]).with(trunks: []),
    "ID": NumberingPlan(
      "62", [("21", 9...10), ("800", 8...11), ("8", 9...12), ("", 8...11)]),
    "IL": NumberingPlan("972", [("1", 7...10), ("5", 9...9), ("7", 9...9), ("", 8...8)]),
    "IN": NumberingPlan("91", [("1800", 8...13), ("", 10...10)]),
    "IT": NumberingPlan("39", [("0", 6...11), ("3", 9...10), ("", 6...10)])
      .with(trunks: [], keepsZero: true),
    "MX": mexico,
    "MZ": NumberingPlan("258", [("8", 9...9), ("2", 8...8)]).with(trunks: []),
    "NG": NumberingPlan("234", [("800", 10...11), ("", 10...10)]),
    "PT": NumberingPlan("351", digits: 9).with(trunks: []),
    "US": northAmerica,
  ]

  /// The plan of a number that begins with its calling code; nil when no region has such a code.
  static func plan(callingCodeOf digits: Digits) -> NumberingPlan? {
    for length in 1...3 where digits.count > length {
      let code = String(decoding: digits.prefix(length), as: UTF8.self)
      if let known = byCallingCode[code] { return known }
      if CallingCodes.contains(code) {
        // Some of these write a zero in front of every number, so a zero is not taken for a trunk.
        return NumberingPlan(code, digits: 4...(15 - length)).with(trunks: [], keepsZero: true)
      }
    }
    return nil
  }

  private static let byCallingCode = Dictionary(
    all.values.map { (String(decoding: $0.callingCode, as: UTF8.self), $0) },
    uniquingKeysWith: { first, _ in first })

  private static let northAmerica = NumberingPlan(
    "1", (2...9).map { (prefix: String($0), digits: 10...10) }
  ).with(trunks: ["1"], internationalPrefix: "011")

  /// Mobile numbers were written with a 1 in front until 2019, and WhatsApp still has them so.
  private static let mexico = NumberingPlan("52", digits: 10)
    .with(trunks: ["01", "044", "045", "1"])

  func with(
    trunks: [String]? = nil, internationalPrefix: String? = nil, keepsZero: Bool = false,
    carriers: Set<String> = [], adapt: (@Sendable (Digits) -> Digits?)? = nil
  ) -> NumberingPlan {
    var plan = self
    plan.trunks = trunks ?? plan.trunks
    plan.internationalPrefix = internationalPrefix ?? plan.internationalPrefix
    plan.keepsZero = keepsZero
    plan.carriers = carriers
    plan.adapt = adapt ?? plan.adapt
    return plan
  }

  init(_ callingCode: String, digits: Int) {
    self.init(callingCode, digits: digits...digits)
  }
}
