import Domain
import Ledger
import Logging
import Synchronization

/// One webhook's way through the log, for as long as its definition stays as it is.
struct Round {
  let courier: Courier
  let hook: Webhook
  private var progress: Progress

  /// Events read from the log at once.
  private static let stride = 100

  init(courier: Courier, hook: Webhook) {
    self.courier = courier
    self.hook = hook
    progress = courier.progress(of: hook)
  }

  /// Whether somebody has changed the webhook since, or the service ends.
  private var isOver: Bool {
    Task.isCancelled || (try? courier.ledger.state.webhook(hook.id)) != hook
  }

  mutating func run() async {
    await redeliver()
    var filter = ChangeFilter()
    filter.types = hook.filter.eventTypes ?? []
    filter.anyTag = Set(hook.filter.tags)
    filter.anyCustomer = Set(hook.filter.customers)
    filter.order = .oldest
    filter.limit = Self.stride
    while !isOver {
      filter.cursor = progress.cursor
      do {
        let page = try await courier.ledger.publicEvents(filter, by: .system)
        for event in page.events {
          guard await deliver(event) else { return }
        }
        if page.next != nil { continue }
        // What nobody asked for has been told as well.
        progress.cursor = max(progress.cursor, page.position)
        await courier.ledger.waitForEvents(after: progress.cursor)
        // Woken without news: the service ends.
        if courier.ledger.state.position <= progress.cursor { return }
      } catch {
        courier.logger.warning(
          "a webhook waits for the log",
          metadata: ["webhook": "\(hook.id.rawValue)", "reason": "\(error)"])
        guard (try? await Task.sleep(for: .seconds(5))) != nil else { return }
      }
    }
  }

  /// Tries until it has arrived or is given up; false when the round is over before.
  private mutating func deliver(_ event: PublicEvent) async -> Bool {
    while !isOver {
      let outcome = await courier.send(
        Courier.Message(id: "msg-\(event.seq)", body: event.form), to: hook)
      if isOver && outcome.failure != nil { return false }
      guard let failure = outcome.failure else {
        arrived()
        progress.cursor = event.seq
        courier.files.keep(progress, of: hook.id)
        return true
      }
      progress.attempts += 1
      progress.failure = failure
      courier.tallies.withLock { $0.failed += 1 }
      if progress.attempts >= courier.settings.attempts {
        giveUp(event.seq, failure)
        return true
      }
      courier.files.keep(progress, of: hook.id)
      let pause = courier.settings.pause(after: progress.attempts)
      guard (try? await Task.sleep(for: pause)) != nil else { return false }
    }
    return false
  }

  private mutating func arrived() {
    progress.attempts = 0
    progress.delivered += 1
    progress.failure = nil
    progress.lastDelivery = Timestamp.wallClock().rawValue
    courier.tallies.withLock { $0.delivered += 1 }
  }

  private mutating func giveUp(_ seq: Int64, _ failure: String) {
    courier.logger.warning(
      "a message is a dead letter",
      metadata: [
        "webhook": "\(hook.id.rawValue)", "seq": "\(seq)", "failure": "\(failure)",
      ])
    courier.tallies.withLock { $0.dead += 1 }
    let letter = DeadLetter(
      seq: seq, attempts: progress.attempts, failure: failure, at: Timestamp.wallClock().rawValue)
    let limit = courier.settings.deadLimit
    let dropped = try? courier.deadLetters(hook.id) { dead in
      // A crash just before the cursor was written brings the same letter again.
      dead.removeAll { $0.seq == seq }
      dead.append(letter)
      let over = max(0, dead.count - limit)
      dead.removeFirst(over)
      return over
    }
    progress.dropped += dropped ?? 0
    progress.attempts = 0
    progress.cursor = seq
    courier.files.keep(progress, of: hook.id)
  }

  /// Tries each dead letter once that somebody has asked for.
  private mutating func redeliver() async {
    for letter in courier.files.dead(of: hook.id) where letter.isDue {
      guard !isOver, let event = try? courier.ledger.event(letter.seq, by: .system) else { return }
      let outcome = await courier.send(
        Courier.Message(id: "msg-\(letter.seq)", body: event.form), to: hook)
      if isOver && outcome.failure != nil { return }
      try? courier.deadLetters(hook.id) { dead in
        guard let index = dead.firstIndex(where: { $0.seq == letter.seq }) else { return }
        if let failure = outcome.failure {
          dead[index].isDue = false
          dead[index].attempts += 1
          dead[index].failure = failure
        } else {
          dead.remove(at: index)
        }
      }
      if outcome.failure == nil { arrived() }
      courier.files.keep(progress, of: hook.id)
    }
  }
}
