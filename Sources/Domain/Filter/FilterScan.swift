/// A filter made ready for a pass over all customers: tags as bit sets, facts as figures of columns.
///
/// Parts that cost less stand before those that cost more.
indirect enum FilterScan: Sendable {
  case all([FilterScan])
  case any([FilterScan])
  case not(FilterScan)
  case set(CustomerSet)
  case leaf(FilterLeaf)

  /// Everybody, and nobody.
  static let everyone = FilterScan.all([])
  static let nobody = FilterScan.any([])

  /// - Parameter assumed: what a condition on a sealed field is taken for, since no scan can open one:
  ///   true gives all who may match. Below a `not` it is the opposite.
  init(_ part: FilterPart, on ground: FilterGround, assumed: Bool = true) {
    func made(_ parts: [FilterPart]) -> [FilterScan] {
      parts.map { FilterScan($0, on: ground, assumed: assumed) }
        .enumerated().sorted { ($0.element.cost, $0.offset) < ($1.element.cost, $1.offset) }
        .map(\.element)
    }
    switch part {
    case .everyone: self = .everyone
    case .all(let parts), .group(.all, let parts): self = .all(made(parts))
    case .any(let parts), .group(.any, let parts): self = .any(made(parts))
    case .group(.none, let parts):
      self = FilterScan(.not(.any(parts)), on: ground, assumed: assumed)
    case .not(let part): self = .not(FilterScan(part, on: ground, assumed: !assumed))
    case .condition(let condition):
      self = FilterScan(condition, on: ground, assumed: assumed)
    }
  }

  /// Whether it is nothing but sets.
  var isSets: Bool {
    switch self {
    case .all(let parts), .any(let parts): parts.allSatisfy(\.isSets)
    case .not(let part): part.isSets
    case .set: true
    case .leaf: false
    }
  }

  /// What it reads of every customer.
  var columns: FactColumns {
    switch self {
    case .all(let parts), .any(let parts): parts.reduce(into: []) { $0.formUnion($1.columns) }
    case .not(let part): part.columns
    case .set: []
    case .leaf(let leaf): leaf.columns
    }
  }

  private var cost: Int {
    switch self {
    case .all(let parts), .any(let parts): parts.reduce(0) { $0 + $1.cost }
    case .not(let part): part.cost
    case .set: 1
    case .leaf(let leaf): leaf.cost
    }
  }

  // MARK: Conditions

  private init(_ condition: FilterCondition, on ground: FilterGround, assumed: Bool) {
    let state = ground.state
    switch condition {
    case .tag(let tag): self = Self.union(state.meant(by: tag).map { state.members(of: $0) })
    case .tagged(let tag, let comparison, let duration):
      self = Self.union(
        state.meant(by: tag).map { tag in
          CustomerSet(
            state.members(of: tag).lazy.filter { customer in
              guard let since = state.tagged(tag, customer) else { return false }
              return comparison.holds(
                ground.now.rawValue - since.rawValue, duration.microseconds)
            })
        })
    case .personal: self = assumed ? .everyone : .nobody
    case .source(let test): self = .leaf(.channel(Self.channels(test, in: state)))
    case .rfm(let test): self = .leaf(.group(test, ground.rfmGroup(of:)))
    case .sample(let share, let seed): self = .leaf(.draw(share, seed: seed))
    default: self = .leaf(FilterLeaf(facts: condition, on: ground))
    }
  }

  private static func union(_ sets: [CustomerSet]) -> FilterScan {
    sets.count == 1 ? .set(sets[0]) : .any(sets.map(FilterScan.set))
  }

  /// For each channel, by its number, whether it passes; the first is none.
  private static func channels(_ test: FilterTextTest, in state: State) -> [Bool] {
    state.channels.texts.indices.map { test.holds(state.channels[Int32($0)]) }
  }
}

/// One condition that looks at each customer by themselves.
enum FilterLeaf: Sendable {
  case channel([Bool])
  case draw(FilterDecimal, seed: UInt32)
  case group(FilterTextTest, @Sendable (CustomerID) -> String?)
  case never
  /// A figure that lies within bounds, or, the other way round, does not.
  case within(FactKernel, ClosedRange<Int64>, isInside: Bool)
  case compare(FactKernel, FilterComparison, ExactFigure)
  case figures(FactKernel, FilterComparison, FactKernel, FilterDecimal?)
  case missing(FactKernel, isMissing: Bool)
  case paid(FactKernel, since: Int64, unshipped: Bool)
  case shipped(FactKernel)
  case broadcast(FactKernel, Int32, answered: Bool)

  init(facts condition: FilterCondition, on ground: FilterGround) {
    func kernel(_ kind: FilterFigure.Kind, _ scope: FilterScope = FilterScope()) -> FactKernel {
      FactKernel(FilterFigure(kind, scope), on: ground)
    }
    switch condition {
    case .compare(let figure, let comparison, .figure(let other, let percent)):
      self = .figures(
        kernel(figure.kind, figure.scope), comparison, kernel(other.kind, other.scope), percent)
    case .compare(let figure, let comparison, let operand):
      let limit = operand.value(
        for: figure.kind.measure, currencyDigits: ground.currencyDigits)!
      self = Self.limited(kernel(figure.kind, figure.scope), comparison, limit)
    case .missing(let figure, let isMissing):
      self = .missing(kernel(figure.kind, figure.scope), isMissing: isMissing)
    case .bought(let scope):
      self = .within(kernel(.orders, scope), 1...Int64.max, isInside: true)
    case .firstOrderWithin(let duration):
      self = .within(
        kernel(.daysSinceFirstOrder), 0...duration.microseconds, isInside: true)
    case .paidWithin(let duration, let unshipped):
      let since = ground.now.rawValue - duration.microseconds
      self = .paid(kernel(.orders), since: since, unshipped: unshipped)
    case .shipped: self = .shipped(kernel(.orders))
    case .answered(let name), .received(let name):
      guard let broadcast = ground.broadcast(named: name) else {
        self = .never
        return
      }
      var isAnswer = false
      if case .answered = condition { isAnswer = true }
      self = .broadcast(kernel(.broadcasts), broadcast, answered: isAnswer)
    case .tag, .tagged, .source, .rfm, .personal, .sample: self = .never
    }
  }

  /// What it reads of every customer.
  var columns: FactColumns {
    switch self {
    case .within(let kernel, _, _), .compare(let kernel, _, _), .missing(let kernel, _),
      .paid(let kernel, _, _), .shipped(let kernel), .broadcast(let kernel, _, _):
      kernel.columns
    case .figures(let kernel, _, let other, _): kernel.columns.union(other.columns)
    case .channel, .draw, .group, .never: []
    }
  }

  /// A figure of whole units lies within bounds; one that is a quotient is compared by the products.
  private static func limited(
    _ kernel: FactKernel, _ comparison: FilterComparison, _ limit: ExactFigure
  ) -> FilterLeaf {
    guard !kernel.isQuotient else { return .compare(kernel, comparison, limit) }
    let (floor, isWhole) = limit.floor
    let ceiling = isWhole ? floor : floor + 1
    let (least, most) = (Int128(Int64.min), Int128(Int64.max))
    switch comparison {
    case .greater: return within(kernel, floor + 1, most)
    case .greaterOrEqual: return within(kernel, ceiling, most)
    case .less: return within(kernel, least, ceiling - 1)
    case .lessOrEqual: return within(kernel, least, floor)
    case .equal: return isWhole ? within(kernel, floor, floor) : .never
    case .unequal:
      guard isWhole, let value = Int64(exactly: floor) else {
        return .missing(kernel, isMissing: false)
      }
      return .within(kernel, value...value, isInside: false)
    }
  }

  /// The limits of what a person writes may lie beyond all that a figure can be; then nobody passes, or
  /// everybody who has it.
  private static func within(
    _ kernel: FactKernel, _ first: Int128, _ last: Int128
  ) -> FilterLeaf {
    let (low, high) = (max(first, Int128(Int64.min)), min(last, Int128(Int64.max)))
    guard low <= high else { return .never }
    return .within(kernel, Int64(low)...Int64(high), isInside: true)
  }

  var cost: Int {
    switch self {
    case .never: 0
    case .channel, .draw: 20
    case .group: 1000
    case .figures(let kernel, _, let other, _): kernel.cost + other.cost
    case .within(let kernel, _, _), .compare(let kernel, _, _), .missing(let kernel, _),
      .paid(let kernel, _, _), .shipped(let kernel), .broadcast(let kernel, _, _):
      kernel.cost
    }
  }
}

extension FactKernel {
  /// Whether its value has a denominator.
  fileprivate var isQuotient: Bool {
    switch kind {
    case .averageOrder, .shareOfOrders, .orderRate, .replyRate, .replyTime, .broadcastReplyRate:
      true
    default: false
    }
  }

  /// What it takes to compute, by what has been measured, roughly.
  fileprivate var cost: Int {
    let perKind =
      switch kind {
      case .daysSinceOrder, .daysSinceFirstOrder: 30
      case .messagesFrom, .messagesTo, .replyRate, .replyTime, .daysSinceMessage: 80
      default: 50
      }
    return category != nil || product != nil ? perKind * 2 : perKind
  }
}
