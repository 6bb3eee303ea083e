/// What a value would have to be: written as one writes it, or what each language has words for.
package enum Expected: Hashable, Sendable {
  /// The same in every language, such as `dmy, mdy`.
  case written(String)
  case nameWithLetters
  case text
  case wholeNumber
  /// So many, each greater than the one before, and all within bounds such as `0…36500`.
  case risingNumbers(Int, within: String? = nil)
  /// At most so many, none twice.
  case eachOnce(limit: Int)
  /// The uid of one user of this machine.
  case user
  case timeToCome
  case timePassed
  /// How many customers have the tag that is to be deleted.
  case customersOfTag
  /// What an `Idempotency-Key` may be.
  case visibleASCII(limit: Int)
  /// No `Idempotency-Key`: what is sent is known again by itself.
  case noKey
}

extension Expected: ExpressibleByStringInterpolation {
  package init(stringLiteral text: String) {
    self = .written(text)
  }
}
