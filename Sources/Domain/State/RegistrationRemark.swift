/// What the canonical data of nearly every registration says besides which personal fields are sealed:
/// `{"channel":"Instagram","sealed":{…}}`.
package struct RegistrationRemark {
  package let channel: String?

  /// Nil for data that is not written like that.
  package init?(canonical data: UnsafeBufferPointer<UInt8>?) {
    guard let data, data.last == UInt8(ascii: "}") else { return nil }
    // What is sealed comes last, by the order of the names.
    if data.starts(with: #"{"sealed":{"#) {
      channel = nil
      return
    }
    let head: StaticString = #"{"channel":""#
    guard data.starts(with: head) else { return nil }
    let rest = UnsafeBufferPointer(rebasing: data[head.utf8CodeUnitCount...])
    let (quote, escape) = (UInt8(ascii: "\""), UInt8(ascii: "\\"))
    guard let end = rest.firstIndex(where: { $0 == quote || $0 == escape }),
      UnsafeBufferPointer(rebasing: rest[end...]).starts(with: #"","sealed":{"#),
      let text = String(utf8: UnsafeBufferPointer(rebasing: rest[..<end]))
    else { return nil }
    channel = text
  }
}

extension UnsafeBufferPointer<UInt8> {
  func starts(with head: StaticString) -> Bool {
    guard count >= head.utf8CodeUnitCount else { return false }
    for index in 0..<head.utf8CodeUnitCount where self[index] != head.utf8Start[index] {
      return false
    }
    return true
  }
}
