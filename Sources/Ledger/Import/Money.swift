import Domain

/// How many, or how much, of something a line of an order is about.
struct Quantity {
  static let one = Quantity(mantissa: 1, scale: 0)

  let mantissa: Int64
  let scale: Int

  /// A number as people write it: `12`, `-1`, `0,25`.
  init?(_ text: String) {
    guard let number = Decimals(text) else { return nil }
    self.init(mantissa: number.mantissa, scale: number.scale)
  }

  private init(mantissa: Int64, scale: Int) {
    self.mantissa = mantissa
    self.scale = scale
  }

  /// What the line is recorded with, which is whole: a piece of 0.25 kg is one, and what comes back is
  /// less than none. The amount is exact in any case.
  func pieces() throws(Problem) -> Int32 {
    let (whole, rest) = mantissa.quotientAndRemainder(dividingBy: Int64(Decimals.power(scale)))
    guard let pieces = Int32(exactly: rest == 0 ? whole : mantissa.signum()) else {
      throw .amountOutOfRange(whole)
    }
    return pieces
  }
}

/// Amounts on their way in, before they are rounded to the currency's minor units.
enum Money {
  /// Digits behind the point: those of a price and of a quantity together.
  private static let digits = 12
  /// More than any amount that is taken, and little enough that no sum of a file's overflows.
  private static let limit = Int128(Currency.largestAmount) * Decimals.power(digits)

  /// In parts of the currency's unit.
  ///
  /// - Throws: `amountOutOfRange`
  static func exact(_ price: Decimals, times quantity: Quantity) throws(Problem) -> Int128 {
    let (product, isOver) = Int128(price.mantissa)
      .multipliedReportingOverflow(by: Int128(quantity.mantissa))
    guard !isOver, let amount = Decimals.scaled(product, by: digits - price.scale - quantity.scale),
      (-limit...limit).contains(amount)
    else { throw .amountOutOfRange(.max) }
    return amount
  }

  /// Rounded half to even, once.
  static func minor(_ amount: Int128, of currency: Currency) throws(Problem) -> Int64 {
    guard let units = Decimals.scaled(amount, by: currency.digits - digits),
      (-Int128(Currency.largestAmount)...Int128(Currency.largestAmount)).contains(units)
    else { throw .amountOutOfRange(.max) }
    return Int64(units)
  }
}
