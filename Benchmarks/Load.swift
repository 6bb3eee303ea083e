import Dispatch
import Glibc
import Synchronization

/// Many connections at once, each with one request under way at any time.
final class Load: Sendable {
  /// How many threads ask; few, since they take their cores from the daemon.
  private static let threads = 2

  private let path: String
  private let connections: Int
  /// The request of a number.
  private let request: @Sendable (Int) -> [UInt8]
  private let number = Atomic(0)

  /// - Parameter request: is asked with rising numbers, each once.
  init(_ path: String, connections: Int, request: @escaping @Sendable (Int) -> [UInt8]) {
    self.path = path
    self.connections = connections
    self.request = request
  }

  /// Answers per second over a while.
  func rate(seconds: Double) throws -> Double {
    let results = Mutex<[Result<Int, Failure>]>([])
    let start = now()
    DispatchQueue.concurrentPerform(iterations: Self.threads) { _ in
      let result: Result<Int, Failure>
      do throws(Failure) {
        result = .success(try work(until: start + seconds))
      } catch {
        result = .failure(error)
      }
      results.withLock { $0.append(result) }
    }
    let total = try results.withLock { try $0.reduce(0) { try $0 + $1.get() } }
    return Double(total) / (now() - start)
  }

  private func next() -> [UInt8] {
    request(number.wrappingAdd(1, ordering: .relaxed).oldValue)
  }

  private func work(until end: Double) throws(Failure) -> Int {
    var wires: [Wire] = []
    for _ in 0..<connections / Self.threads {
      let wire = try Wire(path)
      wires.append(wire)
      try wire.send(next())
    }
    var polls = wires.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
    var answers = 0
    var open = wires.count
    while open > 0 {
      guard poll(&polls, nfds_t(polls.count), 10_000) > 0 else {
        throw Failure("no answer in ten seconds")
      }
      let isOver = now() >= end
      for index in polls.indices where polls[index].revents != 0 {
        guard let status = try wires[index].receiveQuickly() else { continue }
        guard status == 200 else { throw Failure("an answer of class \(status) under load") }
        answers += 1
        if isOver {
          open -= 1
          polls[index].fd = -1
        } else {
          try wires[index].send(next())
        }
      }
    }
    return answers
  }
}
