extension FilterParser {
  /// The words with which a condition that is no figure begins.
  private static let words = [
    "tag", "tagged", "source", "rfm", "need", "attribute", "note", "name", "bought", "shipped",
    "first_order_within", "paid_within", "answered", "received", "random", "everyone",
  ]

  mutating func condition() throws(Problem) -> FilterCondition {
    guard case .word(let word) = here.kind else { throw expected(.kind(.condition)) }
    if let kind = FilterFigure.Kind(rawValue: word) {
      advance()
      return try comparison(of: FilterFigure(kind, try scope(of: kind)))
    }
    guard Self.words.contains(word) else { throw unknown(word) }
    advance()
    switch word {
    case "tag":
      try need(sign: ":")
      return .tag(try tag())
    case "tagged": return try tagged()
    case "source": return .source(try textTest())
    case "rfm":
      return .rfm(try textTest { (parser) throws(Problem) in try parser.group() })
    case "bought": return .bought(try scope(takes: .all))
    case "shipped": return .shipped
    case "first_order_within":
      return .firstOrderWithin(
        try inBrackets { (parser) throws(Problem) in try parser.duration() })
    case "paid_within": return try paidWithin()
    case "answered": return .answered(try broadcast())
    case "received": return .received(try broadcast())
    case "random": return try random()
    default: return .personal(try personal(word))
    }
  }

  /// The words that are like one that means nothing here.
  private func unknown(_ word: String) -> Problem {
    let known = Self.words + FilterFigure.Kind.allCases.map(\.rawValue) + ["not", "any", "none"]
    let near = Likeness.nearest(to: word, among: known, limit: 3)
    return expected(near.isEmpty ? [.kind(.condition)] : near.map(FilterExpectation.word))
  }

  private mutating func inBrackets<Value>(
    _ read: (inout FilterParser) throws(Problem) -> Value
  ) throws(Problem) -> Value {
    try need(sign: "(")
    let value = try read(&self)
    try need(sign: ")")
    return value
  }

  // MARK: Conditions

  private mutating func tagged() throws(Problem) -> FilterCondition {
    try inBrackets { (parser) throws(Problem) in
      try parser.need(word: "tag")
      try parser.need(sign: ":")
      let tag = try parser.tag()
      try parser.need(sign: ",")
      try parser.need(word: "for")
      let comparison = try parser.order()
      return .tagged(tag, comparison, try parser.duration())
    }
  }

  /// - Parameter read: reads what is compared with.
  private mutating func textTest(
    _ read: (inout Self) throws(Problem) -> String = { (parser) throws(Problem) in
      try parser.text()
    }
  ) throws(Problem) -> FilterTextTest {
    if take(word: "is") {
      if take(word: "missing") { return .missing }
      if take(word: "present") { return .present }
      throw expected(.word("missing"), .word("present"))
    }
    switch here.kind {
    case .comparison(.equal):
      advance()
      return .equal(try read(&self))
    case .comparison(.unequal):
      advance()
      return .unequal(try read(&self))
    default: throw expected(.word("="), .word("!="), .word("is missing"), .word("is present"))
    }
  }

  /// The key of an RFM group, which may be written by its name in any language.
  private mutating func group() throws(Problem) -> String {
    let token = here
    let text = try text()
    guard let state else { return text }
    guard let group = state.rfmGroup(named: text) else {
      throw expected(state.rfm.settings.groups.map { .word($0.key) }, at: token)
    }
    return group.key
  }

  private mutating func personal(_ word: String) throws(Problem) -> FilterPersonalTest {
    let field = FilterPersonalTest.Field(rawValue: word)!
    switch field {
    case .need, .attribute: try need(sign: ":")
    case .note, .name: try need(sign: "~")
    }
    return FilterPersonalTest(field, try text())
  }

  private mutating func paidWithin() throws(Problem) -> FilterCondition {
    try inBrackets { (parser) throws(Problem) in
      let duration = try parser.duration()
      guard parser.take(sign: ",") else { return .paidWithin(duration, unshipped: false) }
      try parser.need(word: "not")
      try parser.need(word: "shipped")
      return .paidWithin(duration, unshipped: true)
    }
  }

  private mutating func broadcast() throws(Problem) -> String {
    try inBrackets { (parser) throws(Problem) in
      try parser.need(word: "broadcast")
      try parser.need(sign: ":")
      return try parser.text()
    }
  }

  private mutating func random() throws(Problem) -> FilterCondition {
    try inBrackets { (parser) throws(Problem) in
      let share = try parser.share()
      try parser.need(sign: ",")
      try parser.need(word: "seed")
      try parser.need(sign: ":")
      guard case .number(let seed) = parser.here.kind, seed.places == 0,
        let seed = UInt32(exactly: seed.mantissa)
      else { throw parser.expected(.kind(.number)) }
      parser.advance()
      return .sample(share, seed: seed)
    }
  }

  // MARK: Values

  mutating func duration() throws(Problem) -> FilterDuration {
    guard case .duration(let duration) = here.kind else { throw expected(.kind(.duration)) }
    advance()
    return duration
  }

  /// At most 10,000 %, so that comparing stays exact.
  private mutating func percentage() throws(Problem) -> FilterDecimal {
    guard case .number(let number) = here.kind, number.places <= 2,
      number.mantissa <= 10_000 * number.scale
    else { throw expected(.kind(.percentage)) }
    advance()
    guard take(sign: "%") else { throw expected(.word("%")) }
    return number
  }

  /// A part of something: at most 100 %.
  private mutating func share() throws(Problem) -> FilterDecimal {
    let token = here
    let percent = try percentage()
    try refuseMore(percent, than: 100, .share, at: token)
    return percent
  }

  /// Refuses what can never be meant; what is stored is read as it has always been.
  private func refuseMore(
    _ number: FilterDecimal, than most: Int64, _ kind: FilterExpectation.Kind,
    at token: FilterToken
  ) throws(Problem) {
    guard !isStored, number.mantissa > most * number.scale else { return }
    throw expected([.kind(kind)], at: token)
  }

  /// A comparison of times, which are never equal.
  private mutating func order() throws(Problem) -> FilterComparison {
    guard case .comparison(let comparison) = here.kind, !comparison.isExact else {
      throw expected(.kind(.order))
    }
    advance()
    return comparison
  }

  private mutating func comparison(of figure: FilterFigure) throws(Problem) -> FilterCondition {
    if take(word: "is") {
      if take(word: "missing") { return .missing(figure, isMissing: true) }
      if take(word: "present") { return .missing(figure, isMissing: false) }
      throw expected(.word("missing"), .word("present"))
    }
    let measure = figure.kind.measure
    if measure == .days || measure == .time {
      let comparison = try order()
      return .compare(figure, comparison, try operand(for: figure.kind))
    }
    guard case .comparison(let comparison) = here.kind else { throw expected(.kind(.comparison)) }
    advance()
    return .compare(figure, comparison, try operand(for: figure.kind))
  }

  private mutating func operand(for kind: FilterFigure.Kind) throws(Problem) -> FilterOperand {
    if case .word = here.kind { return .figure(try likeFigure(kind), percent: nil) }
    // "50% of …" may stand for any figure, "80%" alone only for a share.
    if case .number = here.kind, isPercentage {
      let start = here
      let percent = try percentage()
      if take(word: "of") { return .figure(try likeFigure(kind), percent: percent) }
      guard kind.measure == .share else { throw unfit(kind, start) }
      try refuseMore(percent, than: 100, .share, at: start)
      return .percent(percent)
    }
    switch (kind.measure, here.kind) {
    case (.count, .number(let number)) where number.places == 0,
      (.rate, .number(let number)):
      advance()
      return .number(number)
    case (.days, .number(let number)):
      try refuseMore(number, than: FilterDuration.longestDays, .days, at: here)
      advance()
      return .number(number)
    case (.money, .number(let number)) where number.places <= 2:
      advance()
      return .number(number)
    case (.days, .duration(let duration)), (.time, .duration(let duration)):
      advance()
      return .duration(duration)
    default: throw unfit(kind, here)
    }
  }

  private var isPercentage: Bool {
    var copy = self
    copy.advance()
    return copy.here.kind == .sign("%")
  }

  private func unfit(_ kind: FilterFigure.Kind, _ token: FilterToken) -> Problem {
    let value: FilterExpectation.Kind =
      switch kind.measure {
      case .count, .rate, .days: .number
      case .money: .amount
      case .share: .percentage
      case .time: .duration
      }
    return expected([.kind(value)] + (kind.grows ? [] : [.kind(.likeFigure)]), at: token)
  }

  /// Another figure that is counted alike. One that grows with time is compared with values only, so
  /// that the moment at which the answer changes is known.
  private mutating func likeFigure(_ kind: FilterFigure.Kind) throws(Problem) -> FilterFigure {
    guard !kind.grows, case .word(let word) = here.kind else { throw unfit(kind, here) }
    let like = FilterFigure.Kind(rawValue: word)
    guard let like, like.measure == kind.measure, !like.grows else { throw unfit(kind, here) }
    advance()
    return FilterFigure(like, try scope(of: like))
  }
}
