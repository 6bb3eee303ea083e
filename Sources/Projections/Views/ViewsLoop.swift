import Domain
import Foundation
import GRDB
import Synchronization

/// The thread that writes the views.
final class ViewsLoop {
  private let views: ViewsWriter
  private var inbox: ViewsInbox { views.inbox }
  private var queue: DatabaseQueue?
  private var writer: SliceWriter?
  /// The state at the views' position while events are read from the log; nil otherwise.
  private var resume: State?
  /// Batches taken from the inbox and not yet written.
  private var taken: [ViewsBatch] = []
  private var pause = DispatchTimeInterval.milliseconds(0)

  /// Events in one transaction while catching up.
  private static let stride = 20_000

  init(_ views: ViewsWriter, _ queue: DatabaseQueue, from state: State?) {
    self.views = views
    self.queue = queue
    resume = state
  }

  func run() {
    while true {
      let (replacement, purges, closing) = inbox.state.withLock { contents in
        defer { contents.purges = [] }
        return (contents.replacement.take(), contents.purges, !contents.closing.isEmpty)
      }
      if let replacement { replace(replacement) }
      for purge in purges { perform(purge) }
      do throws(Problem) {
        let worked = try work()
        pause = .milliseconds(0)
        if worked && !closing {
          if resume == nil { inbox.gather() }
          continue
        }
      } catch {
        note(error)
      }
      if closing { break }
      inbox.wait(until: pause == .milliseconds(0) ? .distantFuture : .now() + pause)
      if resume == nil { inbox.gather() }
    }
    writer = nil
    try? queue?.close()
    inbox.end()
  }

  /// Writes some of what there is; false when there is nothing.
  private func work() throws(Problem) -> Bool {
    if taken.isEmpty && resume == nil { take() }
    if !taken.isEmpty {
      try write(taken)
      taken = []
      return true
    }
    guard let state = resume else { return false }
    if endCatchingUp(at: state.position) { return true }
    let batch = try views.catchUp(state, Self.stride)
    guard !batch.events.isEmpty else { throw Self.gap(state.position) }
    try write([batch])
    resume = try Self.state(state, after: batch)
    return true
  }

  private static func state(_ state: State, after batch: ViewsBatch) throws(Problem) -> State {
    var next = state
    for event in batch.events { try next.evolve(event, fields: batch.directory[event.seq]) }
    return next
  }

  /// Takes what waits in the inbox, or learns that something was let go.
  private func take() {
    inbox.state.withLock { contents in
      if contents.isCatchingUp {
        resume = contents.resume.take()
      } else {
        taken = contents.batches
        contents.batches = []
        contents.waiting = 0
      }
    }
  }

  /// From now on batches are kept again, if everything known has been read.
  private func endCatchingUp(at position: Int64) -> Bool {
    inbox.state.withLock { contents in
      guard position >= contents.known else { return false }
      contents.isCatchingUp = false
      resume = nil
      return true
    }
  }

  private func write(_ batches: [ViewsBatch]) throws(Problem) {
    guard let queue else { throw .storageFailed("views: the file is not open") }
    let position: Int64
    do {
      position = try queue.write { db in
        let writer = try self.writer ?? SliceWriter(db, .live)
        self.writer = writer
        for batch in batches where batch.events.last!.seq > writer.position {
          try writer.write(try ViewsSlice(batch))
        }
        return writer.position
      }
    } catch {
      // What it remembers may have been rolled back.
      writer = nil
      throw Problem(error)
    }
    inbox.advance(to: position)
  }

  private func note(_ problem: Problem) {
    inbox.state.withLock { $0.failure = problem }
    if case .milliseconds(let last) = pause {
      pause = .milliseconds(min(max(last * 2, 100), 5_000))
    }
  }

  // MARK: Purging

  private func perform(_ purge: ViewsPurge) {
    guard let queue else {
      return purge.done.resume(returning: .failure(.storageFailed("views: the file is not open")))
    }
    // It keeps statements, beside which SQLite does not rewrite a file.
    writer = nil
    purge.perform(on: queue, path: views.path)
  }

  // MARK: Swapping

  private func replace(_ replacement: ViewsReplacement) {
    do throws(Problem) {
      let state = try bringUp(replacement)
      try swap(in: replacement.built)
      taken = []
      resume = state
      inbox.state.withLock { contents in
        contents.batches = []
        contents.waiting = 0
        contents.resume = nil
        contents.isCatchingUp = true
      }
      inbox.advance(to: state.position)
      replacement.done.resume(returning: .success(()))
    } catch {
      replacement.done.resume(returning: .failure(error))
    }
  }

  /// Brings the new views as far as the old ones are, so that nobody sees them go back.
  private func bringUp(_ replacement: ViewsReplacement) throws(Problem) -> State {
    var state = replacement.state
    let goal = views.position
    guard state.position < goal else { return state }
    let queue = try ViewsFile.open(
      replacement.built.path, origin: views.origin, logSize: .max)
    while state.position < goal {
      let batch = try views.catchUp(state, Self.stride)
      guard !batch.events.isEmpty else { throw Self.gap(state.position) }
      try Problem.wrapping {
        try queue.write { db in try SliceWriter(db, .live).write(try ViewsSlice(batch)) }
      }
      state = try Self.state(state, after: batch)
    }
    try Problem.wrapping { try queue.close() }
    return state
  }

  private static func gap(_ position: Int64) -> Problem {
    .storageFailed("views: the log gave no event behind \(position)")
  }

  /// Readers of the old file keep it until they end; its name must go first, since a new file beside
  /// the old one's log of changes would be taken for its continuation after a crash.
  private func swap(in built: BuiltViews) throws(Problem) {
    writer = nil
    if let old = queue {
      try Problem.wrapping { try old.close() }
      queue = nil
    }
    try ViewsFile.remove(views.path)
    guard rename(built.path, views.path) == 0 else {
      throw .storageFailed("views: cannot rename \(built.path): errno \(errno)")
    }
    try ViewsFile.flushFolder(of: views.path)
    queue = try ViewsFile.open(views.path, origin: views.origin, logSize: .max)
    try views.reader.replace(with: views.path)
  }
}
