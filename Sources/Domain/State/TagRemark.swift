/// What nearly all events say by which a tag comes or goes: nothing besides their columns, or who brought
/// it. A replay need not read that as a tree of values.
package enum TagRemark: Sendable {
  case nothing
  /// Which rule acted, and nothing else: `{"rule":7}`.
  case rule
  /// Which file said so, and nothing else: `{"source":{"import":"vip.csv"}}`.
  case file

  /// Nil for data that says anything else, or is not written like that.
  package init?(canonical data: UnsafeBufferPointer<UInt8>?) {
    guard let data else {
      self = .nothing
      return
    }
    if let number = data.between(#"{"rule":"#, "}") {
      // Up to nine digits are a number of a rule in any case.
      guard number.count <= 9, number.first != UInt8(ascii: "0"),
        number.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 })
      else { return nil }
      self = .rule
    } else if let file = data.between(#"{"source":{"import":""#, #""}}"#) {
      guard !file.contains(where: { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") })
      else { return nil }
      self = .file
    } else {
      return nil
    }
  }

  /// Whether it changes nothing about who has the tag since when, so that the columns tell all.
  ///
  /// - Parameter isHistory: whether the event has a time of its own at which it happened; that of a rule
  ///   is the rule's.
  package func isAside(isHistory: Bool) -> Bool { self == .rule || !isHistory }
}

extension EventType {
  /// Whether a tag came to a customer or went.
  package var isOfMembership: Bool { self == .tagApplied || self == .tagRemoved }
}

extension UnsafeBufferPointer<UInt8> {
  /// The bytes between a head and a tail; nil where they are not there, or nothing is between them.
  fileprivate func between(_ head: StaticString, _ tail: StaticString) -> Self? {
    let end = count - tail.utf8CodeUnitCount
    guard end > head.utf8CodeUnitCount, starts(with: head),
      Self(rebasing: self[end...]).starts(with: tail)
    else { return nil }
    return Self(rebasing: self[head.utf8CodeUnitCount..<end])
  }
}
