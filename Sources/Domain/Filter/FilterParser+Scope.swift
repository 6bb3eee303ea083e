extension FilterParser {
  /// What may stand in the brackets behind a figure.
  struct ScopeItems: OptionSet {
    let rawValue: Int

    static let product = ScopeItems(rawValue: 1)
    static let window = ScopeItems(rawValue: 2)
    static let all: ScopeItems = [.product, .window]
  }

  mutating func scope(of kind: FilterFigure.Kind) throws(Problem) -> FilterScope {
    var items: ScopeItems = []
    if kind.takesProduct { items.insert(.product) }
    if kind.takesWindow { items.insert(.window) }
    guard kind.needsProduct || kind.needsLength else { return try scope(takes: items) }
    guard here.kind == .sign("(") else { throw expected(.word("(")) }
    let scope = try scope(takes: items, needsLength: kind.needsLength)
    if kind.needsProduct && scope.category == nil && scope.product == nil {
      throw expected([.word("category:"), .word("product:")], at: previous)
    }
    if kind.needsLength && scope.window?.length == nil {
      throw expected([.kind(.length)], at: previous)
    }
    return scope
  }

  mutating func scope(
    takes items: ScopeItems, needsLength: Bool = false
  ) throws(Problem) -> FilterScope {
    var scope = FilterScope()
    guard !items.isEmpty, take(sign: "(") else { return scope }
    if take(sign: ")") { return scope }
    repeat {
      try item(of: &scope, takes: items, needsLength: needsLength)
    } while take(sign: ",")
    try need(sign: ")")
    return scope
  }

  private mutating func item(
    of scope: inout FilterScope, takes items: ScopeItems, needsLength: Bool
  ) throws(Problem) {
    let open = items.contains(.product)
    if open && scope.category == nil && take(word: "category") {
      try need(sign: ":")
      scope.category = try text()
    } else if open && scope.product == nil && take(word: "product") {
      try need(sign: ":")
      scope.product = try text()
    } else if items.contains(.window) && scope.window == nil,
      let window = try window(needsLength: needsLength)
    {
      scope.window = window
    } else {
      var expectations: [FilterExpectation] = []
      if open && scope.category == nil { expectations.append(.word("category:")) }
      if open && scope.product == nil { expectations.append(.word("product:")) }
      if items.contains(.window) && scope.window == nil {
        expectations.append(.kind(needsLength ? .length : .window))
      }
      throw expected(expectations.isEmpty ? [.word(")")] : expectations)
    }
  }

  /// Nil where none begins here.
  private mutating func window(needsLength: Bool) throws(Problem) -> FilterWindow? {
    if take(word: "last") { return .last(try duration()) }
    if take(word: "previous") { return .previous(try duration()) }
    if needsLength { return nil }
    if take(word: "since") { return .since(try day()) }
    guard take(word: "from") else { return nil }
    let from = try day()
    try need(word: "to")
    let token = here
    let to = try day()
    // Nothing lies between them; an old filter that says so goes on finding nothing.
    guard from < to || isStored else { throw expected([.kind(.laterDay)], at: token) }
    return .between(from, to)
  }

  private mutating func day() throws(Problem) -> FilterDate {
    guard case .date(let date) = here.kind else { throw expected(.kind(.day)) }
    advance()
    return date
  }
}
