/// What is known of a person and must be erasable: sealed in the log from the first event on.
///
/// The raw values are formats: they stand in events, in the sealed table and in the binding of a ciphertext.
package enum PersonalField: String, CaseIterable, Hashable, Sendable, Comparable {
  case attributes
  case name
  case needs
  case notes
  case phone
  /// The customer's id in another system, by which imports find them again.
  case ref

  package static func < (a: Self, b: Self) -> Bool {
    a.rawValue < b.rawValue
  }
}

/// Values of personal fields, as text; a list (`attributes`, `needs`) is one entry a line.
///
/// In a change, a field that is absent stays as it is, and an empty one is cleared.
package typealias PersonalFields = [PersonalField: String]

/// How often each personal field of a customer has been given a value.
package typealias FieldCounts = [PersonalField: Int]
