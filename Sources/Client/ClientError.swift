package import APITypes

/// Why no usable answer came; what a person reads about it is worded by who shows it.
package enum ClientError: Error, Hashable, Sendable {
  /// No socket at any of the places where one is looked for.
  case socketMissing([String])
  /// The socket is there, but nobody listens: the daemon has stopped.
  case refused(String)
  /// The socket's mode and group keep this user out.
  case notPermitted(String)
  /// Any other reason, as an `errno`.
  case unreachable(String, Int32)
  case timedOut(Duration)
  /// The connection ended before the answer did.
  case interrupted
  /// The server refused, and says why.
  case problem(ProblemDocument)
  /// Not what this version of the client understands.
  case answerUnreadable(String)
  /// With the reason as an `errno`.
  case fileUnreadable(String, Int32)
}

extension ClientError {
  package var problem: ProblemDocument? {
    if case .problem(let document) = self { document } else { nil }
  }

  /// Whether the same request may well succeed a moment later: the daemon is away, or was.
  var isPassing: Bool {
    switch self {
    case .socketMissing, .refused, .unreachable, .timedOut, .interrupted: true
    case .problem(let document): document.status == 503
    case .notPermitted, .answerUnreadable, .fileUnreadable: false
    }
  }
}
