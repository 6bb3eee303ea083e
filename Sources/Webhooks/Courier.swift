import Client
package import Domain
import Foundation
package import Ledger
package import Logging
import ServiceLifecycle
import Synchronization

/// How hard the courier tries.
package struct CourierSettings: Hashable, Sendable {
  /// After so many tries a message is a dead letter.
  package var attempts = 10
  package var firstPause: Duration = .seconds(1)
  package var longestPause: Duration = .seconds(300)
  /// How long one try may take.
  package var patience: Duration = .seconds(10)
  /// Dead letters kept for a webhook; the oldest make room.
  package var deadLimit = 1000

  package init() {}

  /// The pause after so many tries that failed: doubled each time, and up to a quarter longer by
  /// chance, so that receivers that fell together are not called together.
  func pause(after attempts: Int) -> Duration {
    let doubled = min(longestPause, firstPause * (1 << min(attempts - 1, 20)))
    return doubled * Double.random(in: 1...1.25)
  }
}

/// Tells programs of this machine what has happened: each webhook in order, at its receiver's own pace.
///
/// A receiver that is slow or gone holds up nobody: its task waits, and goes on in the log where it was.
package final class Courier: Service, Sendable {
  let ledger: Ledger
  package let files: WebhookFiles
  let settings: CourierSettings
  let logger: Logger
  /// Counts what has become of tries.
  let tallies = Mutex(Tallies())
  private let rounds = Mutex(Rounds())

  package struct Tallies: Hashable, Sendable {
    package var delivered = 0
    package var failed = 0
    package var dead = 0
  }

  /// What somebody wants done at once; the main loop is woken for it.
  private struct Rounds {
    var restarts: Set<WebhookID> = []
    var wake: AsyncStream<Void>.Continuation?
  }

  package init(
    _ ledger: Ledger, settings: CourierSettings = CourierSettings(),
    logger: Logger = Logger(label: "tagledger.webhooks")
  ) {
    self.ledger = ledger
    self.settings = settings
    self.logger = logger
    files = WebhookFiles(directory: ledger.directory + "/webhooks")
  }

  /// What has become of all tries of this daemon.
  package var counts: Tallies { tallies.withLock { $0 } }

  package func run() async throws {
    let (wakes, entrance) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    rounds.withLock { $0.wake = entrance }
    await withGracefulShutdownHandler {
      await withDiscardingTaskGroup { group in
        group.addTask { await self.watch(entrance) }
        await self.dispatch(wakes, in: &group)
        group.cancelAll()
      }
    } onGracefulShutdown: {
      entrance.finish()
    }
  }

  /// Wakes the dispatcher when a webhook has changed.
  private func watch(_ entrance: AsyncStream<Void>.Continuation) async {
    var known: [Webhook] = []
    var position: Int64 = 0
    while !Task.isCancelled, !Task.isShuttingDownGracefully {
      let state = ledger.state
      if state.webhooks != known {
        known = state.webhooks
        entrance.yield()
      }
      let isOver = state.position <= position
      position = state.position
      await ledger.waitForEvents(after: position)
      // Woken without news: the service ends.
      if isOver, ledger.state.position == position { return }
      // A busy ledger wakes this once for many commands.
      try? await Task.sleep(for: .milliseconds(20))
    }
  }

  /// Keeps a task for each webhook that is not paused, and begins it anew when its webhook changes.
  private func dispatch(
    _ wakes: AsyncStream<Void>, in group: inout DiscardingTaskGroup
  ) async {
    var running: [WebhookID: (hook: Webhook, task: Task<Void, Never>)] = [:]
    for await _ in wakes {
      let hooks = ledger.state.webhooks
      let restarts = rounds.withLock { rounds in
        defer { rounds.restarts = [] }
        return rounds.restarts
      }
      let active = Dictionary(
        uniqueKeysWithValues: hooks.filter { !$0.isPaused }.map { ($0.id, $0) })
      for (id, round) in running where active[id] != round.hook || restarts.contains(id) {
        round.task.cancel()
        await round.task.value
        running[id] = nil
      }
      // A damaged log may have lost the webhooks that these files belong to.
      if ledger.readOnlyReason == nil { files.removeAll(but: Set(hooks.map(\.id))) }
      for (id, hook) in active where running[id] == nil {
        let task = Task {
          var round = Round(courier: self, hook: hook)
          await round.run()
        }
        running[id] = (hook, task)
      }
    }
    for round in running.values { round.task.cancel() }
    for round in running.values { await round.task.value }
  }

  // MARK: On request

  /// How far a webhook has been told.
  package func progress(of hook: Webhook) -> Progress {
    var progress = files.progress(of: hook.id) ?? Progress(cursor: hook.created)
    // A log that goes on under a new origin may be shorter than what had been delivered of it.
    progress.cursor = min(progress.cursor, ledger.state.position)
    return progress
  }

  /// Has one dead letter tried again, or all of them; returns how many.
  package func redeliver(_ id: WebhookID, seq: Int64?) throws(Problem) -> Int {
    _ = try ledger.state.webhook(id)
    let count = try deadLetters(id) { (dead) throws(Problem) in
      var count = 0
      for index in dead.indices where seq == nil || dead[index].seq == seq {
        dead[index].isDue = true
        count += 1
      }
      if let seq, count == 0 { throw .webhookDeadNotFound(seq) }
      return count
    }
    rounds.withLock { rounds in
      rounds.restarts.insert(id)
      rounds.wake?.yield()
    }
    return count
  }

  private let letters = Mutex(())

  /// Changes the dead letters of a webhook: only one changes them at a time.
  func deadLetters<Value>(
    _ id: WebhookID, _ change: (inout [DeadLetter]) throws(Problem) -> Value
  ) throws(Problem) -> Value {
    try letters.withLock { _ throws(Problem) in
      var dead = files.dead(of: id)
      let before = dead
      let value = try change(&dead)
      if dead != before { files.keep(dead, of: id) }
      return value
    }
  }

  /// Sends a message that is about nothing, once; returns the status, or why there is none.
  package func test(_ id: WebhookID) async throws(Problem) -> (status: Int?, failure: String?) {
    let hook = try ledger.state.webhook(id)
    let now = Timestamp.wallClock()
    let body = JSON.object([
      "specversion": "1.0", "id": .string("test-\(now.rawValue)"),
      "source": .string(ledger.origin), "type": "tagledger.webhook.test.v1",
      "time": .string(now.text),
    ])
    let message = Message(id: "test-\(now.rawValue)", body: Array(body.canonical.utf8))
    return await send(message, to: hook)
  }

  struct Message {
    /// The same at every try.
    let id: String
    let body: [UInt8]
  }

  /// Tries once.
  func send(_ message: Message, to hook: Webhook) async -> (status: Int?, failure: String?) {
    guard let address = try? WebhookAddress(hook.url) else { return (nil, "address") }
    guard let secret = files.secret(of: hook.id) else {
      return (nil, "its secret is missing: give it a new one")
    }
    let seconds = Timestamp.wallClock().rawValue / 1_000_000
    let request = Request(
      .post, address.target,
      headers: [
        ("Host", address.authority), ("Content-Type", "application/cloudevents+json"),
        ("User-Agent", "tagledger"), ("webhook-id", message.id),
        ("webhook-timestamp", "\(seconds)"),
        (
          "webhook-signature",
          secret.signature(id: message.id, seconds: seconds, body: message.body)
        ),
      ], body: .bytes(message.body))
    let place: Address =
      switch address {
      case .port(let host, let port, _): .port(host: host, port: port)
      case .socket(let path, _): .socket(path: path)
      }
    do {
      let status = try await place.deliver(request, patience: settings.patience)
      return (status, (200..<300).contains(status) ? nil : "HTTP \(status)")
    } catch {
      return (nil, error.gist)
    }
  }
}

extension ClientError {
  /// For the person who looks after the receiver.
  fileprivate var gist: String {
    switch self {
    case .socketMissing: "no such socket"
    case .refused: "nobody listens"
    case .notPermitted: "not permitted"
    case .unreachable(_, let code): "unreachable (errno \(code))"
    case .timedOut(let time): "no answer within \(time.components.seconds) s"
    case .interrupted, .answerUnreadable, .fileUnreadable, .problem: "no answer"
    }
  }
}
