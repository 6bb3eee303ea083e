import Domain

/// Writes one JSON object member by member, in the order of the calls, straight to bytes.
struct JSONObject: ~Copyable {
  private var isFirst = true

  init(_ bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "{"))
  }

  /// Begins a member whose value the caller writes; the name must need no escapes.
  mutating func name(_ name: StaticString, _ bytes: inout [UInt8]) {
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    isFirst = false
    bytes.append(UInt8(ascii: "\""))
    bytes.append(
      contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
  }

  /// Leaves the member out where there is no value.
  mutating func text(_ name: StaticString, _ value: String?, _ bytes: inout [UInt8]) {
    guard let value else { return }
    self.name(name, &bytes)
    JSON.write(value, to: &bytes)
  }

  mutating func integer(_ name: StaticString, _ value: Int64?, _ bytes: inout [UInt8]) {
    guard let value else { return }
    self.name(name, &bytes)
    JSON.write(value, to: &bytes)
  }

  mutating func flag(_ name: StaticString, _ value: Bool, _ bytes: inout [UInt8]) {
    self.name(name, &bytes)
    bytes += (value ? "true" : "false").utf8
  }

  consuming func end(_ bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "}"))
  }
}
