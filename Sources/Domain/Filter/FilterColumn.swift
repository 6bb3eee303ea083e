/// A column of an export that somebody chose.
package enum FilterColumn: Hashable, Sendable {
  case field(Field)
  case figure(FilterFigure)

  /// The raw values are words of the language.
  package enum Field: String, CaseIterable, Hashable, Sendable {
    case id
    case name
    case phone
    case ref
    case source
    case tags
    case notes
    case attributes
    case needs
    case rfm
  }

  /// Reads columns with commas between them: `id, name, tags, spent(last 365d)`.
  package static func columns(_ text: String) throws(Problem) -> [FilterColumn] {
    var parser = try FilterParser(text)
    var columns: [FilterColumn] = []
    repeat {
      columns.append(try parser.column())
    } while parser.take(sign: ",")
    try parser.end()
    guard columns.count <= FilterLimit.columns.value else { throw .filterTooLarge(.columns) }
    return columns
  }

  /// The canonical text.
  package var text: String {
    switch self {
    case .field(let field): field.rawValue
    case .figure(let figure): figure.text
    }
  }

  /// Whether it tells what is sealed.
  package var isPersonal: Bool {
    switch self {
    case .field(.name), .field(.phone), .field(.ref), .field(.notes), .field(.attributes),
      .field(.needs):
      true
    default: false
    }
  }
}

extension FilterFigure {
  /// The canonical text.
  package var text: String { FilterPrinter { _ in nil }.text(self) }

  /// A customer's figure as a cell shows it; empty where it is missing.
  ///
  /// Money in whole units with the currency's decimals, shares in percent, days as they are, other times
  /// in hours, rates as orders per 30 days; each rounded half to even to two decimals.
  package func cell(of customer: CustomerID, on ground: FilterGround) -> String {
    let match = FilterMatch(ground, customer)
    guard let value = match.value(self) else { return "" }
    func text(_ numerator: Int128, per unit: Int128, digits: Int) -> String {
      let scaled = numerator * Int128(FilterDecimal.power(digits))
      return Decimals.text(scaled, over: value.denominator * unit, digits: digits)
    }
    switch kind.measure {
    case .count: return "\(value.numerator)"
    case .money:
      let digits = ground.currencyDigits
      return text(value.numerator, per: Int128(FilterDecimal.power(digits)), digits: digits)
    case .share: return text(value.numerator * 100, per: 1, digits: 2) + "%"
    case .days:
      return text(value.numerator, per: Int128(FilterDuration.Unit.day.microseconds), digits: 2)
    case .time:
      return text(value.numerator, per: Int128(FilterDuration.Unit.hour.microseconds), digits: 2)
    case .rate: return text(value.numerator, per: 1, digits: 2)
    }
  }
}

extension Decimals {
  /// A quotient, rounded half to even, with so many digits of it behind the point.
  fileprivate static func text(_ numerator: Int128, over denominator: Int128, digits: Int) -> String
  {
    let (quotient, rest) = numerator.magnitude.quotientAndRemainder(
      dividingBy: denominator.magnitude)
    let twice = rest * 2
    let isUp =
      twice > denominator.magnitude || (twice == denominator.magnitude && quotient % 2 == 1)
    let rounded = quotient + (isUp ? 1 : 0)
    let sign = numerator < 0 && rounded != 0 ? "-" : ""
    guard digits > 0 else { return "\(sign)\(rounded)" }
    let scale = UInt128(FilterDecimal.power(digits))
    let fraction = "\(rounded % scale)"
    let zeros = String(repeating: "0", count: digits - fraction.count)
    return "\(sign)\(rounded / scale).\(zeros)\(fraction)"
  }
}

extension FilterParser {
  mutating func figure() throws(Problem) -> FilterFigure {
    guard case .word(let word) = here.kind, let kind = FilterFigure.Kind(rawValue: word) else {
      throw unknownFigure(besides: [])
    }
    advance()
    return FilterFigure(kind, try scope(of: kind))
  }

  mutating func column() throws(Problem) -> FilterColumn {
    if case .word(let word) = here.kind, let field = FilterColumn.Field(rawValue: word) {
      advance()
      return .field(field)
    }
    guard case .word(let word) = here.kind, FilterFigure.Kind(rawValue: word) != nil else {
      throw unknownFigure(besides: FilterColumn.Field.allCases.map(\.rawValue))
    }
    return .figure(try figure())
  }

  func end() throws(Problem) {
    guard here.kind == .end else { throw expected(.kind(.end)) }
  }

  private func unknownFigure(besides others: [String]) -> Problem {
    let known = others + FilterFigure.Kind.allCases.map(\.rawValue)
    let near = Likeness.nearest(to: here.source, among: known, limit: 3)
    return expected(near.isEmpty ? [.kind(.figure)] : near.map(FilterExpectation.word))
  }
}
