/// One word or sign of a filter.
struct FilterToken: Hashable, Sendable {
  var kind: Kind
  /// Where it begins, in Unicode scalars from 0.
  var position: Int
  /// As written, for errors.
  var source: String

  enum Kind: Hashable, Sendable {
    /// In lower case, beside which the word as written stands in `source`.
    case word(String)
    /// Between quotation marks.
    case text(String)
    case number(FilterDecimal)
    case duration(FilterDuration)
    case date(FilterDate)
    case sign(String)
    case comparison(FilterComparison)
    case end
    /// What is nothing of the language: a stray sign, a text without its end, too long a number.
    case stray
  }
}

/// Cuts a filter into words and signs.
///
/// It goes by Unicode scalars: a quotation mark and an accent that follows it are one character.
struct FilterLexer {
  let scalars: [Unicode.Scalar]
  private var index = 0

  init(_ text: String) throws(Problem) {
    // Bytes first: counting the characters of an absurd text would take long.
    guard text.utf8.count <= FilterLimit.characters.value * 8,
      text.count <= FilterLimit.characters.value
    else { throw .filterTooLarge(.characters) }
    scalars = Array(text.unicodeScalars)
  }

  mutating func tokens() -> [FilterToken] {
    var tokens: [FilterToken] = []
    while true {
      let token = next()
      tokens.append(token)
      if token.kind == .end { return tokens }
    }
  }

  private mutating func next() -> FilterToken {
    while let here = peek(), here.properties.isWhitespace { index += 1 }
    let start = index
    let kind = nextKind()
    return FilterToken(kind: kind, position: start, source: text(from: start))
  }

  private func peek(_ offset: Int = 0) -> Unicode.Scalar? {
    index + offset < scalars.count ? scalars[index + offset] : nil
  }

  private func text(from start: Int) -> String {
    String(String.UnicodeScalarView(scalars[start..<index]))
  }

  private mutating func nextKind() -> FilterToken.Kind {
    guard let first = peek() else { return .end }
    switch first {
    case "\"": return quoted(until: ["\""])
    case "“", "”": return quoted(until: ["”", "\""])
    case "«": return quoted(until: ["»"])
    case "(", ")", ",", ":", "~", "%", "#":
      index += 1
      return .sign(String(first))
    case "<", ">", "=", "!", "≤", "≥", "≠": return comparison()
    case "0"..."9": return number()
    case let letter where letter.isWordPart: return word()
    default:
      index += 1
      return .stray
    }
  }

  private mutating func comparison() -> FilterToken.Kind {
    let start = index
    index += 1
    if peek() == "=" {
      index += 1
      if let comparison = FilterComparison(rawValue: text(from: start)) {
        return .comparison(comparison)
      }
      index -= 1
    }
    switch scalars[start] {
    case "≤": return .comparison(.lessOrEqual)
    case "≥": return .comparison(.greaterOrEqual)
    case "≠": return .comparison(.unequal)
    default:
      return FilterComparison(rawValue: text(from: start)).map { .comparison($0) } ?? .stray
    }
  }

  private mutating func word() -> FilterToken.Kind {
    let start = index
    while let here = peek(), here.isWordPart { index += 1 }
    return .word(text(from: start).lowercased())
  }

  /// Up to the closing mark; `\"` and `\\` stand for the marks themselves.
  private mutating func quoted(until closing: [Unicode.Scalar]) -> FilterToken.Kind {
    index += 1
    var text = String.UnicodeScalarView()
    while let here = peek() {
      index += 1
      if closing.contains(here) { return .text(String(text)) }
      if here == "\\", let next = peek(), next == "\"" || next == "\\" {
        text.append(next)
        index += 1
      } else {
        text.append(here)
      }
    }
    return .stray
  }

  /// `90`, `2.5`, `24h`, `2026-11-22`.
  private mutating func number() -> FilterToken.Kind {
    let start = index
    while let here = peek(), here.isDigit || here == "-" { index += 1 }
    var digits = text(from: start)
    if digits.contains("-") { return FilterDate(digits).map { .date($0) } ?? .stray }
    var places = 0
    if peek() == ".", let after = peek(1), after.isDigit {
      index += 1
      while let here = peek(), here.isDigit {
        digits.unicodeScalars.append(here)
        places += 1
        index += 1
      }
    }
    let unit = index
    while let here = peek(), here.isWordPart { index += 1 }
    guard digits.utf8.count <= FilterDecimal.digitLimit, let mantissa = Int64(digits) else {
      return .stray
    }
    if unit < index {
      let unit = FilterDuration.Unit(rawValue: text(from: unit).lowercased())
      guard places == 0, let unit else { return .stray }
      return FilterDuration(mantissa, unit).map { .duration($0) } ?? .stray
    }
    // "15.000" is fifteen thousand to some, and fifteen to others: nobody is to guess.
    guard places != 3 else { return .stray }
    return FilterDecimal(mantissa: mantissa, places: places).map { .number($0) } ?? .stray
  }
}

extension Unicode.Scalar {
  fileprivate var isDigit: Bool { ("0"..."9").contains(self) }

  /// What a word is made of; a tag's name may so be written without quotation marks.
  fileprivate var isWordPart: Bool {
    if isASCII { return isDigit || properties.isAlphabetic || "_-*".unicodeScalars.contains(self) }
    switch properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber: return true
    default: return properties.isAlphabetic
    }
  }
}
