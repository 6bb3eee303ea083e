internal import Dispatch
internal import Domain
internal import Synchronization

extension Log {
  /// So many pages in the WAL (4 MB) are brought home without waiting for a quiet moment.
  ///
  /// Nobody records meanwhile: of four times as many that takes four times as long, and a WAL that is
  /// written over is flushed faster than one that grows.
  static let walPageLimit = 1024
  /// So long after a commit the head file is flushed and a checkpoint signed, both of which are to be
  /// done within a second; a WAL untouched for as long is brought home.
  private static let interval = DispatchTimeInterval.milliseconds(800)

  /// Sees to the head file, the checkpoints and the WAL after a while; at most one such visit is under way.
  func scheduleHousekeeping() {
    let appends = published.withLock { $0.appends }
    housekeeping.asyncAfter(deadline: .now() + Self.interval) { [weak self] in
      self?.keepHouse(since: appends)
    }
  }

  private func keepHouse(since appends: Int) {
    let isQuiet = published.withLock { published in
      let isQuiet = published.appends == appends
      if isQuiet { published.isHousekeepingDue = false }
      return isQuiet
    }
    let isWALToBeEmptied = published.withLock { $0.isWALToBeEmptied }
    var isBehind = false
    let head = writer.withLock { writer -> HeadFile? in
      guard let writer else { return nil }
      if writer.isHeadBehind, (try? writer.head.write(self.head)) != nil {
        writer.isHeadBehind = false
      }
      if isWALToBeEmptied { isBehind = !writer.emptyWAL() }
      if isQuiet { writer.checkpoint() }
      return writer.head
    }
    if isQuiet, head != nil { keys.checkpoint() }
    // Outside the lock: nobody waits for these flushes.
    try? head?.sync()
    let isSigned = head == nil || damage != nil || (try? notary.sign(self.head)) != nil
    if isWALToBeEmptied, !isBehind { published.withLock { $0.isWALToBeEmptied = false } }
    if !isQuiet, head != nil {
      scheduleHousekeeping()
    } else if !isSigned || isBehind {
      // No room, or a reader in the way, most likely; the next visit tries again.
      let isDue = published.withLock { published in
        defer { published.isHousekeepingDue = true }
        return !published.isHousekeepingDue
      }
      if isDue { scheduleHousekeeping() }
    }
  }

  /// Brings the WAL home as soon as the writer is free.
  func scheduleCheckpoint() {
    housekeeping.async { [weak self] in
      self?.writer.withLock { writer in
        guard let writer, writer.walPages > Self.walPageLimit else { return }
        writer.checkpoint()
      }
    }
  }
}
