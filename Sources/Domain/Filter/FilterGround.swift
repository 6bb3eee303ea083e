/// What a filter is held against: everything that it may ask, at one moment.
///
/// One is made for many customers. It is an object, since a copy of all that it refers to would take
/// longer than to ask it of one of them.
package final class FilterGround: Sendable {
  package let state: State
  package let now: Timestamp
  /// How many digits the account's currency has behind the point.
  let currencyDigits: Int
  /// One after the other, unless somebody who has threads does them at once.
  let spread: Spread
  /// By thresholds a customer's group is a matter of their own orders; by quantiles it depends on
  /// everybody, and has been found out before.
  private let groups: RFMLookup?

  /// - Parameter groups: where RFM groups by quantiles are asked for; without it nobody is in one.
  package init(
    _ state: State, at now: Timestamp, groups: RFMLookup? = nil,
    spread: @escaping Spread = inOrder
  ) {
    self.state = state
    self.now = now
    self.spread = spread
    self.groups = groups
    currencyDigits = Currency(recorded: state.facts.currency).digits
  }

  /// The same, at another moment.
  func moved(to now: Timestamp) -> FilterGround {
    FilterGround(state, at: now, groups: isByQuantiles ? groups : nil, spread: spread)
  }

  // MARK: Names

  /// The number that a category has in the catalogue; nil for a name that no fact has come with.
  func category(named name: String) -> Int32? { state.facts.categories.index(named: name) }
  func product(named name: String) -> Int32? { state.facts.products.index(named: name) }
  func broadcast(named name: String) -> Int32? { state.facts.broadcasts.index(named: name) }

  // MARK: RFM

  /// Whether a customer's group depends on everybody.
  var isByQuantiles: Bool { state.rfm.settings.isByQuantiles }

  /// The key of the RFM group that a customer is in.
  package func rfmGroup(of customer: CustomerID) -> String? {
    if let groups { return groups.key(of: customer) }
    return isByQuantiles ? nil : state.rfmGroup(of: customer, at: now)?.key
  }
}

extension FilterOperand {
  /// What a figure is compared with, where it is no figure itself.
  func value(for measure: FilterFigure.Kind.Measure, currencyDigits: Int) -> ExactFigure? {
    switch self {
    case .number(let number):
      let unit: Int128 =
        switch measure {
        case .money: Int128(FilterDecimal.power(currencyDigits))
        case .days: Int128(FilterDuration.Unit.day.microseconds)
        case .count, .share, .time, .rate: 1
        }
      return ExactFigure(Int128(number.mantissa) * unit, over: Int128(number.scale))
    case .percent(let percent):
      return ExactFigure(Int128(percent.mantissa), over: Int128(percent.scale) * 100)
    case .duration(let duration): return ExactFigure(Int128(duration.microseconds))
    case .figure: return nil
    }
  }
}

extension FilterDecimal {
  /// This many percent of a value.
  func percent(of value: ExactFigure) -> ExactFigure {
    ExactFigure(value.numerator * Int128(mantissa), over: value.denominator * Int128(scale) * 100)
  }

  /// Whether a customer is among this many percent, by a number drawn for them.
  func takes(_ draw: UInt64) -> Bool {
    Int128(draw) * Int128(scale) * 100 < Int128(mantissa) << 64
  }
}

extension CustomerID {
  /// A number that is as good as random, and the same every time (SplitMix64, S. Vigna).
  func draw(seed: UInt32) -> UInt64 {
    var z = UInt64(seed) &* 0xD1B5_4A32_D192_ED03 &+ UInt64(UInt32(bitPattern: rawValue))
    for _ in 0..<2 {
      z &+= 0x9E37_79B9_7F4A_7C15
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      z ^= z >> 31
    }
    return z
  }
}
