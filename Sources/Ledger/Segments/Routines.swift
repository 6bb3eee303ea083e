package import Domain
import Logging
import Synchronization

/// Waits for the moments at which the lists of segments fall due.
///
/// What was due while the daemon was off is made up for once: the last list of each segment, and none
/// of those before it, since a list of last Tuesday helps nobody.
package final class Routines: Sendable {
  package let zones = TimeZones()
  /// Where the shop is, for routines that name no zone.
  package let zone: String
  private let state: @Sendable () -> State
  private let submit: @Sendable (Order) async throws(Problem) -> Receipt
  /// Told of each list that has fallen due, in whose filter tags are used (F8).
  private let noteUse: @Sendable (Segment, State) async -> Void
  private let now: @Sendable () -> Timestamp
  private let logger: Logger
  private let task = Mutex<Task<Void, Never>?>(nil)
  /// What was said last, so that it is not said every few seconds.
  private let complaint = Mutex<String?>(nil)

  /// How long it rests at most: a routine may be new, and the clock may have been set.
  private static let rest = Duration.seconds(5)

  init(
    zone: String, now: @escaping @Sendable () -> Timestamp, logger: Logger,
    state: @escaping @Sendable () -> State,
    submit: @escaping @Sendable (Order) async throws(Problem) -> Receipt,
    noteUse: @escaping @Sendable (Segment, State) async -> Void
  ) {
    self.zone = zone
    self.now = now
    self.logger = logger
    self.state = state
    self.submit = submit
    self.noteUse = noteUse
  }

  func start() {
    task.withLock { task in
      task = Task.detached { [self] in
        while !Task.isCancelled {
          await fallDue()
          try? await Task.sleep(for: pause())
        }
      }
    }
  }

  package func stop() async {
    let task = task.withLock { task -> Task<Void, Never>? in
      defer { task = nil }
      return task
    }
    task?.cancel()
    await task?.value
  }

  /// Fixes the lists that are due by now and are not there yet.
  package func fallDue() async {
    let moment = now()
    for segment in state().segments.listed {
      guard let routine = segment.terms.routine else { continue }
      do throws(Problem) {
        let base = max(segment.routineSince, segment.list?.due ?? segment.routineSince)
        let offset = try zones.offset(in: routine.zone)
        guard let due = routine.last(notAfter: moment, after: base, offset: offset),
          segment.list.map({ $0.day < due.day }) ?? true
        else { continue }
        let receipt = try await submit(
          Order(.segment(.fallDue(segment.id, day: due.day, due: due.at)), by: .system))
        // Unless it has fallen due meanwhile.
        if receipt.seqs != nil { await noteUse(segment, state()) }
      } catch {
        complain("\(segment.id.rawValue): \(error)")
      }
    }
  }

  /// When the routine of a segment falls due next; nil where its zone is not known here.
  package func next(of segment: Segment) -> Timestamp? {
    guard let routine = segment.terms.routine, let offset = try? zones.offset(in: routine.zone)
    else { return nil }
    let base = max(now(), segment.list?.due ?? segment.routineSince)
    return routine.next(after: base, offset: offset)?.at
  }

  private func pause() -> Duration {
    let moment = now()
    let waits = state().segments.listed.compactMap { segment in
      next(of: segment).map { Duration.microseconds($0.rawValue - moment.rawValue) }
    }
    return max(.milliseconds(20), min(waits.min() ?? Self.rest, Self.rest))
  }

  private func complain(_ what: String) {
    let isNew = complaint.withLock { last in
      defer { last = what }
      return last != what
    }
    if isNew { logger.warning("a list could not fall due", metadata: ["reason": "\(what)"]) }
  }
}

extension Ledger {
  /// The time of the clock by which this ledger goes.
  package var clock: Timestamp { now() }
}
