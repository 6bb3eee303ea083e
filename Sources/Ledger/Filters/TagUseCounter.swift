package import Domain
import Synchronization

/// Counts the uses of tags, so that they are recorded together and the log does not fill with reads.
///
/// The first use of a tag on a UTC day, of its kind, is recorded at once with those since it was last
/// recorded; the others of that day with the first of another day, or at the end.
final class TagUseCounter: Sendable {
  private struct Counts {
    var waiting: [TagID: TagUse] = [:]
    /// The day of which a tag's use of a kind has last been recorded.
    var recorded: [Key: Int64] = [:]
  }

  private struct Key: Hashable {
    let tag: TagID
    let kind: TagUse.Kind
  }

  private let counts = Mutex(Counts())
  /// Has recorded what was due last, and before that all that was due earlier.
  private let recording = Mutex<Task<Void, Never>?>(nil)

  /// Counts a use; returns what is to be recorded now.
  func count(_ tags: Set<TagID>, _ kind: TagUse.Kind, at time: Timestamp) -> [TagID: TagUse] {
    let day = time.rawValue / 86_400_000_000
    return counts.withLock { counts in
      var due: [TagID: TagUse] = [:]
      for tag in tags {
        counts.waiting[tag, default: TagUse()].add(kind)
        if counts.recorded.updateValue(day, forKey: Key(tag: tag, kind: kind)) == day { continue }
        due[tag] = counts.waiting.removeValue(forKey: tag)
      }
      return due
    }
  }

  /// Counts a use and has recorded what is due; nobody waits for it.
  func note(
    _ tags: Set<TagID>, _ kind: TagUse.Kind, at time: Timestamp,
    by submit: @escaping @Sendable (Order) async throws(Problem) -> Receipt
  ) {
    let due = count(tags, kind, at: time)
    guard !due.isEmpty else { return }
    recording.withLock { last in
      last = Task { [last] in
        await last?.value
        _ = try? await submit(Order(.noteTagUses(due), by: .system))
      }
    }
  }

  /// Waits until nothing that was due is under way any more.
  func finish() async {
    await recording.withLock { $0 }?.value
  }

  /// What has been counted and not been recorded.
  func takeAll() -> [TagID: TagUse] {
    counts.withLock { counts in
      defer { counts.waiting = [:] }
      return counts.waiting
    }
  }
}

extension Ledger {
  /// Counts that tags have been used in a filter or an export.
  ///
  /// Nobody waits for it to be recorded.
  package func noteUse(of tags: Set<TagID>, _ kind: TagUse.Kind) {
    guard !tags.isEmpty, readOnlyReason == nil else { return }
    tagUses.note(tags, kind, at: moment) { order throws(Problem) in try await self.submit(order) }
  }

  /// Counts that the tags in a segment's filter have been used (F5, F8).
  package func noteUse(of segment: Segment) {
    noteUse(of: state.tags(of: segment), .filter)
  }

  /// Records the uses that have only been counted.
  func recordUses() async {
    await tagUses.finish()
    let left = tagUses.takeAll()
    guard !left.isEmpty, readOnlyReason == nil else { return }
    _ = try? await submit(Order(.noteTagUses(left), by: .system))
  }
}
