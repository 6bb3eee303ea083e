import Synchronization

/// Those who wait for the log to grow; they are told that it has, and read it at their own pace.
final class Followers: Sendable {
  private struct Waiting {
    var position: Int64
    var isEnded = false
    var nextID = 0
    var sleepers: [Int: (after: Int64, wake: CheckedContinuation<Void, Never>)] = [:]
  }

  private let waiting: Mutex<Waiting>

  init(position: Int64) {
    waiting = Mutex(Waiting(position: position))
  }

  func advance(to position: Int64) {
    let awake = waiting.withLock { waiting -> [CheckedContinuation<Void, Never>] in
      waiting.position = position
      if waiting.sleepers.isEmpty { return [] }
      let awake = waiting.sleepers.filter { $0.value.after < position }
      for id in awake.keys { waiting.sleepers[id] = nil }
      return awake.values.map(\.wake)
    }
    for sleeper in awake { sleeper.resume() }
  }

  /// Returns when the log is longer than `seq`, when the task is cancelled, or when the service ends.
  func wait(after seq: Int64) async {
    let id = waiting.withLock { waiting in
      waiting.nextID += 1
      return waiting.nextID
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { wake in
        let isDue = waiting.withLock { waiting in
          if waiting.position > seq || waiting.isEnded || Task.isCancelled { return true }
          waiting.sleepers[id] = (seq, wake)
          return false
        }
        if isDue { wake.resume() }
      }
    } onCancel: {
      waiting.withLock { $0.sleepers.removeValue(forKey: id) }?.wake.resume()
    }
  }

  /// Wakes everybody for the end of the service; nobody waits any more.
  func wakeAll() {
    let awake = waiting.withLock { waiting in
      waiting.isEnded = true
      defer { waiting.sleepers = [:] }
      return waiting.sleepers.values.map(\.wake)
    }
    for sleeper in awake { sleeper.resume() }
  }
}
