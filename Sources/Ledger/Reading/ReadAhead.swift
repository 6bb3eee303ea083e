import Dispatch
import Domain
import Synchronization

/// Reads stretches of the log on several cores, a few ahead of the one who takes them in order.
final class ReadAhead: Sendable {
  typealias Read = @Sendable (ClosedRange<Int64>) throws(Problem) -> Stretch

  private let first: Int64
  private let last: Int64
  private let slice: Int64
  private let read: Read
  /// Stretches that are read or wait at the same time, each in its place in turn.
  private let places: Int
  private let ready: [DispatchSemaphore]
  private let state: Mutex<State>
  private let reading = DispatchGroup()

  private struct State: ~Copyable {
    var results: [Result<Stretch, Problem>?]
    /// How many have been taken.
    var taken = 0
  }

  /// - Parameters:
  ///   - slice: events per stretch.
  ///   - ahead: how many stretches may be read before the first of them is taken.
  init(
    from first: Int64, through last: Int64, by slice: Int64, ahead: Int,
    read: @escaping Read
  ) {
    self.first = first
    self.last = last
    self.slice = slice
    self.read = read
    places = ahead
    ready = (0..<ahead).map { _ in DispatchSemaphore(value: 0) }
    state = Mutex(State(results: Array(repeating: nil, count: ahead)))
    for index in 0..<ahead { start(index) }
  }

  /// The next stretch in order; nil at the end.
  func next() throws(Problem) -> Stretch? {
    let index = state.withLock { $0.taken }
    guard range(index) != nil else { return nil }
    ready[index % places].wait()
    let result = state.withLock { state in
      state.taken += 1
      return state.results[index % places].take()!
    }
    start(index + places)
    return try result.get()
  }

  private func range(_ index: Int) -> ClosedRange<Int64>? {
    let start = first + Int64(index) * slice
    return start > last ? nil : start...min(start + slice - 1, last)
  }

  /// Waits for what is still being read and will not be taken.
  func end() {
    reading.wait()
  }

  private func start(_ index: Int) {
    guard let range = range(index) else { return }
    let place = index % places
    DispatchQueue.global().async(group: reading) { [self] in
      let result: Result<Stretch, Problem>
      do throws(Problem) {
        result = .success(try read(range))
      } catch {
        result = .failure(error)
      }
      state.withLock { $0.results[place] = result }
      ready[place].signal()
    }
  }
}
