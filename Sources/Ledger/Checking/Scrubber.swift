import Domain
import EventLog
import Foundation
import Logging
import Synchronization

/// Looks through the log again and again in the background, so that damage is found before the part
/// of the log is needed that has it.
///
/// How far it is stands in the file `scrub`, so that a daemon that is often restarted gets through too.
final class Scrubber: Sendable {
  /// What it has done so far.
  struct Progress: Hashable, Sendable {
    /// The events looked at in this pass.
    var position: Int64 = 0
    /// How often it has come to the end.
    var passes: Int64 = 0
    /// When it last did.
    var finished: Timestamp?
  }

  private let log: Log
  private let path: String
  private let interval: Duration
  private let now: @Sendable () -> Timestamp
  private let logger: Logger
  /// Whose sealed fields need not be there any more.
  private let erased: @Sendable () -> CustomerSet
  private let state: Mutex<Progress>
  private let task = Mutex<Task<Void, Never>?>(nil)
  /// Where it reads: the threads of requests are never kept from them.
  private let thread = DispatchQueue(label: "tagledger.scrubber", qos: .background)

  /// The first visit does not wait for a whole interval, nor come into the way of starting.
  private static let firstPause = Duration.seconds(60)
  /// Steps after which the file is written.
  private static let stepsPerNote = 64

  init(
    _ log: Log, directory: String, interval: Duration, now: @escaping @Sendable () -> Timestamp,
    logger: Logger, erased: @escaping @Sendable () -> CustomerSet
  ) {
    self.log = log
    self.erased = erased
    self.interval = interval
    self.now = now
    self.logger = logger
    path = directory + "/scrub"
    let text = try? String(contentsOfFile: path, encoding: .utf8)
    state = Mutex(text.flatMap { Progress(text: $0) } ?? Progress())
  }

  var progress: Progress { state.withLock { $0 } }

  /// Begins to visit the log until `stop`.
  func start() {
    task.withLock { task in
      task = Task.detached(priority: .background) { [self] in
        try? await Task.sleep(for: min(Self.firstPause, interval))
        while !Task.isCancelled, log.damage == nil {
          await visit()
          try? await Task.sleep(for: interval)
        }
      }
    }
  }

  /// Ends between two reads, and notes how far it is.
  func stop() async {
    let task = task.withLock { task -> Task<Void, Never>? in
      defer { task = nil }
      return task
    }
    guard let task else { return }
    task.cancel()
    await task.value
  }

  /// Goes from where it was to the end of the log.
  private func visit() async {
    do throws(Problem) {
      try await apart { [log] () throws(Problem) in try log.compareWithSigned() }
      let position = progress.position
      var scrub = try await apart { [log] () throws(Problem) in
        try Scrub(log, after: position)
      }
      var steps = 0
      while !Task.isCancelled {
        let begun = ContinuousClock.now
        let last = scrub
        let next = try await apart { [erased] () throws(Problem) -> Scrub? in
          var next = last
          return try next.step(erased: erased()) ? next : nil
        }
        guard let next else { return finish() }
        scrub = next
        state.withLock { $0.position = scrub.position }
        steps += 1
        if steps % Self.stepsPerNote == 0 { write() }
        // Three quarters of the time belong to others.
        try? await Task.sleep(for: begun.duration(to: .now) * 3)
      }
      write()
    } catch {
      guard case .logDamaged(let what) = error else {
        return logger.warning("the log was not looked at", metadata: ["reason": "\(error)"])
      }
      logger.critical(
        "the log is damaged: read-only", metadata: ["reason": "\(what)", "found": "scrubbing"])
    }
  }

  private func finish() {
    state.withLock { progress in
      progress.position = 0
      progress.passes += 1
      progress.finished = now()
    }
    write()
  }

  private func write() {
    do {
      try progress.text.write(toFile: path, atomically: true, encoding: .utf8)
    } catch {
      logger.warning("\(path) cannot be written", metadata: ["reason": "\(error)"])
    }
  }

  private func apart<T: Sendable>(
    _ body: @escaping @Sendable () throws(Problem) -> T
  ) async throws(Problem) -> T {
    let result = await withCheckedContinuation { done in
      thread.async { done.resume(returning: Result { () throws(Problem) in try body() }) }
    }
    return try result.get()
  }
}

extension Scrubber.Progress {
  private static let title = "tagledger scrub 1"

  /// A format: a line each of position, passes, and when the last one ended in µs since 1970.
  fileprivate var text: String {
    "\(Self.title)\n\(position)\n\(passes)\n\(finished?.rawValue ?? 0)\n"
  }

  /// Nil for what does not read; the log is then looked at from its beginning.
  fileprivate init?(text: String) {
    let lines = text.split(separator: "\n")
    guard lines.count == 4, lines[0] == Self.title, let position = Int64(lines[1]), position >= 0,
      let passes = Int64(lines[2]), let finished = Int64(lines[3])
    else { return nil }
    self.init(
      position: position, passes: passes,
      finished: finished == 0 ? nil : Timestamp(microseconds: finished))
  }
}
