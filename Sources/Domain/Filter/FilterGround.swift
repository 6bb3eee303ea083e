/// What a filter is held against: everything that it may ask, at one moment.
package struct FilterGround: Sendable {
  package let state: State
  package let now: Timestamp
  /// How many digits the account's currency has behind the point.
  package var currencyDigits: Int
  package var facts: @Sendable (CustomerID) -> CustomerFacts
  /// The number that a category, a product or a broadcast has in the catalogues; nil for a name that no
  /// fact has come with.
  package var categories: @Sendable (String) -> Int32?
  package var products: @Sendable (String) -> Int32?
  package var broadcasts: @Sendable (String) -> Int32?
  /// The key of the RFM group that a customer is in.
  package var rfmGroup: @Sendable (CustomerID) -> String?
  /// The plain text of a sealed field; nil where there is none, or nobody may open it here.
  package var personal: @Sendable (CustomerID, PersonalField) -> String? = { _, _ in nil }
  /// Does shares of a pass over all customers: one after the other, unless somebody who has threads
  /// does them at once.
  package var spread: @Sendable (_ count: Int, _ share: @Sendable (Int) -> Void) -> Void = {
    for index in 0..<$0 { $1(index) }
  }

  package init(_ state: State, at now: Timestamp) {
    self.state = state
    self.now = now
    currencyDigits = (try? Currency(state.facts.currency).digits) ?? 2
    facts = { state.facts(of: $0) }
    let known = state.facts
    categories = { known.categories.index(named: $0) }
    products = { known.products.index(named: $0) }
    broadcasts = { known.broadcasts.index(named: $0) }
    // By thresholds a customer's group is a matter of their own orders; by quantiles whoever asks for
    // many finds the breaks once (`init(_:at:for:)`).
    let isByQuantiles = state.rfm.settings.isByQuantiles
    rfmGroup = { isByQuantiles ? nil : state.rfmGroup(of: $0, at: now)?.key }
  }

  /// The same, at another moment.
  func moved(to now: Timestamp) -> Self {
    var moved = FilterGround(state, at: now)
    moved.currencyDigits = currencyDigits
    moved.facts = facts
    moved.categories = categories
    moved.products = products
    moved.broadcasts = broadcasts
    if state.rfm.settings.isByQuantiles { moved.rfmGroup = rfmGroup }
    moved.personal = personal
    moved.spread = spread
    return moved
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
