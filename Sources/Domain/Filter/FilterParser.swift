/// Reads a filter: recursive descent over its words, one step of depth for each bracket and `not`.
///
/// The grammar is `schema/filter.ebnf`.
struct FilterParser {
  private let scalars: [Unicode.Scalar]
  private let tokens: [FilterToken]
  private var next = 0
  private var depth = 0
  private var conditions = 0
  /// Whose tags and groups the names mean; nil where none can be named.
  let state: State?
  /// Whether it is of old: then it may ask for what is not to be written any more.
  let isStored: Bool

  init(_ text: String, in state: State? = nil, isStored: Bool = false) throws(Problem) {
    var lexer = try FilterLexer(text)
    tokens = lexer.tokens()
    scalars = lexer.scalars
    self.state = state
    self.isStored = isStored
  }

  mutating func filter() throws(Problem) -> FilterPart {
    let part = try disjunction()
    guard here.kind == .end else {
      throw expected(.word("and"), .word("or"), .kind(.end))
    }
    return part
  }

  // MARK: Words

  var here: FilterToken { tokens[next] }

  /// The one that has just been read.
  var previous: FilterToken { tokens[max(0, next - 1)] }

  mutating func advance() {
    if next < tokens.count - 1 { next += 1 }
  }

  mutating func take(word: String) -> Bool {
    guard here.kind == .word(word) else { return false }
    advance()
    return true
  }

  mutating func take(sign: String) -> Bool {
    guard here.kind == .sign(sign) else { return false }
    advance()
    return true
  }

  mutating func need(sign: String) throws(Problem) {
    guard take(sign: sign) else { throw expected(.word(sign)) }
  }

  mutating func need(word: String) throws(Problem) {
    guard take(word: word) else { throw expected(.word(word)) }
  }

  /// What is wrong at the present place.
  func expected(_ expectations: FilterExpectation...) -> Problem {
    expected(expectations)
  }

  func expected(_ expectations: [FilterExpectation], at token: FilterToken? = nil) -> Problem {
    let token = token ?? here
    return .filterInvalid(
      position: position(of: token), found: token.source, expected: expectations)
  }

  /// Where a word begins, in characters from 1.
  private func position(of token: FilterToken) -> Int {
    String(String.UnicodeScalarView(scalars[..<token.position])).count + 1
  }

  // MARK: Structure

  private mutating func disjunction() throws(Problem) -> FilterPart {
    var parts = [try conjunction()]
    while take(word: "or") { parts.append(try conjunction()) }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private mutating func conjunction() throws(Problem) -> FilterPart {
    var parts = [try negation()]
    while take(word: "and") { parts.append(try negation()) }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private mutating func negation() throws(Problem) -> FilterPart {
    guard take(word: "not") else { return try primary() }
    return try deeper { (parser) throws(Problem) in .not(try parser.negation()) }
  }

  private mutating func primary() throws(Problem) -> FilterPart {
    if take(sign: "(") {
      let part = try deeper { (parser) throws(Problem) in try parser.disjunction() }
      guard take(sign: ")") else { throw expected(.word(")"), .word("and"), .word("or")) }
      return part
    }
    if case .word(let word) = here.kind, let grouping = FilterPart.Grouping(rawValue: word) {
      advance()
      return try group(grouping)
    }
    conditions += 1
    guard conditions <= FilterLimit.conditions.value else { throw .filterTooLarge(.conditions) }
    return take(word: "everyone") ? .everyone : .condition(try condition())
  }

  private mutating func group(_ grouping: FilterPart.Grouping) throws(Problem) -> FilterPart {
    try need(word: "of")
    try need(sign: "(")
    let parts = try deeper { (parser) throws(Problem) in
      var parts = [try parser.disjunction()]
      while parser.take(sign: ",") { parts.append(try parser.disjunction()) }
      return parts
    }
    guard take(sign: ")") else { throw expected(.word(","), .word(")"), .word("and"), .word("or")) }
    return .group(grouping, parts)
  }

  private mutating func deeper<Result>(
    _ read: (inout FilterParser) throws(Problem) -> Result
  ) throws(Problem) -> Result {
    depth += 1
    guard depth <= FilterLimit.depth.value else { throw .filterTooLarge(.depth) }
    let result = try read(&self)
    depth -= 1
    return result
  }

  // MARK: Tags

  /// `"VIP"`, `VIP`, `"Status-*"`, `"*"`, `#12`, behind `tag:`.
  mutating func tag() throws(Problem) -> FilterTag {
    if take(sign: "#") {
      guard case .number(let number) = here.kind, number.places == 0,
        let id = Int32(exactly: number.mantissa), id > 0
      else { throw expected(.kind(.number)) }
      advance()
      return .id(TagID(id))
    }
    let token = here
    let name = try text(or: .tag)
    if name == "*" { return .any }
    if name.hasSuffix("-*") {
      let category = TagName(recorded: String(name.dropLast())).category
      guard let category else { throw expected([.kind(.tag)], at: token) }
      return try known(token, name) { (_) throws(FilterTagFault) in .category(category) }
    }
    return try known(token, name) { (name) throws(FilterTagFault) in
      guard let state else { throw FilterTagFault(suggestions: []) }
      return try state.filterTag(named: name)
    }
  }

  private func known(
    _ token: FilterToken, _ name: String,
    _ find: (String) throws(FilterTagFault) -> FilterTag
  ) throws(Problem) -> FilterTag {
    do throws(FilterTagFault) {
      return try find(name)
    } catch {
      throw .filterTagUnknown(
        name, position: position(of: token), suggestions: error.suggestions)
    }
  }

  /// A text in quotation marks, or one word without.
  mutating func text(or kind: FilterExpectation.Kind = .text) throws(Problem) -> String {
    switch here.kind {
    case .text(let text):
      advance()
      return text
    case .word:
      let text = here.source
      advance()
      return text
    default: throw expected(.kind(kind))
    }
  }
}

/// A name that no tag has, and those that are like it.
struct FilterTagFault: Error {
  var suggestions: [String]
}
