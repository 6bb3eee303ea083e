package import Domain
import Foundation
import Glibc

/// How far a webhook has been told, and what could not be delivered. A format: it stands in files.
package struct Progress: Hashable, Sendable, Codable {
  /// All events up to this one have been delivered, are dead letters, or were not asked for.
  package var cursor: Int64
  /// How often the next event has been tried.
  package var attempts = 0
  /// Messages that have arrived.
  package var delivered = 0
  /// When the last of them did, in µs since 1970.
  package var lastDelivery: Int64?
  /// Why the last try failed; nil since one succeeded.
  package var failure: String?
  /// Dead letters that had to make room for others.
  package var dropped = 0

  package init(cursor: Int64) {
    self.cursor = cursor
  }
}

/// An event that its receiver has not taken in as many tries as it is given.
package struct DeadLetter: Hashable, Sendable, Codable {
  package var seq: Int64
  package var attempts: Int
  package var failure: String
  /// When it was given up, in µs since 1970.
  package var at: Int64
  /// Whether somebody has asked for it to be tried again.
  package var isDue = false
}

/// What is kept of webhooks beside the log: how far each has been told, its dead letters, its secret.
///
/// Small files of their own, of mode 0600: none of this is anything that has happened to the team. They
/// are written without a flush, so that a power cut may bring a message a second time.
package struct WebhookFiles: Sendable {
  private let directory: String

  package init(directory: String) {
    self.directory = directory
  }

  func progress(of id: WebhookID) -> Progress? {
    read(id, "json")
  }

  func keep(_ progress: Progress, of id: WebhookID) {
    write(progress, id, "json")
  }

  package func dead(of id: WebhookID) -> [DeadLetter] {
    read(id, "dead.json") ?? []
  }

  func keep(_ dead: [DeadLetter], of id: WebhookID) {
    write(dead, id, "dead.json")
  }

  package func secret(of id: WebhookID) -> WebhookSecret? {
    guard let text = try? String(contentsOfFile: path(id, "secret"), encoding: .utf8) else {
      return nil
    }
    return WebhookSecret(text.trimmingCharacters(in: .whitespacesAndNewlines))
  }

  package func keep(_ secret: WebhookSecret, of id: WebhookID) throws(Problem) {
    guard save(Data((secret.text + "\n").utf8), path(id, "secret")) else {
      throw .storageFailed("the secret of webhook \(id.rawValue) cannot be written")
    }
  }

  /// Takes away the files of all webhooks but these.
  func removeAll(but ids: Set<WebhookID>) {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    for file in files {
      guard let number = Int32(file.prefix { $0 != "." }), !ids.contains(WebhookID(number)) else {
        continue
      }
      try? FileManager.default.removeItem(atPath: directory + "/" + file)
    }
  }

  private func path(_ id: WebhookID, _ suffix: String) -> String {
    "\(directory)/\(id.rawValue).\(suffix)"
  }

  private func read<Value: Decodable>(_ id: WebhookID, _ suffix: String) -> Value? {
    FileManager.default.contents(atPath: path(id, suffix)).flatMap {
      try? JSONDecoder().decode(Value.self, from: $0)
    }
  }

  private func write(_ value: some Encodable, _ id: WebhookID, _ suffix: String) {
    if let data = try? JSONEncoder().encode(value) { _ = save(data, path(id, suffix)) }
  }

  /// Whole or not at all: written beside, then put in its place.
  private func save(_ data: Data, _ path: String) -> Bool {
    try? FileManager.default.createDirectory(
      atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let draft = path + ".new"
    // Nobody else's from its first moment.
    let file = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else { return false }
    let written = data.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
    return close(file) == 0 && written == data.count && rename(draft, path) == 0
  }
}
