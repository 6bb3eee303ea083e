/// A currency, by its three letters (ISO 4217).
package struct Currency: Hashable, Sendable {
  package let code: String
  /// Decimals of its minor unit.
  package let digits: Int

  /// The largest amount of one fact, in minor units.
  package static let largestAmount: Int64 = 1_000_000_000_000_000

  /// Reads what somebody names: one that is in use, in letters of any case.
  package init(_ text: String) throws(Problem) {
    let code = text.trimmed.uppercased()
    guard Self.inUse.contains(code) else { throw .currencyUnknown(text) }
    self.init(recorded: code)
  }

  /// One that the ledger has recorded, whatever it is.
  package init(recorded code: String) {
    self.code = code
    digits =
      Self.withoutDecimals.contains(code) ? 0 : Self.withThreeDecimals.contains(code) ? 3 : 2
  }

  /// Those of national currencies and units of account in list one of ISO 4217, as of 2026.
  private static let inUse = Set(
    """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP \
    BYN BZD CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR \
    FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES \
    KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR \
    MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF \
    SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS \
    UAH UGX USD USN UYI UYU UYW UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
    """.split(separator: " ").map(String.init))

  private static let withoutDecimals: Set<String> = [
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND",
    "VUV", "XAF", "XOF", "XPF",
  ]
  private static let withThreeDecimals: Set<String> = [
    "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND",
  ]
}

/// A number written in decimals, exactly: `mantissa` divided by 10 to the power of `scale`.
package struct Decimals: Hashable, Sendable {
  package let mantissa: Int64
  package let scale: Int

  /// Reads digits with at most one point or comma: "12.95", "-0,001", "5"; nil for anything else, and
  /// for more than 18 digits.
  package init?(_ text: String) {
    var mantissa: Int64 = 0
    var scale = 0
    var digits = 0
    var hasPoint = false
    var bytes = Substring(text).utf8[...]
    let isNegative = bytes.first == UInt8(ascii: "-")
    if isNegative || bytes.first == UInt8(ascii: "+") { bytes.removeFirst() }
    for byte in bytes {
      switch byte {
      case 0x30...0x39:
        digits += 1
        guard digits <= 18 else { return nil }
        mantissa = mantissa * 10 + Int64(byte - 0x30)
        if hasPoint { scale += 1 }
      case UInt8(ascii: "."), UInt8(ascii: ","):
        guard !hasPoint else { return nil }
        hasPoint = true
      default: return nil
      }
    }
    guard digits > 0 else { return nil }
    self.mantissa = isNegative ? -mantissa : mantissa
    self.scale = scale
  }

  /// 10 to so many.
  package static func power(_ exponent: Int) -> Int128 {
    (0..<exponent).reduce(1) { value, _ in value * 10 }
  }

  /// The number in units of which `digits` decimals make one, rounded half to even; nil where it is too
  /// large.
  package func units(digits: Int) -> Int64? {
    Self.scaled(Int128(mantissa), by: digits - scale).flatMap(Int64.init(exactly:))
  }

  /// `value` times 10 to the power of `exponent`, rounded half to even; nil where it is too large.
  package static func scaled(_ value: Int128, by exponent: Int) -> Int128? {
    var value = value
    if exponent >= 0 {
      for _ in 0..<exponent {
        let (product, isTooLarge) = value.multipliedReportingOverflow(by: 10)
        if isTooLarge { return nil }
        value = product
      }
      return value
    }
    var divisor: Int128 = 1
    for _ in 0..<(-exponent) {
      let (product, isTooLarge) = divisor.multipliedReportingOverflow(by: 10)
      if isTooLarge { return 0 }
      divisor = product
    }
    let (quotient, rest) = value.magnitude.quotientAndRemainder(dividingBy: divisor.magnitude)
    let twice = rest * 2
    let isUp = twice > divisor.magnitude || (twice == divisor.magnitude && quotient % 2 == 1)
    let result = Int128(quotient + (isUp ? 1 : 0))
    return value < 0 ? -result : result
  }
}

/// Turns amounts of one currency into those of another, at a rate that was given.
struct Exchange {
  private let rate: Decimals
  private let shift: Int

  /// - Parameter rate: how much of `to` one of `from` is worth, in decimals.
  init(from: Currency, to: Currency, rate: String) throws(Problem) {
    guard let parsed = Decimals(rate), parsed.mantissa > 0 else {
      throw .parameterUnreadable(name: "rate", value: rate, expected: "5.4321")
    }
    self.rate = parsed
    shift = to.digits - from.digits - parsed.scale
  }

  /// Minor units for minor units, rounded half to even.
  func callAsFunction(_ amount: Int64) throws(Problem) -> Int64 {
    let product = Int128(amount) * Int128(rate.mantissa)
    guard let scaled = Decimals.scaled(product, by: shift), let result = Int64(exactly: scaled),
      (-Currency.largestAmount...Currency.largestAmount).contains(result)
    else { throw .amountOutOfRange(amount) }
    return result
  }
}
