import Domain

/// Finds the texts in the data of events without building values: rebuilding looks at millions.
enum JSONTexts {
  /// Calls `body` with the UTF-8 of each text that a person may look for.
  ///
  /// Keys are left out, and so are digests, under `sealed` and of tokens, which are nobody's words.
  ///
  /// - Parameter json: canonical JSON, so that white space does not occur between tokens.
  static func visit(
    _ json: UnsafeBufferPointer<UInt8>,
    _ body: (UnsafeBufferPointer<UInt8>) throws(Problem) -> Void
  ) throws(Problem) {
    var index = 0
    // Whether the last key announced one.
    var isDigest = false
    while index < json.count {
      guard json[index] == quote else {
        index += 1
        continue
      }
      let start = index + 1
      var end = start
      var isEscaped = false
      while end < json.count && json[end] != quote {
        if json[end] == backslash {
          isEscaped = true
          end += 1
        }
        end += 1
      }
      guard end < json.count else { return }
      index = end + 1
      let text = UnsafeBufferPointer(rebasing: json[start..<end])
      if index < json.count && json[index] == colon {
        if text.elementsEqual(sealed) { index = endOfObject(json, from: index + 1) }
        isDigest = text.elementsEqual(digest)
      } else if isEscaped {
        try visitEscaped(UnsafeBufferPointer(rebasing: json[(start - 1)...end]), body)
      } else if !text.isEmpty && !(isDigest && isHex(text)) {
        try body(text)
      }
    }
  }

  private static func visitEscaped(
    _ token: UnsafeBufferPointer<UInt8>,
    _ body: (UnsafeBufferPointer<UInt8>) throws(Problem) -> Void
  ) throws(Problem) {
    guard case .string(let text)? = try? JSON(parsing: token) else { return }
    let bytes = Array(text.utf8)
    try bytes.withUnsafeBufferPointer { (buffer) throws(Problem) in try body(buffer) }
  }

  /// The index behind an object of names and digests, in which no bracket stands within a text.
  private static func endOfObject(_ json: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var index = start
    while index < json.count && json[index] != UInt8(ascii: "}") { index += 1 }
    return index
  }

  private static let quote = UInt8(ascii: "\"")
  private static let backslash = UInt8(ascii: "\\")
  private static let colon = UInt8(ascii: ":")
  /// Whether a text may be a SHA-256: 64 digits in lower case.
  private static func isHex(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    text.count == 64
      && text.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }

  private static let digest = Array("digest".utf8)
  private static let sealed = Array("sealed".utf8)
}
