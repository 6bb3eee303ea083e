import Foundation

/// What must not be found any more once somebody is erased, in every spelling a file might have it.
package struct Needles {
  private var spellings: [(name: String, bytes: [UInt8])] = []

  package init() {}

  package mutating func add(text: String) {
    let plain = text.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
    for text in Set([text, plain]) {
      add(text, .utf8)
      add(text, .utf16LittleEndian)
      add(text, .utf16BigEndian)
      add(text, .windowsCP1252)
    }
  }

  /// A phone of Brazil in E.164, with and without what people leave out or put in.
  package mutating func add(phone: String) {
    let digits = phone.dropFirst()
    let home = digits.dropFirst(2)
    let (area, number) = (home.prefix(2), home.dropFirst(2))
    let (front, back) = (number.dropLast(4), number.suffix(4))
    for text in [
      phone, String(digits), String(home), String(number), "\(front)-\(back)",
      "\(area) \(front)-\(back)", "(\(area)) \(front)-\(back)", "\(front) \(back)",
      "\(front.dropFirst())-\(back)", "\(front.dropFirst())\(back)", "\(front).\(back)",
    ] { add(text: text) }
  }

  /// A look-up key as SQLite stores a number of its size.
  package mutating func add(key: UInt64, name: String) {
    spellings.append((name, withUnsafeBytes(of: key.bigEndian) { Array($0) }))
  }

  private mutating func add(_ text: String, _ encoding: String.Encoding) {
    guard let data = text.data(using: encoding) else { return }
    spellings.append((text, Array(data)))
  }

  private static func finds(_ text: [UInt8], in bytes: UnsafeRawBufferPointer) -> Bool {
    guard var rest = bytes.baseAddress else { return false }
    let end = rest + bytes.count
    while end - rest >= text.count,
      let found = memchr(rest, Int32(text[0]), end - rest - text.count + 1)
    {
      if memcmp(found, text, text.count) == 0 { return true }
      rest = UnsafeRawPointer(found) + 1
    }
    return false
  }

  /// Where any of them stands: the file and the spelling.
  package func found(in directory: String) throws -> [String] {
    var found: [String] = []
    for path in try FileManager.default.subpathsOfDirectory(atPath: directory) {
      let url = URL(fileURLWithPath: directory + "/" + path)
      guard let data = try? Data(contentsOf: url) else { continue }
      data.withUnsafeBytes { file in
        for (name, bytes) in spellings where Self.finds(bytes, in: file) {
          found.append("\(path): \(name)")
        }
      }
    }
    return Set(found).sorted()
  }
}
