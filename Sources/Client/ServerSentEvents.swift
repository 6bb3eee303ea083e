/// One event of a `text/event-stream`.
package struct ServerSentEvent: Hashable, Sendable {
  /// The last id seen in the stream, this event's own as a rule.
  package var id: String?
  package var name: String
  package var data: String

  package init(id: String?, name: String, data: String) {
    self.id = id
    self.name = name
    self.data = data
  }
}

/// Reads a `text/event-stream`, by the rules of the HTML standard (§9.2.6), from pieces cut anywhere.
package struct EventStreamParser: Sendable {
  /// In milliseconds, when the server has said how long to wait before connecting again.
  package private(set) var retry: Int?
  package private(set) var lastID: String?

  private var line: [UInt8] = []
  private var afterReturn = false
  private var atStart = true
  private var name = ""
  private var data: String?

  package init(lastID: String? = nil) {
    self.lastID = lastID
  }

  /// Returns the events that `bytes` completes.
  package mutating func read(_ bytes: some Sequence<UInt8>) -> [ServerSentEvent] {
    var events: [ServerSentEvent] = []
    for byte in bytes {
      defer { afterReturn = byte == UInt8(ascii: "\r") }
      switch byte {
      case UInt8(ascii: "\n") where afterReturn: continue
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        if let event = endLine() { events.append(event) }
      default: line.append(byte)
      }
    }
    return events
  }

  private mutating func endLine() -> ServerSentEvent? {
    defer { line.removeAll(keepingCapacity: true) }
    var bytes = line[...]
    if atStart, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
    atStart = false
    guard !bytes.isEmpty else { return dispatch() }
    let colon = bytes.firstIndex(of: UInt8(ascii: ":"))
    var value = colon.map { bytes[($0 + 1)...] } ?? []
    if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
    let field = String(decoding: bytes[..<(colon ?? bytes.endIndex)], as: UTF8.self)
    take(field, String(decoding: value, as: UTF8.self))
    return nil
  }

  private mutating func take(_ field: String, _ value: String) {
    switch field {
    case "event": name = value
    case "data": data = data.map { "\($0)\n\(value)" } ?? value
    case "id" where !value.utf8.contains(0): lastID = value
    case "retry" where value.utf8.allSatisfy { (48...57).contains($0) }: retry = Int(value) ?? retry
    default: break
    }
  }

  private mutating func dispatch() -> ServerSentEvent? {
    defer {
      name = ""
      data = nil
    }
    guard let data else { return nil }
    return ServerSentEvent(id: lastID, name: name.isEmpty ? "message" : name, data: data)
  }
}
