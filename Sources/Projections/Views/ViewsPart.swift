/// What of the views a file holds: to check them, several are built at once, each by a core of its own.
package enum ViewsPart: Hashable, Sendable {
  case whole
  /// All but which events concern which customer.
  case rest
  /// The events that concern the customers of these numbers, and nothing else.
  case customers(ClosedRange<UInt32>)

  /// Parts that together are the whole, of about the same work for so many customers.
  package static func parts(_ count: Int, customers: Int) -> [ViewsPart] {
    guard count > 1 else { return [.whole] }
    let others = UInt32(count - 1)
    let step = UInt32(customers) / others + 1
    return [.rest]
      + (0..<others).map { .customers($0 * step + 1...($0 == others - 1 ? .max : ($0 + 1) * step)) }
  }

  /// Whether it holds anything besides the events of customers.
  var hasRest: Bool {
    if case .customers = self { false } else { true }
  }

  /// The customers whose events it holds; nil for none.
  var customers: ClosedRange<UInt32>? {
    switch self {
    case .whole: 1...UInt32.max
    case .rest: nil
    case .customers(let range): range
    }
  }
}
