/// A figure, exactly: in whole units, minor units of money, microseconds, or as a share of 1.
package struct ExactFigure: Hashable, Sendable {
  package var numerator: Int128
  /// Always more than 0.
  package var denominator: Int128

  init(_ numerator: Int128, over denominator: Int128 = 1) {
    self.numerator = numerator
    self.denominator = denominator
  }

  init(_ numerator: Int) {
    self.init(Int128(numerator))
  }

  /// So many in a length of time, per 30 days.
  static func rate(_ count: Int, in length: Int64) -> Self {
    let month = 30 * FilterDuration.Unit.day.microseconds
    // Lengths are whole seconds; in seconds the parts stay small.
    return Self(Int128(count) * Int128(month / 1_000_000), over: Int128(length / 1_000_000))
  }
}

extension ExactFigure {
  /// With its parts in 64 bits, where they are not larger.
  var narrow: (exact: ExactFigure, parts: (Int64, Int64)?) {
    guard let numerator = Int64(exactly: numerator), let denominator = Int64(exactly: denominator)
    else { return (self, nil) }
    return (self, (numerator, denominator))
  }
}

extension ExactFigure {
  /// The greatest whole number that is not greater, and whether it is the figure itself.
  var floor: (value: Int128, isWhole: Bool) {
    let (quotient, rest) = numerator.quotientAndRemainder(dividingBy: denominator)
    return (rest < 0 ? quotient - 1 : quotient, rest == 0)
  }
}

extension ExactFigure: Comparable {
  /// Parts are kept so small by what may be written that no product overflows.
  package static func < (a: Self, b: Self) -> Bool {
    a.numerator * b.denominator < b.numerator * a.denominator
  }

  package static func == (a: Self, b: Self) -> Bool {
    a.numerator * b.denominator == b.numerator * a.denominator
  }

  package func hash(into hasher: inout Hasher) {
    // Equal values may be written differently; few are ever hashed.
    hasher.combine(numerator / denominator)
  }
}
