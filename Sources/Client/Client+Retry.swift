import APITypes

extension Client {
  /// Sends a change under a key of its own, again and again until there is an answer to it.
  ///
  /// A daemon that cannot be reached at all is not waited for; one that was there a moment ago is.
  func sendSurely(_ request: Request) async throws(ClientError) -> (Int, [UInt8]) {
    var request = request
    if !request.headers.contains(where: { $0.name.lowercased() == "idempotency-key" }) {
      request.headers.append(("Idempotency-Key", Self.newKey()))
    }
    let start = ContinuousClock.now
    var pause = Duration.milliseconds(50)
    var hasArrived = false
    while true {
      let failure: ClientError
      do throws(ClientError) {
        return try await sendOnce(request)
      } catch {
        failure = error
      }
      hasArrived = hasArrived || failure.mayHaveArrived
      guard hasArrived, failure.isWorthRepeating, request.canBeRepeated,
        ContinuousClock.now - start < persistence
      else { throw failure }
      do {
        try await Task.sleep(for: pause)
      } catch {
        throw failure
      }
      pause = min(pause * 2, .seconds(1))
    }
  }

  /// 128 random bits in hex.
  private static func newKey() -> String {
    let (high, low) = (UInt64.random(in: 0...UInt64.max), UInt64.random(in: 0...UInt64.max))
    return [high, low].map { half in
      let digits = String(half, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}

extension ClientError {
  /// Whether somebody may have taken the request up.
  fileprivate var mayHaveArrived: Bool {
    switch self {
    case .interrupted, .timedOut, .problem: true
    default: false
    }
  }

  /// Whether the same request may well be answered a moment later.
  fileprivate var isWorthRepeating: Bool {
    guard case .problem(let document) = self else { return isPassing }
    return ["request.key_running", "ledger.shutting_down"].contains(document.code)
  }
}

extension Request {
  /// What came by a pipe is gone once it has been sent.
  fileprivate var canBeRepeated: Bool {
    if case .file(let upload) = body { upload.path != "-" } else { true }
  }
}
