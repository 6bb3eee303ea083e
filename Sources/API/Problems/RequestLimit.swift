import Domain

/// A limit that a request or a connection has met. The raw codes are formats.
package enum RequestLimit: Hashable, Sendable {
  /// Too many requests in too short a time; when to come again, in seconds.
  case rate(retryAfter: Int)
  case connections(limit: Int)
  /// The head did not come whole in time.
  case head(seconds: Int)
  /// The body stopped coming, or came too slowly.
  case body(seconds: Int)
  /// The answer was not ready in time.
  case answer(seconds: Int)
  /// What came is not HTTP/1.1, or its head is larger than heads may be.
  case unreadable

  package var code: String {
    switch self {
    case .rate: "request.rate_exceeded"
    case .connections: "request.connections_exceeded"
    case .head, .body: "request.too_slow"
    case .answer: "request.timed_out"
    case .unreadable: "request.http_unreadable"
    }
  }

  var status: Int {
    switch self {
    case .rate, .connections: 429
    case .head, .body: 408
    case .answer: 503
    case .unreadable: 400
    }
  }

  /// For `Retry-After`, in seconds.
  var retryAfter: Int? {
    switch self {
    case .rate(let seconds): seconds
    case .connections: 1
    case .answer: 5
    case .head, .body, .unreadable: nil
    }
  }

  /// What counts them in the metrics.
  var label: String {
    switch self {
    case .rate: "rate"
    case .connections: "connections"
    case .head: "head"
    case .body: "body"
    case .answer: "answer"
    case .unreadable: "unreadable"
    }
  }

  static let labels = ["rate", "connections", "head", "body", "answer", "unreadable"]

  var extras: [String: JSON] {
    switch self {
    case .rate(let seconds): ["retry_after": .int(Int64(seconds))]
    case .connections(let limit): ["limit": .int(Int64(limit))]
    case .head(let seconds), .body(let seconds), .answer(let seconds):
      ["seconds": .int(Int64(seconds))]
    case .unreadable: [:]
    }
  }
}
