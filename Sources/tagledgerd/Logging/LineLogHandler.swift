import Foundation
import Logging
import Synchronization

/// Writes each record as one line to standard error: text for people, JSON for collectors.
struct LineLogHandler: LogHandler {
  var logLevel: Logger.Level
  var metadata: Logger.Metadata = [:]
  let format: Settings.LogFormat
  let label: String
  let write: @Sendable (String) -> Void

  /// Lines from many threads must not be mixed.
  private static let lock = Mutex(())

  static let standardError: @Sendable (String) -> Void = { line in
    lock.withLock { _ in FileHandle.standardError.write(Data((line + "\n").utf8)) }
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    var fields = metadata
    for (key, value) in event.metadata ?? [:] { fields[key] = value }
    if let error = event.error { fields["error"] = "\(error)" }
    let at = Date.now.formatted(Self.timeStyle)
    switch format {
    case .text: write(text(at, event, fields))
    case .json: write(json(at, event, fields))
    }
  }

  private static let timeStyle = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

  private func text(_ at: String, _ event: LogEvent, _ fields: Logger.Metadata) -> String {
    let details = fields.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
    return "\(at) \(event.level.rawValue.uppercased()) \(oneLine("\(event.message)\(details)"))"
  }

  /// A record never spans lines, whatever a message brings along.
  private func oneLine(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("\n", with: "\\n").replacing("\r", with: "\\r")
  }

  private func json(_ at: String, _ event: LogEvent, _ fields: Logger.Metadata) -> String {
    var record = fields.mapValues { "\($0)" }
    record["at"] = at
    record["level"] = event.level.rawValue
    record["logger"] = label
    record["message"] = "\(event.message)"
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // A dictionary of strings always encodes.
    return (try? encoder.encode(record)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }
}
