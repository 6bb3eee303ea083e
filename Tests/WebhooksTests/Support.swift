import Domain
import Foundation
import Ledger
import Logging
import ServerSupport
import Synchronization
import TestSupport
import Webhooks

/// A ledger, and a receiver that answers as the test says.
final class Shop: Sendable {
  let directory: TemporaryDirectory
  let ledger: Ledger
  static let founder = Caller.local(uid: 1000)

  init() async throws {
    directory = try TemporaryDirectory()
    ledger = try await Self.open(directory.path)
  }

  static func open(_ path: String) async throws -> Ledger {
    try await Ledger.open(
      LedgerOptions(
        directory: path, uid: 1000, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    )
  }

  static var quick: CourierSettings {
    var settings = CourierSettings()
    settings.attempts = 3
    settings.firstPause = .milliseconds(5)
    settings.longestPause = .milliseconds(20)
    settings.patience = .milliseconds(500)
    return settings
  }

  @discardableResult
  func order(_ command: Command) async throws -> Receipt {
    try await ledger.submit(Order(command, by: Self.founder))
  }

  func createTag(_ name: String) async throws -> TagID {
    try await order(.createTag(TagDraft(name: name, color: .palette(1)))).events[0].tag!
  }

  /// A webhook to the receiver, with a secret.
  func hook(
    _ courier: Courier, to server: ScriptedServer, filter: WebhookFilter = WebhookFilter()
  ) async throws -> WebhookID {
    let socket = server.socket.replacing("/", with: "%2F")
    let receipt = try await order(
      .createWebhook(WebhookDraft(url: "http+unix://\(socket)/hook", filter: filter)))
    let id = WebhookID(Int32(receipt.events[0].data!["webhook"]!.int!))
    try courier.files.keep(WebhookSecret(), of: id)
    return id
  }

  /// Runs a courier for as long as `body` does.
  func running<Result: Sendable>(
    _ settings: CourierSettings = Shop.quick, ledger: Ledger? = nil,
    _ body: @Sendable @escaping (Courier) async throws -> Result
  ) async throws -> Result {
    let courier = Courier(
      ledger ?? self.ledger, settings: settings,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    let task = Task { try await courier.run() }
    defer { task.cancel() }
    return try await body(courier)
  }
}

struct TimedOut: Error {}

/// Looks again and again until something is so.
func wait(until isSo: () throws -> Bool) async throws {
  let end = ContinuousClock.now + .seconds(120)
  while try !isSo() {
    guard ContinuousClock.now < end else { throw TimedOut() }
    try await Task.sleep(for: .milliseconds(5))
  }
}

extension ScriptedServer {
  /// The numbers of the events that have come, in their order.
  var seqs: [Int64] {
    seen.compactMap { $0.headers["webhook-id"].flatMap { Int64($0.dropFirst("msg-".count)) } }
  }
}
