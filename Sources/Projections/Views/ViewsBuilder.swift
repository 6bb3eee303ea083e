package import Domain
import Foundation
import GRDB
import Synchronization

/// Builds views anew in a file of their own, on a thread of its own, far faster than live.
///
/// Who reads the log calls `add` with slices in order, and `finish` at the end.
package final class ViewsBuilder: Sendable {
  private let path: String
  private let queue: DatabaseQueue
  private let progress: (@Sendable (Int64) -> Void)?
  private let gathers: Int
  private let stays: Bool
  private let part: ViewsPart
  private let handover = Mutex(Handover())
  /// Counts slices that wait for the builder.
  private let filled = DispatchSemaphore(value: 0)
  /// Counts places for slices: reading runs a few ahead of writing, and no further.
  ///
  /// It starts empty, since a semaphore must not end with less than it started with.
  private let places = DispatchSemaphore(value: 0)
  private let ended = DispatchSemaphore(value: 0)

  private struct Handover {
    var slices: [ViewsSlice] = []
    var isComplete = false
    var isCancelled = false
    var result: Result<Int64, Problem>?
  }

  /// - Parameters:
  ///   - path: where to build; what is there is replaced.
  ///   - gathering: how many postings of a facet to gather before they are written. More is faster
  ///     where each customer has events all over the log; each takes twelve bytes.
  ///   - stays: whether the file is to be used; else it need not reach the disk, and has no indexes.
  ///   - part: what of the views to build.
  ///   - progress: is told, on the builder's thread, up to which seq it has read.
  package init(
    at path: String, origin: String, gathering: Int = 16_000_000, staying stays: Bool = true,
    part: ViewsPart = .whole, progress: (@Sendable (Int64) -> Void)? = nil
  ) throws(Problem) {
    self.path = path
    self.progress = progress
    gathers = gathering
    self.stays = stays
    self.part = part
    queue = try ViewsFile.build(path, origin: origin)
    for _ in 0..<4 { places.signal() }
    Thread.detachNewThread { [self] in run() }
  }

  /// Hands over the next slice; waits while the builder is several behind.
  package func add(_ slice: ViewsSlice) throws(Problem) {
    places.wait()
    let failure = handover.withLock { handover -> Problem? in
      if case .failure(let problem)? = handover.result { return problem }
      handover.slices.append(slice)
      return nil
    }
    if let failure {
      places.signal()
      throw failure
    }
    filled.signal()
  }

  /// Waits until everything is in the file and the file is on disk.
  package func finish() throws(Problem) -> BuiltViews {
    complete()
    return try built()
  }

  /// The same for several, of which each goes on by itself.
  package static func finish(_ builders: [ViewsBuilder]) throws(Problem) -> [BuiltViews] {
    for builder in builders { builder.complete() }
    let results = builders.map { builder in
      Result { () throws(Problem) in try builder.built() }
    }
    do throws(Problem) {
      return try results.map { (result) throws(Problem) in try result.get() }
    } catch {
      for result in results { try? (try? result.get())?.discard() }
      throw error
    }
  }

  private func complete() {
    handover.withLock { $0.isComplete = true }
    filled.signal()
  }

  private func built() throws(Problem) -> BuiltViews {
    ended.wait()
    let position = try handover.withLock { $0.result! }.get()
    return BuiltViews(path: path, position: position, part: part)
  }

  /// Gives up, and removes the file.
  package func cancel() {
    handover.withLock { handover in
      handover.isCancelled = true
      handover.slices = []
    }
    filled.signal()
    ended.wait()
  }

  private func run() {
    let result: Result<Int64, Problem>
    do throws(Problem) {
      let position = try Problem.wrapping { try queue.inDatabase(build) }
      try Problem.wrapping { try queue.close() }
      if stays { try Self.flush(path) }
      result = .success(position)
    } catch {
      try? queue.close()
      try? ViewsFile.remove(path)
      result = .failure(error)
    }
    handover.withLock { handover in
      handover.result = result
      handover.slices = []
    }
    // Who waits to hand over sees the result instead.
    places.signal()
    ended.signal()
  }

  private func build(_ db: Database) throws -> Int64 {
    try db.beginTransaction()
    let writer = try SliceWriter(db, .building(limit: gathers), part)
    while let slice = try next() {
      try writer.write(slice)
      progress?(writer.position)
    }
    try writer.finish()
    if stays, part.hasRest { try ViewsFile.createIndexes(db) }
    try db.commit()
    // Leaves the file as the live writer keeps it; EXCLUSIVE would keep the shared memory away.
    try db.execute(sql: "PRAGMA locking_mode = NORMAL; PRAGMA journal_mode = WAL")
    return writer.position
  }

  /// The next slice, or nil at the end.
  private func next() throws(Problem) -> ViewsSlice? {
    filled.wait()
    let (slice, isCancelled) = handover.withLock { handover in
      (handover.slices.isEmpty ? nil : handover.slices.removeFirst(), handover.isCancelled)
    }
    if isCancelled { throw .shuttingDown }
    if slice != nil { places.signal() }
    return slice
  }

  /// The file was written without any care for power cuts; now it must be on disk before it counts.
  private static func flush(_ path: String) throws(Problem) {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .storageFailed("views: cannot open \(path): errno \(errno)") }
    defer { close(file) }
    guard fsync(file) == 0 else {
      throw errno == ENOSPC
        ? .storageFull : .storageFailed("views: cannot flush \(path): errno \(errno)")
    }
  }
}

/// Views that have been built, not yet in use.
package struct BuiltViews: Sendable {
  package let path: String
  /// The seq up to which they have read the log.
  package let position: Int64
  /// What of the views they hold.
  let part: ViewsPart

  package func discard() throws(Problem) {
    try ViewsFile.remove(path)
  }
}
