import TestSupport

@testable import Domain

/// Filters as nobody would write them, of every shape; the same seed gives the same ones.
struct RandomFilters {
  var chance: Chance
  /// Numbers of tags are drawn up to this one.
  var tags: Int32 = 6
  /// Texts of whatever signs, or only names that may be met.
  var isWild = false

  init(seed: UInt64, isWild: Bool = false) {
    chance = Chance(seed: seed)
    self.isWild = isWild
  }

  mutating func filter() -> Filter {
    Filter(part(4))
  }

  private mutating func part(_ depth: Int) -> FilterPart {
    guard depth > 0, chance.happens(2, of: 3) else {
      return chance.happens(1, of: 20) ? .everyone : .condition(condition())
    }
    switch chance.number(0...5) {
    case 0, 1: return .all(parts(depth, 2...3))
    case 2, 3: return .any(parts(depth, 2...3))
    case 4: return .not(part(depth - 1))
    default:
      return .group(chance.pick(FilterPart.Grouping.allCases), parts(depth, 1...3))
    }
  }

  private mutating func parts(_ depth: Int, _ count: ClosedRange<Int>) -> [FilterPart] {
    (0..<chance.number(count)).map { _ in part(depth - 1) }
  }

  private mutating func condition() -> FilterCondition {
    switch chance.number(0...16) {
    case 0, 1, 2: .tag(tag())
    case 3: .tagged(tag(), order(), duration())
    case 4: .source(textTest())
    case 5: isWild ? .rfm(textTest()) : .tag(tag())
    case 6:
      isWild
        ? .personal(FilterPersonalTest(chance.pick(FilterPersonalTest.Field.allCases), text()))
        : .shipped
    case 7: .bought(scope(takesProduct: true, takesWindow: true))
    case 8: .firstOrderWithin(duration())
    case 9: .paidWithin(duration(), unshipped: chance.happens(1, of: 2))
    case 10: .shipped
    case 11: chance.happens(1, of: 2) ? .answered(broadcast()) : .received(broadcast())
    case 12: .sample(decimal(100, 2), seed: UInt32(chance.number(0...9)))
    case 13: .missing(figure(), isMissing: chance.happens(1, of: 2))
    default: comparison()
    }
  }

  private mutating func comparison() -> FilterCondition {
    let figure = figure()
    let measure = figure.kind.measure
    let comparison =
      measure == .days || measure == .time ? order() : chance.pick(FilterComparison.allCases)
    guard figure.kind.grows || chance.happens(3, of: 4) else {
      return .compare(figure, comparison, .figure(like(figure), percent: percent()))
    }
    let operand: FilterOperand =
      switch measure {
      case .count: .number(FilterDecimal(mantissa: Int64(chance.number(0...4)))!)
      case .money: .number(decimal(500, 2))
      case .share: .percent(decimal(100, 2))
      case .rate: .number(decimal(10, 4))
      case .time: .duration(duration())
      case .days: chance.happens(1, of: 2) ? .duration(duration()) : .number(decimal(90, 4))
      }
    return .compare(figure, comparison, operand)
  }

  private mutating func percent() -> FilterDecimal? {
    chance.happens(1, of: 2) ? decimal(300, 2) : nil
  }

  private mutating func figure() -> FilterFigure {
    let kind = chance.pick(FilterFigure.Kind.allCases)
    return FilterFigure(kind, scope(of: kind))
  }

  private mutating func like(_ figure: FilterFigure) -> FilterFigure {
    let kinds = FilterFigure.Kind.allCases.filter {
      $0.measure == figure.kind.measure && !$0.grows
    }
    let kind = chance.pick(kinds)
    return FilterFigure(kind, scope(of: kind))
  }

  private mutating func scope(of kind: FilterFigure.Kind) -> FilterScope {
    var scope = scope(takesProduct: kind.takesProduct, takesWindow: kind.takesWindow)
    if kind.needsProduct && scope.category == nil { scope.category = category() }
    if kind.needsLength { scope.window = .last(duration()) }
    return scope
  }

  private mutating func scope(takesProduct: Bool, takesWindow: Bool) -> FilterScope {
    var scope = FilterScope()
    if takesProduct && chance.happens(1, of: 3) { scope.category = category() }
    if takesProduct && chance.happens(1, of: 6) { scope.product = category() }
    if takesWindow && chance.happens(1, of: 2) { scope.window = window() }
    return scope
  }

  private mutating func window() -> FilterWindow {
    switch chance.number(0...3) {
    case 0, 1: .last(duration())
    case 2: .previous(duration())
    default:
      chance.happens(1, of: 2) ? .since(day()) : .between(day(), day())
    }
  }

  private mutating func day() -> FilterDate {
    FilterDate("2026-\(chance.number(10...12))-\(chance.number(10...30))")!
  }

  private mutating func duration() -> FilterDuration {
    chance.pick([
      FilterDuration(Int64(chance.number(1...60)), .day)!,
      FilterDuration(Int64(chance.number(1...48)), .hour)!,
      FilterDuration(Int64(chance.number(1...6)), .week)!,
      FilterDuration(Int64(chance.number(1...90)), .minute)!,
      FilterDuration(Int64(chance.number(1...90)), .second)!,
    ])
  }

  private mutating func decimal(_ most: Int, _ places: Int) -> FilterDecimal {
    let decimal = FilterDecimal(mantissa: Int64(chance.number(0...most)))!
    guard chance.happens(1, of: 3) else { return decimal }
    // Three decimals are never written.
    let places = [1, 2, 4].filter { $0 <= places }
    return [1, 2, 4].contains(decimal.places)
      ? decimal
      : chance.pick(
        places.map { places in
          let number = FilterDecimal(mantissa: Int64(chance.number(0...most)), places: places)!
          return number.places == 3 ? decimal : number
        })
  }

  private mutating func order() -> FilterComparison {
    chance.pick(FilterComparison.allCases.filter { !$0.isExact })
  }

  private mutating func tag() -> FilterTag {
    switch chance.number(0...9) {
    case 0: .category(chance.pick(["Produto", "status", "Nada"]))
    case 1: .any
    default: .id(TagID(Int32(chance.number(1...Int(tags)))))
    }
  }

  private mutating func textTest() -> FilterTextTest {
    switch chance.number(0...3) {
    case 0: .equal(text())
    case 1: .unequal(text())
    case 2: .missing
    default: .present
    }
  }

  private mutating func broadcast() -> String {
    isWild ? text() : chance.pick(["natal", "PÁSCOA", "verao"])
  }

  private mutating func category() -> String {
    isWild ? text() : chance.pick(["sapatos", "Brinquedos", "casa", "nada"])
  }

  private mutating func text() -> String {
    guard isWild else { return chance.pick(["Loja", "anuncio ig", "Feira"]) }
    var text = String.UnicodeScalarView()
    for _ in 0..<chance.number(0...6) {
      text.append(
        chance.pick(["a", "Z", " ", "\"", "\\", "”", "»", "\u{301}", "é", "💎", "*", "-", "\n", "%"])
      )
    }
    return String(text)
  }
}
