/// What could have stood at a place in a filter.
///
/// The raw values of kinds are formats: they stand in problems, and each language has words for them.
package enum FilterExpectation: Hashable, Sendable {
  /// This word or sign.
  case word(String)
  case kind(Kind)

  package enum Kind: String, CaseIterable, Hashable, Sendable {
    case condition
    case end
    case text
    case number
    case amount
    case percentage
    case duration
    case day
    /// A number of days, at most a hundred years of them.
    case days
    /// A percentage of at most 100.
    case share
    /// A day behind the one before it.
    case laterDay = "later_day"
    case comparison
    /// `<`, `<=`, `>` or `>=`: a time is never equal to another.
    case order
    case window
    /// A window of a length: `last` or `previous`.
    case length
    /// A figure that is counted alike.
    case likeFigure = "like_figure"
    case tag
    case figure
  }

  /// As a client reads it: the word itself, or the name of the kind.
  package var code: String {
    switch self {
    case .word(let word): word
    case .kind(let kind): "<\(kind.rawValue)>"
    }
  }
}

/// How large a filter may be.
package enum FilterLimit: String, CaseIterable, Hashable, Sendable {
  case characters
  /// Brackets and `not` within each other.
  case depth
  /// `tag:"VIP"`, `orders > 3` and the like, however they are put together.
  case conditions
  /// Of a list that is written down.
  case columns

  package var value: Int {
    switch self {
    case .characters: 10_000
    case .depth: 32
    case .conditions, .columns: 200
    }
  }
}
