/// What nearly all events say by which a tag comes or goes: nothing besides their columns, or who brought
/// it. A replay need not read that as a tree of values.
enum TagRemark: Sendable {
  case nothing
  /// Which rule acted, and nothing else: `{"rule":7}`.
  case rule
  /// Which file said so, and nothing else: `{"source":{"import":"vip.csv"}}`.
  case file

  /// Nil for data that says anything else, or is not written like that.
  init?(canonical data: UnsafeBufferPointer<UInt8>?) {
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
      guard file.allSatisfy(\.standsForItself) else { return nil }
      self = .file
    } else {
      return nil
    }
  }

  /// Whether the columns tell all that changes who has the tag since when.
  ///
  /// - Parameter isHistory: whether the event has a time of its own at which it happened; that of a rule
  ///   is the rule's.
  func isAll(isHistory: Bool) -> Bool { self == .rule || !isHistory }
}

/// What nearly every registration says besides which personal fields are sealed:
/// `{"channel":"Instagram","sealed":{…}}`.
struct RegistrationRemark {
  let channel: String?

  /// Nil for data that is not written like that.
  init?(canonical data: UnsafeBufferPointer<UInt8>?) {
    // What is sealed comes last, by the order of the names, and holds nothing but texts.
    guard let data, data.firstIndex(of: UInt8(ascii: "}")) == data.count - 2,
      data.last == UInt8(ascii: "}")
    else { return nil }
    if data.starts(with: #"{"sealed":{"#) {
      channel = nil
      return
    }
    let head: StaticString = #"{"channel":""#
    guard data.starts(with: head) else { return nil }
    let rest = UnsafeBufferPointer(rebasing: data[head.utf8CodeUnitCount...])
    guard let end = rest.firstIndex(where: { !$0.standsForItself }),
      UnsafeBufferPointer(rebasing: rest[end...]).starts(with: #"","sealed":{"#),
      let text = String(utf8: UnsafeBufferPointer(rebasing: rest[..<end]))
    else { return nil }
    channel = text
  }
}

extension UInt8 {
  /// Whether it stands for itself within a JSON text: no quote, no escape, no control character.
  fileprivate var standsForItself: Bool {
    self >= 0x20 && self != UInt8(ascii: "\"") && self != UInt8(ascii: "\\")
  }
}

extension UnsafeBufferPointer<UInt8> {
  fileprivate func starts(with head: StaticString) -> Bool {
    guard count >= head.utf8CodeUnitCount else { return false }
    for index in 0..<head.utf8CodeUnitCount where self[index] != head.utf8Start[index] {
      return false
    }
    return true
  }

  /// The bytes between a head and a tail; nil where they are not there, or nothing is between them.
  fileprivate func between(_ head: StaticString, _ tail: StaticString) -> Self? {
    let end = count - tail.utf8CodeUnitCount
    guard end > head.utf8CodeUnitCount, starts(with: head),
      Self(rebasing: self[end...]).starts(with: tail)
    else { return nil }
    return Self(rebasing: self[head.utf8CodeUnitCount..<end])
  }
}
