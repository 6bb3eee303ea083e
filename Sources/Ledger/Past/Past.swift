import Dispatch
import Domain
import EventLog
import Synchronization

/// States of the past: some that are kept to begin a replay from, and the last that were asked for.
///
/// Memory: at most `markLimit` marks and `answerLimit` answers are held, of which each is at worst as
/// large as the state itself, and shares with its neighbours whatever has not changed in between. Tags
/// that are spread over all customers leave little to share: a mark of a million customers who hold
/// eight each takes 160 MB, which is why there are few.
final class Past: Sendable {
  static let markLimit = 4
  static let answerLimit = 4

  /// What a state of the past holds.
  enum Scope: Hashable, Sendable {
    /// Everything but the keys by which customers are found.
    case whole
    /// Those too, for which sealed fields have to be opened.
    case withLookups
    /// All tags, and who had one of them.
    case members(TagID)
  }

  struct Key: Hashable, Sendable {
    let seq: Int64
    let scope: Scope
  }

  private struct Kept {
    /// In the order of their positions.
    var marks: [Mark]
    /// Events between two marks; doubled when there are too many marks.
    var spacing: Int64
    /// The one used last stands last.
    var answers: [(key: Key, state: State)] = []
    var underWay: [Key: Task<Result<State, Problem>, Never>] = [:]
  }

  struct Mark: Sendable {
    let state: State
    let hasLookups: Bool
  }

  private let log: Log
  private let cores: Int
  private let kept: Mutex<Kept>
  /// One replay at a time, since each keeps all cores busy; never the threads that serve requests.
  private let queue = DispatchQueue(label: "tagledger.past", qos: .utility)

  /// - Parameter marks: states that the replay at the start has passed.
  init(log: Log, cores: Int, marks: [State] = []) {
    self.log = log
    self.cores = cores
    kept = Mutex(
      Kept(
        marks: marks.map { Mark(state: $0, hasLookups: false) },
        spacing: Self.spacing(through: log.size)))
  }

  /// Events between two marks of a replay of so many.
  static func spacing(through end: Int64) -> Int64 {
    max(250_000, end / Int64(markLimit) + 1)
  }

  /// Keeps the state after a flush, when the last one kept is far enough behind.
  func pass(_ snapshot: Snapshot) {
    kept.withLock { kept in
      let last = kept.marks.last?.state.position ?? 0
      guard snapshot.state.position - last >= kept.spacing else { return }
      kept.marks.append(Mark(state: snapshot.state, hasLookups: true))
      guard kept.marks.count > Self.markLimit else { return }
      kept.marks = kept.marks.enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
      kept.spacing *= 2
    }
  }

  /// Lets go of all states that know by which keys somebody was found.
  func forgetLookups() {
    kept.withLock { kept in
      kept.marks.removeAll(where: \.hasLookups)
      kept.answers.removeAll { $0.key.scope == .withLookups }
    }
  }

  /// The state after the event `seq`, replayed from the nearest mark.
  func state(at seq: Int64, _ scope: Scope) async throws(Problem) -> State {
    try await answer(Key(seq: seq, scope: scope)) { () throws(Problem) in
      try await self.apart { () throws(Problem) in
        var state = self.nearest(to: seq, scope)?.state ?? State()
        try Replay(log: self.log, cores: self.cores, opensFields: scope == .withLookups)
          .fold(&state, through: seq)
        return state
      }
    }
  }

  /// How many events lie between `seq` and the nearest state before it.
  func distance(to seq: Int64) -> Int64 {
    seq - (nearest(to: seq, .whole)?.state.position ?? 0)
  }

  private func nearest(to seq: Int64, _ scope: Scope) -> Mark? {
    kept.withLock { kept in
      let answers = kept.answers.filter { $0.key.scope == .whole || $0.key.scope == .withLookups }
        .map { Mark(state: $0.state, hasLookups: $0.key.scope == .withLookups) }
      return (kept.marks + answers)
        .filter { $0.state.position <= seq && ($0.hasLookups || scope != .withLookups) }
        .max { $0.state.position < $1.state.position }
    }
  }

  /// What was answered before, or is being found out for somebody else, or else what `make` finds out.
  func answer(
    _ key: Key, _ make: @escaping @Sendable () async throws(Problem) -> State
  ) async throws(Problem) -> State {
    let task: Task<Result<State, Problem>, Never>? = kept.withLock { kept in
      if let place = kept.answers.firstIndex(where: { $0.key == key }) {
        kept.answers.append(kept.answers.remove(at: place))
        return nil
      }
      if let task = kept.underWay[key] { return task }
      let task = Task {
        let result: Result<State, Problem>
        do throws(Problem) {
          result = .success(try await make())
        } catch {
          result = .failure(error)
        }
        self.take(result, key)
        return result
      }
      kept.underWay[key] = task
      return task
    }
    if let task { return try await task.value.get() }
    guard let known = kept.withLock({ $0.answers.last { $0.key == key }?.state }) else {
      return try await answer(key, make)
    }
    return known
  }

  private func take(_ result: Result<State, Problem>, _ key: Key) {
    kept.withLock { kept in
      kept.underWay[key] = nil
      guard case .success(let state) = result else { return }
      kept.answers.append((key, state))
      if kept.answers.count > Self.answerLimit { kept.answers.removeFirst() }
    }
  }

  /// Does work that takes long on a thread of its own.
  func apart<Value: Sendable>(
    _ work: @escaping @Sendable () throws(Problem) -> Value
  ) async throws(Problem) -> Value {
    let result: Result<Value, Problem> = await withCheckedContinuation { done in
      queue.async {
        do throws(Problem) {
          done.resume(returning: .success(try work()))
        } catch {
          done.resume(returning: .failure(error))
        }
      }
    }
    return try result.get()
  }
}
