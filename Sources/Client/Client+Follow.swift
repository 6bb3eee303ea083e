import APITypes

/// How to go on when a followed stream breaks off.
package struct Reconnecting: Sendable {
  package var first: Duration
  package var most: Duration
  /// After how long without the stream to give up; nil for never.
  package var patience: Duration?

  package init(
    first: Duration = .milliseconds(250), most: Duration = .seconds(5), patience: Duration? = nil
  ) {
    self.first = first
    self.most = most
    self.patience = patience
  }
}

/// What a follower is told.
package enum Followed: Sendable {
  case event(ServerSentEvent)
  /// The stream broke off for this reason, and is taken up again after the last event.
  case lost(ClientError)
  /// The stream is there again.
  case resumed
}

extension Client {
  /// Follows a `text/event-stream`, taking it up again with `Last-Event-ID` whenever it breaks off,
  /// until `body` returns false or the task is cancelled.
  ///
  /// No event comes twice and none is left out. Where the daemon ends the stream for a reason, such as
  /// a token that has expired, that is thrown as a request's refusal would be.
  ///
  /// Only the first connection may fail without a retry:
  /// who asks for a daemon that is not there wants to know.
  package func follow(
    _ target: String, after lastID: String? = nil, reconnecting: Reconnecting = Reconnecting(),
    _ body: (Followed) async throws -> Bool
  ) async throws {
    var progress = FollowProgress(lastID: lastID)
    while true {
      let failure: ClientError
      do {
        guard try await followOnce(target, &progress, body) else { return }
        // The server ended the stream in good order: it is stopping, or starts anew.
        failure = .interrupted
      } catch let error as ClientError where progress.connected && error.isPassing {
        failure = error
      }
      // Told once for a row of failures.
      if progress.failures == 0, try await !body(.lost(failure)) { return }
      try await wait(after: failure, reconnecting, &progress)
    }
  }

  /// The name of the event that tells why the daemon ends a stream.
  private static let problemEvent = "problem"

  private func followOnce(
    _ target: String, _ progress: inout FollowProgress, _ body: (Followed) async throws -> Bool
  ) async throws -> Bool {
    var request = Request(.get, target, headers: [("Accept", MediaType.eventStream)])
    if let id = progress.lastID { request.headers.append(("Last-Event-ID", id)) }
    var followed = progress
    defer { progress = followed }
    return try await stream(request) { answer in
      guard answer.contentType == MediaType.eventStream else {
        throw ClientError.answerUnreadable("Content-Type \(answer.contentType)")
      }
      if followed.connected, try await !body(.resumed) { return false }
      followed.connected = true
      var parser = EventStreamParser(lastID: followed.lastID)
      while let piece = try await answer.next() {
        for event in parser.read(piece) {
          guard event.name != Self.problemEvent else {
            throw ClientError.problem(try Self.decode(Array(event.data.utf8)))
          }
          followed.lastID = event.id
          followed.failures = 0
          if try await !body(.event(event)) { return false }
        }
        followed.retry = parser.retry ?? followed.retry
      }
      return true
    }
  }

  private func wait(
    after error: ClientError, _ reconnecting: Reconnecting, _ progress: inout FollowProgress
  ) async throws {
    progress.failures += 1
    let now = ContinuousClock.now
    if progress.failures == 1 { progress.lost = now }
    if let patience = reconnecting.patience, now - progress.lost >= patience { throw error }
    let first = progress.retry.map { Duration.milliseconds($0) } ?? reconnecting.first
    let doubled = first * (1 << min(progress.failures - 1, 10))
    try await Task.sleep(for: min(doubled, max(first, reconnecting.most)))
  }
}

private struct FollowProgress {
  var lastID: String?
  var connected = false
  /// In a row, without an event between them.
  var failures = 0
  /// When the first of these was.
  var lost = ContinuousClock.now
  var retry: Int?
}
