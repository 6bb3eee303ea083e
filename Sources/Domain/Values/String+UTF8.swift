extension String {
  /// The text that bytes stand for; nil where they are not UTF-8.
  ///
  /// Nearly all are ASCII, which needs no validation: that is generic, and takes several times as long.
  init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
    if bytes.allSatisfy({ $0 < 0x80 }) {
      self.init(decoding: bytes, as: UTF8.self)
    } else {
      self.init(validating: bytes, as: UTF8.self)
    }
  }
}
