/// Where to connect to: nothing but this machine is ever asked for.
package enum Address: Hashable, Sendable, CustomStringConvertible {
  case socket(path: String)
  /// The host is an address in digits; no name is looked up.
  case port(host: String, port: Int)

  package var description: String {
    switch self {
    case .socket(let path): path
    case .port(let host, let port): "\(host):\(port)"
    }
  }
}

extension Address {
  /// Sends one request, and returns the status of the answer; nobody reads its body.
  ///
  /// - Parameter patience: how long all of it may take.
  package func deliver(
    _ request: Request, patience: Duration
  ) async throws(ClientError) -> Int {
    let connection = Connection(address: self, patience: patience)
    do {
      return try await withThrowingTaskGroup(of: Int.self) { group in
        group.addTask {
          try await connection.exchange(request, headers: []) { $0.status }
        }
        // A server that says one word at a time is never silent for long.
        group.addTask {
          try await Task.sleep(for: patience)
          throw ClientError.timedOut(patience)
        }
        defer { group.cancelAll() }
        return try await group.next() ?? 0
      }
    } catch {
      throw ClientError(transport: error)
    }
  }
}
